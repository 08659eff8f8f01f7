import { X } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../app/person.js';
import { Button, IconButton } from '../kit/button.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Dialog } from '../kit/dialog.js';
import { Select } from '../kit/field.js';
import { Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { PrincipalPicker } from './principal-picker.js';
import { readerName, useSetReaders, type Reader, type Readers, type ReadersOf } from './readers-section.js';

interface Props {
  kind: ReadersOf;
  id: string;
  readers: Readers;
  onClose: () => void;
}

/** Changes who may read; effective at once, for questions too. */
export function ReadersDialog({ kind, id, readers, onClose }: Props) {
  const { t } = useTexts();
  const line = useErrorLine();
  const mayFind = useMay()('admin.users');
  const [rows, setRows] = useState<Reader[]>(readers.readers);
  const save = useSetReaders(kind, id, onClose);
  const everyone = { principal: 'everyone', effect: 'allow', name: t('documents.readers.everyone') } as const;
  const add = (reader: Reader) => {
    if (!rows.some((row) => row.principal === reader.principal)) setRows([...rows, reader]);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('documents.readers.title')}
      description={t(
        kind === 'documents'
          ? 'documents.readers.documentHint'
          : kind === 'folders'
            ? 'documents.readers.folderHint'
            : 'documents.readers.collectionHint',
      )}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button tone="primary" busy={save.isPending} onClick={() => save.mutate(rows)}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <ul className="divide-y border-y">
        {rows.map((row) => (
          <li key={row.principal} className="flex items-center gap-2 py-1.5">
            <span className="min-w-0 flex-1 truncate text-14">{readerName(row, everyone.name)}</span>
            <Select
              aria-label={t('documents.readers.effectOf', { name: row.name })}
              value={row.effect}
              onChange={(event) => {
                const effect = event.target.value === 'deny' ? 'deny' : 'allow';
                setRows(rows.map((each) => (each === row ? { ...each, effect } : each)));
              }}
              fit
            >
              <option value="allow">{t('documents.readers.allow')}</option>
              <option value="deny">{t('documents.readers.deny')}</option>
            </Select>
            <IconButton
              label={t('documents.readers.remove', { name: row.name })}
              icon={<X size={15} />}
              onClick={() => setRows(rows.filter((each) => each !== row))}
            />
          </li>
        ))}
        {rows.length === 0 && (
          <li className="py-3 text-13 text-text-2">
            {t(kind === 'collections' ? 'documents.readers.nobody' : 'documents.readers.inherits')}
          </li>
        )}
      </ul>
      <div className="flex flex-wrap items-start gap-2">
        {!rows.some((row) => row.principal === 'everyone') && (
          <Button className="h-9" onClick={() => add(everyone)}>
            {everyone.name}
          </Button>
        )}
        {mayFind && (
          <PrincipalPicker
            label={t('documents.readers.add')}
            onPick={({ principal, name }) => add({ principal, name, effect: 'allow' })}
          />
        )}
      </div>
      {save.error && <Notice tone="bad">{line(save.error)}</Notice>}
    </Dialog>
  );
}
