import type { DraftRow } from '@lorekeep/contracts';
import { Link } from '@tanstack/react-router';
import { EyeOff } from 'lucide-react';
import { Badge, type BadgeTone } from '../kit/badge.js';
import { Button } from '../kit/button.js';
import { ErrorState, Loading } from '../kit/states.js';
import { Time } from '../kit/time.js';
import { usePlainQuestion } from '../kit/question-text.js';
import { useTexts } from '../locales/use-texts.js';
import { useDrafts } from './use-drafts.js';

const TONES: Record<DraftRow['state'], BadgeTone> = {
  writing: 'accent',
  draft: 'plain',
  approved: 'good',
  refused: 'warn',
  failed: 'bad',
};

export function DraftBadge({ state }: { state: DraftRow['state'] }) {
  const { t } = useTexts();
  return <Badge tone={TONES[state]}>{t(`drafts.states.${state}`)}</Badge>;
}

/** A reply that may still go out, or did, with something withheld in it. */
export function WithheldBadge({ row }: { row: DraftRow }) {
  const { t } = useTexts();
  const isReply = row.state === 'draft' || row.state === 'approved';
  if (!row.withheld || !isReply) return null;
  return (
    <Badge tone="warn">
      <EyeOff size={12} aria-hidden="true" />
      {t('drafts.withheld')}
    </Badge>
  );
}

/** Own drafts, newest first. */
export function DraftList() {
  const { t } = useTexts();
  const { query, rows, hasMore, more } = useDrafts();
  const plain = usePlainQuestion();
  if (query.isPending) return <Loading lines={4} className="p-3" />;
  if (query.isError && rows.length === 0)
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (rows.length === 0) return <p className="px-3 py-2 text-13 text-text-2">{t('drafts.noneYet')}</p>;
  return (
    <>
      <ul className="flex flex-col gap-0.5">
        {rows.map((row) => (
          <li key={row.id} className="[contain-intrinsic-size:auto_56px] [content-visibility:auto]">
            <Link
              to="/drafts/{-$draftId}"
              params={{ draftId: row.id }}
              className="block rounded-md px-3 py-2 hover:bg-surface-2 aria-[current=page]:bg-surface-2"
            >
              <span className="block truncate text-13 font-medium">{plain(row.customerMessage)}</span>
              <span className="mt-1 flex items-center justify-between gap-2 text-12 text-text-2">
                <DraftBadge state={row.state} />
                <Time value={row.updatedAt} />
              </span>
              <span className="mt-1 block empty:hidden">
                <WithheldBadge row={row} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {hasMore && (
        <Button tone="quiet" className="mt-1 w-full" onClick={more}>
          {t('drafts.more')}
        </Button>
      )}
    </>
  );
}
