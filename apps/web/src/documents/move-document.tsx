import type { DocumentRow } from '@lorekeep/contracts';
import { useState } from 'react';
import { Field, Select } from '../kit/field.js';
import { useTexts } from '../locales/use-texts.js';
import { ActDialog } from './folder-dialogs.js';
import { FolderSelect } from './folder-select.js';
import { useCollections } from './use-documents.js';
import { useFolderActs, useFolders } from './use-folders.js';

/** To another folder or collection; who may read it changes with the place. */
export function MoveDocument({ row, onClose }: { row: DocumentRow; onClose: () => void }) {
  const { t } = useTexts();
  const collections = useCollections();
  const [collectionId, setCollectionId] = useState(row.collectionId);
  const [folderId, setFolderId] = useState(row.folderId ?? '');
  const folders = useFolders(collectionId);
  const { move } = useFolderActs(collectionId, onClose);
  const same = collectionId === row.collectionId && folderId === (row.folderId ?? '');
  return (
    <ActDialog
      title={t('documents.folders.moveTitle', { name: row.title })}
      text={t('documents.folders.moveDocumentText')}
      action={t('documents.folders.move')}
      ready={!same && folders.isSuccess}
      busy={move.isPending}
      error={move.error ?? folders.error}
      onAct={() => move.mutate({ documentIds: [row.id], collectionId, folderId: folderId || null })}
      onClose={onClose}
    >
      <Field label={t('documents.collection')}>
        {(field) => (
          <Select
            {...field}
            value={collectionId}
            onChange={(event) => {
              setCollectionId(event.target.value);
              setFolderId('');
            }}
          >
            {collections.data?.rows.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <FolderSelect rows={folders.data?.rows ?? []} value={folderId} onChange={setFolderId} />
    </ActDialog>
  );
}
