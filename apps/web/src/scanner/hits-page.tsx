import type { ScanHitRow } from '@lorekeep/contracts';
import { Link } from '@tanstack/react-router';
import { ScanSearch } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../app/person.js';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { DataTable } from '../kit/data-table.js';
import { Input, Select } from '../kit/field.js';
import { Page } from '../kit/page.js';
import { isStatus } from '../kit/problem.js';
import { Empty, ErrorState } from '../kit/states.js';
import { usePages } from '../kit/use-pages.js';
import { useSettled } from '../kit/use-settled.js';
import { useTexts } from '../locales/use-texts.js';
import { WORD_ACTIONS } from '../admin/word-columns.js';
import { SEVERITIES } from '../firewall/severities.js';
import { HitDialog } from './hit-dialog.js';
import { useHitColumns } from './hit-columns.js';

const NO_FILTER = { reference: '', action: '', severity: '' };
/** A trace id, or as much of it as answers show of theirs; less is not asked for yet. */
const REFERENCE = /^[0-9a-f]{8,32}$/;

/** What the scanner found in answers, for those who have to judge it; looking here is recorded. */
export function HitsPage() {
  const { t } = useTexts();
  const may = useMay();
  const [filter, setFilter] = useState(NO_FILTER);
  const settled = useSettled(filter);
  const reference = settled.reference.trim().toLowerCase();
  const { query, rows, hasMore, more } = usePages<ScanHitRow>(
    ['scan-hits', settled],
    ({ limit, cursor, signal }) =>
      call('GET /api/scanner/hits', {
        query: {
          limit,
          ...(cursor.cursor === undefined ? {} : { before: cursor.cursor }),
          ...(REFERENCE.test(reference) && { reference }),
          ...known('action', WORD_ACTIONS, settled.action),
          ...known('severity', SEVERITIES, settled.severity),
        },
        signal,
      }),
  );
  const isRefused = !may('scanner.hits') || isStatus(query.error, 403);
  const [opened, setOpened] = useState<ScanHitRow | null>(null);
  const columns = useHitColumns(setOpened);
  const isFiltered = Object.values(filter).some((value) => value !== '');
  const set = (part: Partial<Filter>) => setFilter({ ...filter, ...part });
  return (
    <Page
      title={t('scanner.hits.title')}
      note={!isRefused && t('scanner.hits.note')}
      actions={
        may('audit.read') && (
          <Link to="/audit" className="text-13 text-accent hover:underline">
            {t('scanner.hits.toAudit')}
          </Link>
        )
      }
    >
      {!isRefused && <HitFilters filter={filter} set={set} />}
      {query.isError && rows.length === 0 ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          label={t('scanner.hits.title')}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          rowHeight={52}
          loading={query.isPending}
          hasMore={hasMore}
          onMore={more}
          empty={
            <Empty
              icon={ScanSearch}
              title={isFiltered ? t('common.nothingFound') : t('scanner.hits.empty')}
              text={isFiltered ? t('scanner.hits.emptyText') : t('scanner.hits.emptyYet')}
              action={
                isFiltered && <Button onClick={() => setFilter(NO_FILTER)}>{t('common.clearFilters')}</Button>
              }
            />
          }
        />
      )}
      {opened && <HitDialog row={opened} onClose={() => setOpened(null)} />}
    </Page>
  );
}

type Filter = typeof NO_FILTER;

function HitFilters({ filter, set }: { filter: Filter; set: (part: Partial<Filter>) => void }) {
  const { t } = useTexts();
  return (
    <div className="grid grid-cols-2 gap-2 md:grid-cols-4">
      <Input
        aria-label={t('common.reference')}
        placeholder={t('common.reference')}
        maxLength={32}
        value={filter.reference}
        onChange={(event) => set({ reference: event.target.value })}
        className="col-span-2 font-mono text-13"
      />
      <Select
        aria-label={t('admin.words.action')}
        value={filter.action}
        onChange={(event) => set({ action: event.target.value })}
      >
        <option value="">{t('scanner.hits.allActions')}</option>
        {WORD_ACTIONS.map((each) => (
          <option key={each} value={each}>
            {t(`admin.words.actions.${each}`)}
          </option>
        ))}
      </Select>
      <Select
        aria-label={t('scanner.hits.severity')}
        value={filter.severity}
        onChange={(event) => set({ severity: event.target.value })}
      >
        <option value="">{t('scanner.hits.allSeverities')}</option>
        {SEVERITIES.map((each) => (
          <option key={each} value={each}>
            {t(`scanner.severities.${each}`)}
          </option>
        ))}
      </Select>
    </div>
  );
}

function known<Name extends string, Value extends string>(
  name: Name,
  values: readonly Value[],
  chosen: string,
): { [Key in Name]?: Value } {
  const value = values.find((each) => each === chosen);
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]: Value });
}
