import type { ScanHitRow } from '@lorekeep/contracts';
import { Link } from '@tanstack/react-router';
import { ScanSearch } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../app/person.js';
import { Badge, type BadgeTone } from '../kit/badge.js';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { DataTable, type Column } from '../kit/data-table.js';
import { Input, Select } from '../kit/field.js';
import { Page } from '../kit/page.js';
import { Empty, ErrorState } from '../kit/states.js';
import { Time } from '../kit/time.js';
import { usePages } from '../kit/use-pages.js';
import { useSettled } from '../kit/use-settled.js';
import { useTexts } from '../locales/use-texts.js';
import { WORD_ACTIONS } from '../admin/words-page.js';
import { useScannerNames } from './use-scanner-names.js';

const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
const TONES: Record<ScanHitRow['severity'], BadgeTone> = {
  low: 'plain',
  medium: 'accent',
  high: 'warn',
  critical: 'bad',
};
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
  const columns = useColumns();
  const isFiltered = Object.values(filter).some((value) => value !== '');
  const set = (part: Partial<typeof NO_FILTER>) => setFilter({ ...filter, ...part });
  return (
    <Page
      title={t('scanner.hits.title')}
      note={t('scanner.hits.note')}
      actions={
        may('audit.read') && (
          <Link to="/audit" className="text-13 text-accent hover:underline">
            {t('scanner.hits.toAudit')}
          </Link>
        )
      }
    >
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
    </Page>
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

/** The answer went on without the source that it stood in. */
const isLeftOut = (row: ScanHitRow): boolean => row.channel.startsWith('left-out:');

/** Where it stood: in the answer, in a source of it, shown or left out for it, or in what was suggested instead. */
function Place({ row }: { row: ScanHitRow }) {
  const { t } = useTexts();
  const source = /^citation:(\d+):/.exec(row.channel)?.[1];
  let name = row.channel;
  if (isLeftOut(row)) name = t('scanner.hits.places.leftOut');
  else if (source !== undefined) name = t('scanner.hits.places.source', { number: Number(source) + 1 });
  else if (/^\d+:content$/.test(row.channel)) name = t('scanner.hits.places.answer');
  else if (row.channel === 'suggestion') name = t('scanner.hits.places.suggestion');
  return (
    <span title={row.channel}>
      {name} <span className="text-text-2 tabular-nums">{`${row.start}–${row.end}`}</span>
    </span>
  );
}

/** Kind and length of what is not kept, with the kind in the page's language. */
function maskedAs({ masked, category }: ScanHitRow, name: string): string | null {
  return masked?.startsWith(category) ? name + masked.slice(category.length) : masked;
}

function useColumns(): Column<ScanHitRow>[] {
  const { t } = useTexts();
  const names = useScannerNames();
  return [
    {
      id: 'found',
      header: t('scanner.hits.found'),
      cell: (row) => (
        <span className="block min-w-0">
          <span className="block truncate font-medium" title={row.original ?? undefined}>
            {row.original ?? maskedAs(row, names.category(row.category)) ?? row.ruleId}
          </span>
          <span className="block truncate text-12 leading-4 text-text-2">
            {row.folded !== null &&
              row.folded !== row.original &&
              t('scanner.hits.readAs', { text: row.folded })}
            {row.folds.length > 0 && ` (${row.folds.map(names.fold).join(', ')})`}
          </span>
        </span>
      ),
    },
    {
      id: 'category',
      header: t('admin.words.category'),
      className: 'w-28 sm:w-48',
      cell: (row) => (
        <span className="flex flex-wrap items-center gap-1.5">
          <span className="truncate">{names.category(row.category)}</span>
          <Badge tone={TONES[row.severity]}>{t(`scanner.severities.${row.severity}`)}</Badge>
        </span>
      ),
    },
    {
      id: 'action',
      header: t('admin.words.action'),
      className: 'hidden w-36 sm:table-cell',
      cell: (row) => (isLeftOut(row) ? t('scanner.hits.leftOut') : t(`admin.words.actions.${row.action}`)),
    },
    {
      id: 'place',
      header: t('scanner.hits.place'),
      className: 'hidden w-48 lg:table-cell',
      cell: (row) => <Place row={row} />,
    },
    {
      id: 'reference',
      header: t('common.reference'),
      className: 'hidden w-28 md:table-cell',
      cell: (row) => (
        <code className="font-mono text-12 text-text-2" title={row.reference}>
          {row.reference.slice(0, 8)}
        </code>
      ),
    },
    {
      id: 'time',
      header: t('audit.time'),
      numeric: true,
      className: 'w-20 sm:w-32',
      cell: (row) => <Time value={row.at} />,
    },
  ];
}
