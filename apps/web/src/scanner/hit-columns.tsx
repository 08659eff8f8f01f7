import type { ScanHitRow } from '@lorekeep/contracts';
import { Badge, type BadgeTone } from '../kit/badge.js';
import type { Column } from '../kit/data-table.js';
import { Time } from '../kit/time.js';
import { useTexts } from '../locales/use-texts.js';
import { useHitNames } from './use-hit-names.js';

const TONES: Record<ScanHitRow['severity'], BadgeTone> = {
  low: 'plain',
  medium: 'accent',
  high: 'warn',
  critical: 'bad',
};

export function SeverityBadge({ severity }: Pick<ScanHitRow, 'severity'>) {
  const { t } = useTexts();
  return <Badge tone={TONES[severity]}>{t(`scanner.severities.${severity}`)}</Badge>;
}

/** Where it stood, with the place in UTF-16 units. */
export function Place({ row }: { row: ScanHitRow }) {
  const names = useHitNames();
  return (
    <span title={row.channel}>
      {names.place(row)} <span className="text-text-2 tabular-nums">{`${row.start}–${row.end}`}</span>
    </span>
  );
}

/** What was found and by which rule; on a narrow screen, what it has no columns for. */
function Found({ row, onOpen }: { row: ScanHitRow; onOpen: () => void }) {
  const { t } = useTexts();
  const names = useHitNames();
  const { original, folded } = row;
  const rule = names.rule(row);
  const isSaid = folded === null || folded === original || rule.includes(folded);
  const readAs = isSaid ? '' : t('scanner.hits.readAs', { text: folded });
  return (
    <button
      type="button"
      onClick={onOpen}
      className="block max-w-full truncate text-left after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
    >
      <span className="block truncate font-medium">{names.found(row)}</span>
      <span className="hidden truncate text-12 leading-4 text-text-2 sm:block">
        {[rule, readAs, names.folds(row)].filter(Boolean).join(' · ')}
      </span>
      <span className="block truncate text-12 leading-4 text-text-2 sm:hidden">
        {`${names.action(row)} · ${names.place(row)}`}
      </span>
    </button>
  );
}

/** @param open shows all that is known of a finding */
export function useHitColumns(open: (row: ScanHitRow) => void): Column<ScanHitRow>[] {
  const { t } = useTexts();
  const names = useHitNames();
  return [
    {
      id: 'found',
      header: t('scanner.hits.found'),
      cell: (row) => <Found row={row} onOpen={() => open(row)} />,
    },
    {
      id: 'category',
      header: t('admin.words.category'),
      className: 'w-24 sm:w-44',
      cell: (row) => (
        <span className="flex flex-wrap items-center gap-1.5">
          <span className="truncate">{names.category(row)}</span>
          <SeverityBadge severity={row.severity} />
        </span>
      ),
    },
    {
      id: 'action',
      header: t('admin.words.action'),
      className: 'hidden w-32 sm:table-cell',
      cell: names.action,
    },
    {
      id: 'place',
      header: t('scanner.hits.place'),
      className: 'hidden w-44 lg:table-cell',
      cell: (row) => <Place row={row} />,
    },
    {
      id: 'reference',
      header: t('common.reference'),
      className: 'hidden w-24 md:table-cell',
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
      className: 'w-26 sm:w-28',
      cell: (row) => <Time value={row.at} />,
    },
  ];
}
