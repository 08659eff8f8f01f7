import type { QuotaRow } from '@lorekeep/contracts';
import { useQuery } from '@tanstack/react-query';
import { Gauge, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { DataTable, type Column } from '../kit/data-table.js';
import { useFormats } from '../kit/format.js';
import { Page } from '../kit/page.js';
import { Empty, ErrorState } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { QuotaDialog } from './quota-dialog.js';

const WIDTHS = {
  requests: 'hidden w-36 sm:table-cell',
  tokens: 'w-36',
  concurrent: 'hidden w-40 md:table-cell',
};
export const QUOTAS = ['quotas'];
/** Use is live. */
const REFRESH_MS = 10_000;

export function QuotasPage() {
  const { t } = useTexts();
  const formats = useFormats();
  const [editing, setEditing] = useState<QuotaRow | 'new' | null>(null);
  const quotas = useQuery({
    queryKey: QUOTAS,
    queryFn: ({ signal }) => call('GET /api/admin/quotas', { signal }),
    refetchInterval: REFRESH_MS,
  });
  const rows = quotas.data?.rows ?? [];
  const measure = (
    id: 'requests' | 'tokens' | 'concurrent',
    header: string,
    of: (row: QuotaRow) => [number, number | null],
  ): Column<QuotaRow> => ({
    id,
    header,
    numeric: true,
    className: WIDTHS[id],
    cell: (row) => <UseOfLimit of={of(row)} format={formats.compact} />,
  });
  const columns: Column<QuotaRow>[] = [
    {
      id: 'subject',
      header: t('admin.quotas.subject'),
      cell: (row) => (
        <button
          type="button"
          onClick={() => setEditing(row)}
          className="max-w-full truncate text-left font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {row.subject}
        </button>
      ),
    },
    {
      id: 'kind',
      header: t('admin.quotas.kind'),
      className: 'hidden w-32 sm:table-cell',
      cell: (row) => t(`admin.quotas.kinds.${row.subjectKind}`),
    },
    measure('requests', t('admin.quotas.perMinute'), (row) => [row.usage.requests, row.requestsPerMinute]),
    measure('tokens', t('admin.quotas.perDay'), (row) => [row.usage.tokens, row.tokensPerDay]),
    measure('concurrent', t('admin.quotas.atOnce'), (row) => [row.usage.concurrent, row.concurrentQuestions]),
  ];
  const create = (
    <Button tone="primary" icon={<Plus size={15} />} onClick={() => setEditing('new')}>
      {t('admin.quotas.create')}
    </Button>
  );
  return (
    <Page title={t('admin.sections.quotas')} note={t('admin.quotas.note')} actions={create}>
      {quotas.isError && !quotas.data ? (
        <ErrorState error={quotas.error} onRetry={() => void quotas.refetch()} />
      ) : (
        <DataTable
          label={t('admin.sections.quotas')}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          loading={quotas.isPending}
          empty={<Empty icon={Gauge} title={t('admin.quotas.empty')} text={t('admin.quotas.emptyText')} />}
        />
      )}
      {editing && <QuotaDialog quota={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </Page>
  );
}

/** From here on the bar warns. */
const NEARLY = 0.9;

function UseOfLimit({
  of: [used, limit],
  format,
}: {
  of: [number, number | null];
  format: (value: number) => string;
}) {
  const { t } = useTexts();
  const share = limit === null ? 0 : limit === 0 ? 1 : Math.min(1, used / limit);
  return (
    <span className="block" title={limit === null ? t('admin.quotas.noLimit') : undefined}>
      <span className="block">
        {format(used)} <span className="text-text-2">/ {limit === null ? '∞' : format(limit)}</span>
      </span>
      <span className="mt-1 block h-1 overflow-hidden rounded-full bg-surface-2" aria-hidden="true">
        <span
          className={`block h-full ${share >= NEARLY ? 'bg-bad' : 'bg-accent'}`}
          style={{ width: `${share * 100}%` }}
        />
      </span>
    </span>
  );
}
