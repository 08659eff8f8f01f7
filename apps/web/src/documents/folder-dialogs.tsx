import { FOLDER_NAME_LIMIT, type FolderRow } from '@lorekeep/contracts';
import { useState, type ReactNode } from 'react';
import { Button } from '../kit/button.js';
import { Confirm } from '../kit/confirm.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Dialog } from '../kit/dialog.js';
import { Field, Input } from '../kit/field.js';
import { Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { FolderSelect } from './folder-select.js';
import { ReadersSection } from './readers-section.js';
import { isBeneath, useFolderActs } from './use-folders.js';
import { WhyReadable } from './why-readable.js';

export type FolderAct =
  | { kind: 'create'; parent: FolderRow | null }
  | { kind: 'rename' | 'move' | 'delete' | 'readers'; folder: FolderRow };

interface Props {
  act: FolderAct;
  collectionId: string;
  rows: readonly FolderRow[];
  onDeleted: () => void;
  onClose: () => void;
}

/** What is done with a folder, one dialog at a time. */
export function FolderDialogs({ act, collectionId, rows, onDeleted, onClose }: Props) {
  const { t } = useTexts();
  if (act.kind === 'create' || act.kind === 'rename')
    return <NameDialog act={act} collectionId={collectionId} onClose={onClose} />;
  if (act.kind === 'move') return <MoveDialog folder={act.folder} rows={rows} onClose={onClose} />;
  if (act.kind === 'delete')
    return (
      <DeleteDialog
        // As it is now, also after a refusal that said so.
        folder={rows.find((row) => row.id === act.folder.id) ?? act.folder}
        beneath={rows.filter((row) => isBeneath(rows, row, act.folder.id)).length - 1}
        onClose={onClose}
        onDeleted={onDeleted}
      />
    );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={act.folder.name}
      description={t('documents.folders.readersText')}
    >
      <ReadersSection kind="folders" id={act.folder.id} />
      <WhyReadable kind="folders" id={act.folder.id} />
    </Dialog>
  );
}

function NameDialog({
  act,
  collectionId,
  onClose,
}: {
  act:
    | { kind: 'create'; parent: FolderRow | null }
    | { kind: 'rename' | 'move' | 'delete' | 'readers'; folder: FolderRow };
  collectionId: string;
  onClose: () => void;
}) {
  const { t } = useTexts();
  const [name, setName] = useState(act.kind === 'create' ? '' : act.folder.name);
  const { create, update } = useFolderActs(collectionId, onClose);
  const save = () => {
    if (act.kind === 'create') create.mutate({ name: name.trim(), parentId: act.parent?.id ?? null });
    else update.mutate({ id: act.folder.id, name: name.trim() });
  };
  return (
    <ActDialog
      title={t(act.kind === 'create' ? 'documents.folders.create' : 'documents.folders.rename')}
      {...(act.kind === 'create' ? { text: t('documents.folders.createText') } : {})}
      action={t(act.kind === 'create' ? 'common.create' : 'common.save')}
      ready={name.trim() !== ''}
      busy={create.isPending || update.isPending}
      error={create.error ?? update.error}
      onAct={save}
      onClose={onClose}
    >
      <Field label={t('documents.folders.name')} hint={t('documents.folders.nameHint')}>
        {(field) => (
          <Input
            {...field}
            autoFocus
            maxLength={FOLDER_NAME_LIMIT}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
    </ActDialog>
  );
}

function MoveDialog({
  folder,
  rows,
  onClose,
}: {
  folder: FolderRow;
  rows: readonly FolderRow[];
  onClose: () => void;
}) {
  const { t } = useTexts();
  const [parentId, setParentId] = useState(folder.parentId ?? '');
  const { update } = useFolderActs(folder.collectionId, onClose);
  return (
    <ActDialog
      title={t('documents.folders.moveTitle', { name: folder.name })}
      text={t('documents.folders.moveText')}
      action={t('documents.folders.move')}
      ready={parentId !== (folder.parentId ?? '')}
      busy={update.isPending}
      error={update.error}
      onAct={() => update.mutate({ id: folder.id, parentId: parentId || null })}
      onClose={onClose}
    >
      <FolderSelect
        rows={rows.filter((row) => !isBeneath(rows, row, folder.id))}
        value={parentId}
        onChange={setParentId}
      />
    </ActDialog>
  );
}

function DeleteDialog({
  folder,
  beneath,
  onClose,
  onDeleted,
}: {
  folder: FolderRow;
  beneath: number;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const { t } = useTexts();
  const line = useErrorLine();
  const { remove } = useFolderActs(folder.collectionId, () => {
    onDeleted();
    onClose();
  });
  const documents = folder.documentsBeneath;
  return (
    <Confirm
      open
      onOpenChange={onClose}
      title={t('documents.folders.deleteTitle', { name: folder.name })}
      consequence={
        documents === 0 && beneath <= 0
          ? t('documents.folders.deleteEmpty')
          : [
              t('documents.folders.deleteDocuments', { count: documents }),
              ...(beneath > 0 ? [t('documents.folders.deleteFolders', { count: beneath })] : []),
              t('documents.folders.deleteForGood'),
            ].join(' ')
      }
      action={t('common.delete')}
      {...(documents > 0 ? { name: folder.name } : {})}
      busy={remove.isPending}
      error={remove.error ? line(remove.error) : null}
      onConfirm={() => remove.mutate({ id: folder.id, documents })}
    />
  );
}

interface ActProps {
  title: string;
  text?: string;
  action: string;
  ready: boolean;
  busy: boolean;
  error: unknown;
  onAct: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** Enter does what the button does. */
export function ActDialog({ title, text, action, ready, busy, error, onAct, onClose, children }: ActProps) {
  const { t } = useTexts();
  const line = useErrorLine();
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      {...(text === undefined ? {} : { description: text })}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button tone="primary" disabled={!ready} busy={busy} onClick={onAct}>
            {action}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !busy) onAct();
        }}
      >
        {children}
      </form>
      {Boolean(error) && <Notice tone="bad">{line(error)}</Notice>}
    </Dialog>
  );
}
