import { useState } from 'react';
import { Button } from '../kit/button.js';
import { Dialog } from '../kit/dialog.js';
import { Field, Select } from '../kit/field.js';
import { useFormats } from '../kit/format.js';
import { Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { LIMIT_BYTES, sortUploads } from './sort-uploads.js';
import { addUploads } from './upload-store.js';
import { FolderSelect } from './folder-select.js';
import { useCollections } from './use-documents.js';
import { useFolders } from './use-folders.js';

interface Props {
  files: readonly File[];
  collectionId: string;
  folderId: string;
  onClose: () => void;
}

/** Where to: the collection decides who may read it. */
export function UploadDialog({ files, collectionId, folderId, onClose }: Props) {
  const { t } = useTexts();
  const formats = useFormats();
  const collections = useCollections();
  const rows = collections.data?.rows ?? [];
  const [chosen, setChosen] = useState(collectionId);
  const target = chosen || (rows.length === 1 ? (rows[0]?.id ?? '') : '');
  const [folder, setFolder] = useState(folderId);
  const folders = useFolders(target);
  const { tooLarge, empty, unnamed, sendable } = sortUploads(files);
  const send = () => {
    addUploads(sendable, target, folder || null);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('documents.upload.title', { count: files.length })}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button tone="primary" disabled={!target || sendable.length === 0} onClick={send}>
            {t('documents.upload.action')}
          </Button>
        </>
      }
    >
      <ul className="max-h-40 divide-y overflow-y-auto text-13">
        {files.map((file, at) => (
          <li key={at} className="flex justify-between gap-3 py-1.5">
            <span className="truncate">{file.name}</span>
            <span className="shrink-0 text-text-2 tabular-nums">{formats.bytes(file.size)}</span>
          </li>
        ))}
      </ul>
      {tooLarge.length > 0 && (
        <Notice tone="warn">
          {t('documents.upload.tooLarge', { count: tooLarge.length, limit: formats.bytes(LIMIT_BYTES) })}
        </Notice>
      )}
      {empty.length > 0 && (
        <Notice tone="warn">{t('documents.upload.empty', { count: empty.length })}</Notice>
      )}
      {unnamed.length > 0 && (
        <Notice tone="warn">{t('documents.upload.unnamed', { count: unnamed.length })}</Notice>
      )}
      <Field label={t('documents.collection')} hint={t('documents.upload.collectionHint')}>
        {(field) => (
          <Select
            {...field}
            autoFocus
            value={target}
            onChange={(event) => {
              setChosen(event.target.value);
              setFolder('');
            }}
          >
            <option value="" disabled>
              {t('documents.upload.choose')}
            </option>
            {rows.map((row) => (
              <option key={row.id} value={row.id}>
                {row.name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {(folders.data?.rows.length ?? 0) > 0 && (
        <FolderSelect rows={folders.data?.rows ?? []} value={folder} onChange={setFolder} />
      )}
    </Dialog>
  );
}
