import { useQueryClient } from '@tanstack/react-query';
import { FileText, Upload } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useMay } from '../app/person.js';
import { Button } from '../kit/button.js';
import { DataTable } from '../kit/data-table.js';
import { Page } from '../kit/page.js';
import { Empty, ErrorState } from '../kit/states.js';
import { useToast } from '../kit/toast.js';
import { useSettled } from '../kit/use-settled.js';
import { useTexts } from '../locales/use-texts.js';
import { DocumentFilters } from './document-filters.js';
import { DocumentSections } from './document-sections.js';
import { FolderBar } from './folder-bar.js';
import { useDocumentColumns } from './document-columns.js';
import { UploadDialog } from './upload-dialog.js';
import { UploadList } from './upload-list.js';
import { whenUploaded } from './upload-store.js';
import { useDropped } from './use-dropped.js';
import { DOCUMENTS, useDocuments, type DocumentFilter } from './use-documents.js';

const NO_FILTER: DocumentFilter = { search: '', collectionId: '', folderId: '', state: '' };

export function DocumentsPage() {
  const { t } = useTexts();
  const mayWrite = useMay()('documents.write');
  const [filter, setFilter] = useState(NO_FILTER);
  const [files, setFiles] = useState<File[]>([]);
  const { query, rows, hasMore, more } = useDocuments({
    ...filter,
    search: useSettled(filter.search.trim()),
  });
  const columns = useDocumentColumns(mayWrite);
  const over = useDropped(mayWrite, setFiles);
  useUploadedReload();
  const filtered = filter.search || filter.state;
  const placed = filter.collectionId !== '';
  return (
    <div className="relative grid h-full grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)]">
      <DocumentSections />
      <Page title={t('documents.title')} actions={mayWrite && <UploadButton onFiles={setFiles} />}>
        <DocumentFilters filter={filter} onChange={setFilter} withState={mayWrite} />
        {filter.collectionId && (
          <FolderBar
            collectionId={filter.collectionId}
            folderId={filter.folderId}
            mayWrite={mayWrite}
            onOpen={(folderId) => setFilter({ ...filter, folderId })}
          />
        )}
        {mayWrite && <UploadList />}
        {query.isError && rows.length === 0 ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <DataTable
            label={t('documents.title')}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            loading={query.isPending}
            hasMore={hasMore}
            onMore={more}
            empty={
              filtered ? (
                <Empty
                  icon={FileText}
                  title={t('common.nothingFound')}
                  text={t('common.nothingFoundText')}
                  action={<Button onClick={() => setFilter(NO_FILTER)}>{t('common.clearFilters')}</Button>}
                />
              ) : (
                <Empty
                  icon={FileText}
                  title={t(placed ? 'documents.folders.empty' : 'documents.empty')}
                  text={t(
                    mayWrite
                      ? 'documents.emptyWrite'
                      : placed
                        ? 'documents.folders.emptyText'
                        : 'documents.emptyRead',
                  )}
                />
              )
            }
          />
        )}
      </Page>
      {over && (
        <div className="pointer-events-none absolute inset-2 z-20 grid place-items-center rounded-md border-2 border-dashed border-accent bg-accent-soft/90 text-16 font-medium text-accent">
          {t('documents.dropHere')}
        </div>
      )}
      {files.length > 0 && (
        <UploadDialog
          files={files}
          collectionId={filter.collectionId}
          folderId={filter.folderId}
          onClose={() => setFiles([])}
        />
      )}
    </div>
  );
}

function UploadButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useTexts();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        tabIndex={-1}
        aria-hidden="true"
        className="hidden"
        accept=".pdf,.docx,.xlsx,.pptx,.md,.txt,.html,.htm,.csv,.tsv,.xml,.eml,.msg,.zip,.gz"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <Button tone="primary" icon={<Upload size={15} />} onClick={() => input.current?.click()}>
        {t('documents.uploadFiles')}
      </Button>
    </>
  );
}

/** What has been taken appears in the table at once. */
function useUploadedReload(): void {
  const { t } = useTexts();
  const toast = useToast();
  const queryClient = useQueryClient();
  useEffect(() => {
    whenUploaded((document) => {
      void queryClient.invalidateQueries({ queryKey: DOCUMENTS });
      if (document.duplicate) toast(t('documents.duplicateOf', { title: document.title }));
    });
  }, [queryClient, t, toast]);
}
