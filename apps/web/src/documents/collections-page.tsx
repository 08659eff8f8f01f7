import type { CollectionRow } from '@lorekeep/contracts';
import { FolderOpen, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../kit/button.js';
import { DataTable, type Column } from '../kit/data-table.js';
import { useFormats } from '../kit/format.js';
import { Page } from '../kit/page.js';
import { Empty, ErrorState, Skeleton } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { CollectionDialog } from './collection-dialog.js';
import { DocumentSections } from './document-sections.js';
import { ReadersDialog } from './readers-dialog.js';
import { readerName, useReaders } from './readers-section.js';
import { useCollections } from './use-documents.js';

/** Documents lie in collections; who may read a collection may read what lies in it. */
export function CollectionsPage() {
  const { t } = useTexts();
  const formats = useFormats();
  const collections = useCollections();
  const [creating, setCreating] = useState(false);
  const columns: Column<CollectionRow>[] = [
    {
      id: 'name',
      header: t('documents.collections.name'),
      cell: (row) => (
        <span title={row.description || row.slug} className="font-medium">
          {row.name}
        </span>
      ),
    },
    {
      id: 'slug',
      header: t('documents.collections.slug'),
      className: 'hidden w-40 md:table-cell',
      cell: (row) => <code className="font-mono text-12 text-text-1">{row.slug}</code>,
    },
    {
      id: 'documents',
      header: t('documents.title'),
      numeric: true,
      className: 'w-28',
      cell: (row) => formats.number(row.documents),
    },
    {
      id: 'readers',
      header: t('documents.readers.title'),
      className: 'hidden sm:table-cell',
      cell: (row) => <ReaderNames id={row.id} />,
    },
    {
      id: 'actions',
      control: true,
      header: <span className="sr-only">{t('common.actions')}</span>,
      numeric: true,
      className: 'w-28',
      cell: (row) => <ReadersButton row={row} />,
    },
  ];
  const create = (
    <Button tone="primary" icon={<Plus size={15} />} onClick={() => setCreating(true)}>
      {t('documents.collections.create')}
    </Button>
  );
  return (
    <div className="grid h-full grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)]">
      <DocumentSections />
      <Page title={t('documents.collections.title')} note={t('documents.collections.note')} actions={create}>
        {collections.isError ? (
          <ErrorState error={collections.error} onRetry={() => void collections.refetch()} />
        ) : (
          <DataTable
            label={t('documents.collections.title')}
            columns={columns}
            rows={collections.data?.rows ?? []}
            rowKey={(row) => row.id}
            loading={collections.isPending}
            empty={
              <Empty
                icon={FolderOpen}
                title={t('documents.collections.empty')}
                text={t('documents.collections.emptyText')}
              />
            }
          />
        )}
      </Page>
      {creating && <CollectionDialog onClose={() => setCreating(false)} />}
    </div>
  );
}

function ReaderNames({ id }: { id: string }) {
  const { t } = useTexts();
  const readers = useReaders('collections', id);
  if (!readers.data) return <Skeleton lines={1} className="w-24" />;
  const names = readers.data.readers.map((reader) => {
    const name = readerName(reader, t('documents.readers.everyone'));
    return reader.effect === 'deny' ? t('documents.readers.notName', { name }) : name;
  });
  return names.length > 0 ? names.join(t('common.listSeparator')) : t('documents.readers.nobody');
}

function ReadersButton({ row }: { row: CollectionRow }) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const readers = useReaders('collections', row.id);
  return (
    <>
      <Button
        tone="quiet"
        disabled={!readers.data}
        aria-label={`${t('documents.readers.change')} · ${t('documents.readers.title')} · ${row.name}`}
        onClick={() => setOpen(true)}
      >
        {t('documents.readers.change')}
      </Button>
      {open && readers.data && (
        <ReadersDialog kind="collections" id={row.id} readers={readers.data} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
