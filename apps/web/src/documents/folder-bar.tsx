import type { FolderRow } from '@lorekeep/contracts';
import { Folder, FolderPlus, KeyRound, MoreHorizontal, Pencil, FolderInput, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../kit/button.js';
import { useErrorLine } from '../kit/describe-error.js';
import { useFormats } from '../kit/format.js';
import { Menu } from '../kit/menu.js';
import { ApiProblem } from '../kit/problem.js';
import { Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { FolderDialogs, type FolderAct } from './folder-dialogs.js';
import { useCollections } from './use-documents.js';
import { pathOf, useFolders } from './use-folders.js';

interface Props {
  collectionId: string;
  folderId: string;
  mayWrite: boolean;
  onOpen: (folderId: string) => void;
}

/** Where one is in a collection, the folders that are there, and what can be done with them. */
export function FolderBar({ collectionId, folderId, mayWrite, onOpen }: Props) {
  const { t } = useTexts();
  const line = useErrorLine();
  const folders = useFolders(collectionId);
  const [act, setAct] = useState<FolderAct | null>(null);
  const rows = folders.data?.rows ?? [];
  const path = pathOf(rows, folderId);
  const current = path.at(-1) ?? null;
  const inside = rows.filter((row) => row.parentId === (current?.id ?? null));
  if (rows.length === 0 && !mayWrite) return null;
  const missing = folders.error instanceof ApiProblem && folders.error.problem.status === 404;
  return (
    <section aria-label={t('documents.folders.title')} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Breadcrumb collectionId={collectionId} path={path} onOpen={onOpen} />
        {mayWrite && (
          <div className="ml-auto flex items-center gap-1">
            <Button
              tone="quiet"
              icon={<FolderPlus size={15} />}
              onClick={() => setAct({ kind: 'create', parent: current })}
            >
              {t('documents.folders.create')}
            </Button>
            {current && <FolderMenu folder={current} onAct={setAct} />}
          </div>
        )}
      </div>
      {folders.isError && !missing && <Notice tone="bad">{line(folders.error)}</Notice>}
      {inside.length > 0 && <FolderList rows={inside} onOpen={onOpen} />}
      {act && (
        <FolderDialogs
          act={act}
          collectionId={collectionId}
          rows={rows}
          onDeleted={() => onOpen(current?.parentId ?? '')}
          onClose={() => setAct(null)}
        />
      )}
    </section>
  );
}

function Breadcrumb({
  collectionId,
  path,
  onOpen,
}: {
  collectionId: string;
  path: readonly FolderRow[];
  onOpen: (folderId: string) => void;
}) {
  const { t } = useTexts();
  const collections = useCollections();
  const name = collections.data?.rows.find((row) => row.id === collectionId)?.name ?? '';
  const steps = [{ id: '', name }, ...path];
  return (
    <nav aria-label={t('documents.folders.path')} className="min-w-0">
      <ol className="flex flex-wrap items-center gap-x-1 text-13">
        {steps.map((step, at) => (
          <li key={step.id} className="flex min-w-0 items-center gap-1">
            {at > 0 && (
              <span aria-hidden="true" className="text-text-2">
                /
              </span>
            )}
            {at === steps.length - 1 ? (
              <span aria-current="location" className="px-1 font-medium break-all">
                {step.name}
              </span>
            ) : (
              <button
                type="button"
                onClick={() => onOpen(step.id)}
                className="h-7 rounded-sm px-1 text-left break-all text-accent hover:underline"
              >
                {step.name}
              </button>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

function FolderList({ rows, onOpen }: { rows: readonly FolderRow[]; onOpen: (folderId: string) => void }) {
  const { t } = useTexts();
  const formats = useFormats();
  return (
    <ul className="grid max-h-44 grid-cols-[repeat(auto-fill,minmax(min(100%,13rem),1fr))] gap-1.5 overflow-y-auto p-0.5 [scrollbar-width:thin]">
      {rows.map((row) => (
        <li key={row.id} className="min-w-0">
          <button
            type="button"
            onClick={() => onOpen(row.id)}
            title={row.name}
            className="flex h-9 w-full items-center gap-2 rounded-md border px-2.5 text-left text-13 hover:bg-surface-1"
          >
            <Folder size={15} aria-hidden="true" className="shrink-0 text-text-2" />
            <span className="min-w-0 flex-1 truncate">{row.name}</span>
            {row.ownReaders && (
              <KeyRound
                size={13}
                className="shrink-0 text-text-2"
                aria-label={t('documents.folders.ownReaders')}
              />
            )}
            <span className="shrink-0 text-text-2 tabular-nums" aria-hidden="true">
              {formats.number(row.documentsBeneath)}
            </span>
            <span className="sr-only">{t('documents.folders.holds', { count: row.documentsBeneath })}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function FolderMenu({ folder, onAct }: { folder: FolderRow; onAct: (act: FolderAct) => void }) {
  const { t } = useTexts();
  const label = t('documents.folders.acts', { name: folder.name });
  return (
    <Menu
      label={label}
      align="end"
      trigger={<IconButton label={label} icon={<MoreHorizontal size={16} />} />}
      entries={[
        {
          kind: 'item',
          icon: <KeyRound size={15} />,
          text: t('documents.readers.title'),
          onSelect: () => onAct({ kind: 'readers', folder }),
        },
        {
          kind: 'item',
          icon: <Pencil size={15} />,
          text: t('documents.folders.rename'),
          onSelect: () => onAct({ kind: 'rename', folder }),
        },
        {
          kind: 'item',
          icon: <FolderInput size={15} />,
          text: t('documents.folders.move'),
          onSelect: () => onAct({ kind: 'move', folder }),
        },
        {
          kind: 'item',
          icon: <Trash2 size={15} />,
          text: t('common.delete'),
          danger: true,
          onSelect: () => onAct({ kind: 'delete', folder }),
        },
      ]}
    />
  );
}
