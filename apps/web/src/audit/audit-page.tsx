import type { AuditRow } from '@lorekeep/contracts';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ClipboardList, Download, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../app/person.js';
import { Button } from '../kit/button.js';
import { addressOf, call } from '../kit/call.js';
import { DataTable } from '../kit/data-table.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Page } from '../kit/page.js';
import { isStatus } from '../kit/problem.js';
import { Empty, ErrorState, Notice } from '../kit/states.js';
import { useSettled } from '../kit/use-settled.js';
import { useTexts } from '../locales/use-texts.js';
import { useAuditColumns } from './audit-columns.js';
import { AuditFilters } from './audit-filters.js';
import { RecordDialog } from './record-dialog.js';
import { NO_FILTER, queryOf, useAudit } from './use-audit.js';

/** Everything that happened, newest first; looking here is recorded too. */
export function AuditPage() {
  const { t } = useTexts();
  const may = useMay();
  const [filter, setFilter] = useState(NO_FILTER);
  const [opened, setOpened] = useState<AuditRow | null>(null);
  const settled = useSettled(filter);
  const { query, rows, hasMore, more } = useAudit(settled);
  const columns = useAuditColumns(setOpened);
  const verify = useMutation({ mutationFn: () => call('POST /api/audit/verify') });
  const isRefused = !may('audit.read') || isStatus(query.error, 403);
  const actions = !isRefused && (
    <div className="flex flex-wrap items-center gap-2">
      {may('scanner.hits') && (
        <Link to="/audit/findings" className="mr-2 text-13 text-accent hover:underline">
          {t('scanner.hits.title')}
        </Link>
      )}
      <a
        href={addressOf('GET /api/audit/export', { query: queryOf(settled) })}
        download="audit.jsonl"
        className="inline-flex h-8 items-center gap-1.5 rounded-md border border-line-strong/60 px-3 text-13 font-medium hover:bg-surface-1"
      >
        <Download size={15} aria-hidden="true" />
        {t('audit.export')}
      </a>
      <Button icon={<ShieldCheck size={15} />} busy={verify.isPending} onClick={() => verify.mutate()}>
        {t(verify.isPending ? 'audit.verifying' : 'audit.verify')}
      </Button>
    </div>
  );
  return (
    <Page title={t('frame.tabs.audit')} note={!isRefused && t('audit.note')} actions={actions}>
      <Verified result={verify.data} error={verify.error} />
      {!isRefused && <AuditFilters filter={filter} onChange={setFilter} />}
      {query.isError && rows.length === 0 ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          label={t('frame.tabs.audit')}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          rowHeight={40}
          loading={query.isPending}
          hasMore={hasMore}
          onMore={more}
          empty={
            <Empty
              icon={ClipboardList}
              title={t('common.nothingFound')}
              text={t('common.nothingFoundText')}
              action={<Button onClick={() => setFilter(NO_FILTER)}>{t('common.clearFilters')}</Button>}
            />
          }
        />
      )}
      {opened && (
        <RecordDialog
          row={opened}
          onClose={() => setOpened(null)}
          onActor={(actor) => {
            setFilter({ ...NO_FILTER, actor });
            setOpened(null);
          }}
        />
      )}
    </Page>
  );
}

type Verification = Awaited<ReturnType<typeof call<'POST /api/audit/verify'>>>;

function Verified({ result, error }: { result: Verification | undefined; error: unknown }) {
  const { t } = useTexts();
  const line = useErrorLine();
  if (error) return <Notice tone="bad">{line(error)}</Notice>;
  if (!result) return null;
  if (result.ok) {
    const incomplete = result.incomplete > 0 ? ` ${t('audit.incomplete', { count: result.incomplete })}` : '';
    return (
      <Notice tone="good">
        <span role="status">{t('audit.intact', { count: result.records }) + incomplete}</span>
      </Notice>
    );
  }
  const { firstBad } = result;
  return (
    <Notice tone="bad">
      {firstBad
        ? t('audit.broken', { sequence: firstBad.sequence, reason: firstBad.reason })
        : t('audit.notVerified')}
    </Notice>
  );
}
