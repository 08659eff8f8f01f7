import type { SourceRow } from '@lorekeep/contracts';
import { Archive, Cloud, FolderOpen, GitBranch, Plus, RefreshCcw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../kit/button.js';
import { DataTable, type Column } from '../kit/data-table.js';
import { useFormats } from '../kit/format.js';
import { Page } from '../kit/page.js';
import { Empty, ErrorState, Notice } from '../kit/states.js';
import { Time } from '../kit/time.js';
import { useTexts } from '../locales/use-texts.js';
import { RunCounts, SourceState } from './run-state.js';
import { SourceActs, type Asking } from './source-acts.js';
import { DeleteSource, DecideDeletions } from './source-confirms.js';
import { SourceFiles } from './source-files.js';
import { SourceForm } from './source-form.js';
import { useSources } from './use-sources.js';

const ICONS = { folder: FolderOpen, git: GitBranch, archive: Archive, bucket: Cloud };
const ROW_HEIGHT = 60;

export function SourcesPage() {
  const { t } = useTexts();
  const query = useSources();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [adding, setAdding] = useState(false);
  const rows = query.data?.rows ?? [];
  // What is asked about may change meanwhile, and may be gone.
  const row = rows.find(({ id }) => id === asking?.id);
  const close = () => setAsking(null);
  const columns = useColumns(setAsking);
  const add = (
    <Button tone="primary" icon={<Plus size={15} />} onClick={() => setAdding(true)}>
      {t('sources.add')}
    </Button>
  );
  return (
    <Page title={t('sources.title')} note={t('sources.note')} actions={add}>
      {rows.map((each) => (
        <Trouble key={each.id} row={each} onDecide={() => setAsking({ id: each.id, what: 'decide' })} />
      ))}
      {query.isError && rows.length === 0 ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          label={t('sources.title')}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          rowHeight={ROW_HEIGHT}
          loading={query.isPending}
          empty={<Empty icon={RefreshCcw} title={t('sources.empty')} text={t('sources.emptyText')} />}
        />
      )}
      {adding && <SourceForm onClose={() => setAdding(false)} />}
      {row && asking?.what === 'edit' && <SourceForm row={row} onClose={close} />}
      {row && asking?.what === 'files' && <SourceFiles row={row} onClose={close} />}
      {row && asking?.what === 'delete' && <DeleteSource row={row} onClose={close} />}
      {row && asking?.what === 'decide' && <DecideDeletions row={row} onClose={close} />}
    </Page>
  );
}

/** What was wrong with the last sync, above the table, in full. */
function Trouble({ row, onDecide }: { row: SourceRow; onDecide: () => void }) {
  const { t, say } = useTexts();
  const { lastRun: run } = row;
  if (!run?.error || run.state === 'cancelled' || row.state === 'removing') return null;
  const stopped = run.state === 'stopped';
  return (
    <Notice
      tone={stopped ? 'warn' : 'bad'}
      action={
        stopped && (
          <Button className="bg-surface-0" onClick={onDecide}>
            {t('sources.decide')}
          </Button>
        )
      }
    >
      <strong className="font-semibold">{row.name}</strong>: {say(run.error, run.errorCode)}
    </Notice>
  );
}

function useColumns(ask: (asking: Asking) => void): Column<SourceRow>[] {
  const { t } = useTexts();
  const formats = useFormats();
  return [
    {
      id: 'name',
      header: t('sources.name'),
      cell: (row) => {
        const Icon = ICONS[row.kind];
        return (
          <span className="flex min-w-0 items-center gap-2">
            <Icon size={16} className="shrink-0 text-text-2" aria-label={t(`sources.kinds.${row.kind}`)} />
            <span className="min-w-0">
              <span className="block truncate font-medium">{row.name}</span>
              <span className="block truncate text-12 text-text-2">{placeOf(row)}</span>
            </span>
          </span>
        );
      },
    },
    {
      id: 'state',
      header: t('sources.state'),
      className: 'w-32 sm:w-56',
      cell: (row) => <SourceState row={row} />,
    },
    {
      id: 'files',
      header: t('sources.files'),
      numeric: true,
      className: 'hidden w-20 md:table-cell',
      cell: (row) => formats.number(row.files.taken),
    },
    {
      id: 'last',
      header: t('sources.lastSync'),
      className: 'hidden w-56 lg:table-cell',
      cell: ({ lastRun }) =>
        lastRun ? (
          <span className="block min-w-0">
            <Time value={lastRun.endedAt ?? lastRun.createdAt} />
            <span className="block truncate text-12 text-text-2">
              <RunCounts run={lastRun} />
            </span>
          </span>
        ) : (
          t('sources.never')
        ),
    },
    {
      id: 'next',
      header: t('sources.nextSync'),
      className: 'hidden w-32 xl:table-cell',
      cell: (row) => (row.nextRunAt ? <Time value={row.nextRunAt} /> : t('sources.byHand')),
    },
    {
      id: 'actions',
      control: true,
      numeric: true,
      header: <span className="sr-only">{t('common.actions')}</span>,
      className: 'w-22',
      cell: (row) => <SourceActs row={row} ask={ask} />,
    },
  ];
}

function placeOf({ settings, archive }: SourceRow): string {
  switch (settings.kind) {
    case 'folder':
      return settings.path;
    case 'git':
      return `${settings.address}${settings.branch === '' ? '' : ` · ${settings.branch}`}`;
    case 'bucket':
      return `${settings.bucket}/${settings.prefix}`;
    case 'archive':
      return archive?.fileName ?? '';
  }
}
