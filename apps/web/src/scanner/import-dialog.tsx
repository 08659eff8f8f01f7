import type { WordListRow } from '@lorekeep/contracts';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../kit/button.js';
import { addressOf } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Dialog } from '../kit/dialog.js';
import { Field, Input, Select } from '../kit/field.js';
import { Progress } from '../kit/progress.js';
import { sendForm, type Sending } from '../kit/send-form.js';
import { Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { WORD_ACTIONS } from '../admin/word-columns.js';
import { InForce } from './in-force.js';
import { FileChoice } from './file-choice.js';
import { GENERAL, useScannerNames } from './use-scanner-names.js';
import { useListActs } from './use-word-lists.js';

/** As the scanner has it; a file without an ending is read as text, and would not be offered by `accept`. */
const FILE = /\.(?:txt|csv)$|^[^.]+$/i;
const isAbort = (error: unknown) => error instanceof DOMException && error.name === 'AbortError';

/** Sends a file of words. Nothing is in force before its preview was seen and confirmed. */
export function ImportDialog(props: { onClose: () => void; onImported: (row: WordListRow) => void }) {
  const { t } = useTexts();
  const line = useErrorLine();
  const names = useScannerNames();
  const { reload } = useListActs();
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState('');
  const [category, setCategory] = useState('');
  const [action, setAction] = useState<WordListRow['action']>('redact');
  const [share, setShare] = useState(0);
  const fits = file === null || FILE.test(file.name);
  const sending = useRef<Sending<WordListRow> | null>(null);
  useEffect(() => () => sending.current?.abort(), []);
  const send = useMutation({
    mutationFn: (chosen: File) => {
      const form = new FormData();
      form.append('name', name.trim() || chosen.name);
      form.append('category', names.typed(category));
      form.append('action', action);
      form.append('file', chosen, chosen.name);
      setShare(0);
      sending.current = sendForm<WordListRow>(addressOf('POST /api/admin/word-lists'), form, setShare);
      return sending.current.done;
    },
    onSuccess: (row) => {
      reload();
      props.onImported(row);
    },
  });
  return (
    <Dialog
      open
      onOpenChange={props.onClose}
      title={t('scanner.lists.import')}
      description={t('scanner.lists.importText')}
      footer={
        <>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
          <Button
            tone="primary"
            disabled={!file || !fits}
            busy={send.isPending}
            onClick={() => file && send.mutate(file)}
          >
            {t('scanner.lists.check')}
          </Button>
        </>
      }
    >
      <Field
        label={t('scanner.lists.file')}
        hint={t('scanner.lists.fileHint')}
        error={fits ? null : t('scanner.lists.fileKind')}
      >
        {(field) => <FileChoice {...field} file={file} onChoose={setFile} />}
      </Field>
      <Field label={t('scanner.lists.name')}>
        {(field) => (
          <Input
            {...field}
            maxLength={120}
            placeholder={file?.name ?? ''}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Kind category={category} action={action} onCategory={setCategory} onAction={setAction} />
      <InForce category={names.typed(category)} action={action} />
      {send.isPending && <Progress label={t('scanner.lists.sending')} value={share} />}
      {send.error && !isAbort(send.error) && <Notice tone="bad">{line(send.error)}</Notice>}
    </Dialog>
  );
}

/** What all words of the list have in common. */
function Kind(props: {
  category: string;
  action: WordListRow['action'];
  onCategory: (category: string) => void;
  onAction: (action: WordListRow['action']) => void;
}) {
  const { t } = useTexts();
  const general = useScannerNames().category(GENERAL);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('admin.words.action')}>
        {(field) => (
          <Select
            {...field}
            value={props.action}
            onChange={(event) =>
              props.onAction(WORD_ACTIONS.find((each) => each === event.target.value) ?? 'redact')
            }
          >
            {WORD_ACTIONS.map((each) => (
              <option key={each} value={each}>
                {t(`admin.words.actions.${each}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('admin.words.category')}>
        {(field) => (
          <Input
            {...field}
            maxLength={60}
            placeholder={general}
            value={props.category}
            onChange={(event) => props.onCategory(event.target.value)}
          />
        )}
      </Field>
    </div>
  );
}
