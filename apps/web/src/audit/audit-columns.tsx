import type { AuditRow } from '@lorekeep/contracts';
import { Badge, type BadgeTone } from '../kit/badge.js';
import type { Column } from '../kit/data-table.js';
import { useFormats } from '../kit/format.js';
import { Time } from '../kit/time.js';
import { useTexts } from '../locales/use-texts.js';
import { kindKey } from './kinds.js';

const OUTCOMES = [
  'answered',
  'refused',
  'stopped',
  'cancelled',
  'failed',
  'succeeded',
  'begun',
  'done',
  'ended',
  'ready',
] as const;
const TONES: Record<(typeof OUTCOMES)[number], BadgeTone> = {
  answered: 'good',
  succeeded: 'good',
  refused: 'warn',
  stopped: 'warn',
  cancelled: 'plain',
  failed: 'bad',
  begun: 'plain',
  done: 'plain',
  ended: 'plain',
  ready: 'good',
};

export function OutcomeBadge({ outcome }: { outcome: string | null }) {
  const { t } = useTexts();
  if (outcome === null) return null;
  const known = OUTCOMES.find((each) => each === outcome);
  return known ? <Badge tone={TONES[known]}>{t(`audit.outcomes.${known}`)}</Badge> : <Badge>{outcome}</Badge>;
}

/** What a narrow screen has no columns for. */
function Summary({ row }: { row: AuditRow }) {
  const { t } = useTexts();
  const known = OUTCOMES.find((each) => each === row.outcome);
  const outcome = known ? t(`audit.outcomes.${known}`) : row.outcome;
  return <>{[outcome, row.actor].filter(Boolean).join(' · ')}</>;
}

/** What was done, in words where the page has them. */
export function useKindText(): (kind: string) => string {
  const { t } = useTexts();
  return (kind) => {
    const key = kindKey(kind);
    return key ? t(key) : kind;
  };
}

export function useAuditColumns(open: (row: AuditRow) => void): Column<AuditRow>[] {
  const { t } = useTexts();
  const formats = useFormats();
  const kindText = useKindText();
  return [
    {
      id: 'kind',
      header: t('audit.kind'),
      cell: (row) => (
        <button
          type="button"
          onClick={() => open(row)}
          className="block max-w-full truncate text-left font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {kindText(row.kind)}
          <span className="block truncate text-12 leading-4 font-normal text-text-2 sm:hidden">
            <Summary row={row} />
          </span>
        </button>
      ),
    },
    { id: 'actor', header: t('audit.actor'), className: 'hidden sm:table-cell', cell: (row) => row.actor },
    {
      id: 'outcome',
      header: t('audit.outcome'),
      className: 'hidden w-28 sm:table-cell',
      cell: (row) => <OutcomeBadge outcome={row.outcome} />,
    },
    {
      id: 'reference',
      header: t('common.reference'),
      className: 'hidden w-28 lg:table-cell',
      cell: (row) =>
        row.reference && <code className="font-mono text-12 text-text-2">{row.reference.slice(0, 8)}</code>,
    },
    {
      id: 'sequence',
      header: t('audit.sequence'),
      numeric: true,
      className: 'hidden w-24 lg:table-cell',
      cell: (row) => formats.number(row.sequence),
    },
    {
      id: 'time',
      header: t('audit.time'),
      numeric: true,
      className: 'w-28 sm:w-32',
      cell: (row) => <Time value={row.recordedAt} />,
    },
  ];
}
