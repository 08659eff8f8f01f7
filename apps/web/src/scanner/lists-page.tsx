import type { WordListRow } from '@lorekeep/contracts';
import { ListChecks, Upload } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '../kit/badge.js';
import { Button } from '../kit/button.js';
import { DataTable, type Column } from '../kit/data-table.js';
import { useFormats } from '../kit/format.js';
import { Page } from '../kit/page.js';
import { Empty, ErrorState } from '../kit/states.js';
import { Time } from '../kit/time.js';
import { useTexts } from '../locales/use-texts.js';
import { ImportDialog } from './import-dialog.js';
import { ListDialog } from './list-dialog.js';
import { ListProgress } from './list-progress.js';
import { Instead } from './instead.js';
import { LIST_TONES } from './list-tones.js';
import { useOverrides } from './use-policy.js';
import { useScannerNames } from './use-scanner-names.js';
import { isBusy, useWordLists } from './use-word-lists.js';

/** Large lists of words: imported, looked at, confirmed, taken back. */
export function WordListsPage() {
  const { t } = useTexts();
  const [importing, setImporting] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  const { query, rows, hasMore, more } = useWordLists();
  const columns = useColumns(setOpened);
  const add = (
    <Button tone="primary" icon={<Upload size={15} />} onClick={() => setImporting(true)}>
      {t('scanner.lists.import')}
    </Button>
  );
  return (
    <Page title={t('admin.sections.word-lists')} note={t('scanner.lists.note')} actions={add}>
      {query.isError && rows.length === 0 ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          label={t('admin.sections.word-lists')}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          rowHeight={52}
          loading={query.isPending}
          hasMore={hasMore}
          onMore={more}
          empty={
            <Empty
              icon={ListChecks}
              title={t('scanner.lists.empty')}
              text={t('scanner.lists.emptyText')}
              action={add}
            />
          }
        />
      )}
      {importing && (
        <ImportDialog
          onClose={() => setImporting(false)}
          onImported={(row) => {
            setImporting(false);
            setOpened(row.id);
          }}
        />
      )}
      {opened && <ListDialog id={opened} onClose={() => setOpened(null)} />}
    </Page>
  );
}

function useColumns(open: (id: string) => void): Column<WordListRow>[] {
  const { t } = useTexts();
  const formats = useFormats();
  const names = useScannerNames();
  const override = useOverrides();
  return [
    {
      id: 'name',
      header: t('scanner.lists.name'),
      cell: (row) => (
        <button
          type="button"
          onClick={() => open(row.id)}
          className="block max-w-full truncate text-left font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {row.name}
          <span className="block truncate text-12 leading-4 font-normal text-text-2">
            {names.category(row.category)} · {t(`admin.words.actions.${row.action}`)}
            <Instead action={override(row.category, row.action)} />
          </span>
        </button>
      ),
    },
    {
      id: 'state',
      header: t('scanner.lists.state'),
      control: true,
      className: 'w-36 sm:w-56',
      cell: (row) => (
        <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <Badge tone={LIST_TONES[row.state]}>{t(`scanner.lists.states.${row.state}`)}</Badge>
          {isBusy(row) && <ListProgress row={row} />}
        </span>
      ),
    },
    {
      id: 'words',
      header: t('scanner.lists.words'),
      numeric: true,
      className: 'hidden w-28 sm:table-cell',
      cell: (row) => formats.number(row.words),
    },
    {
      id: 'created',
      header: t('documents.added'),
      numeric: true,
      className: 'hidden w-32 md:table-cell',
      cell: (row) => <Time value={row.createdAt} />,
    },
  ];
}
