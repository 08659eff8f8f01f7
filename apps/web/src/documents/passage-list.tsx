import type { DocumentRow } from '@lorekeep/contracts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { classNames } from '../kit/class-names.js';
import { isStatus } from '../kit/problem.js';
import { ErrorState, Skeleton } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { pageOf } from './page-words.js';
import { PassagePlace } from './passage-place.js';
import { Passage } from './passage-row.js';
import { usePlace } from './use-place.js';
import { useQuoteInSight } from './use-quote-in-sight.js';
import { STRETCH, useStretches } from './use-passages.js';

interface Props {
  document: DocumentRow;
  /** Ordinal of the passage to open at. */
  cited: number | null;
  answer: string;
  wide: boolean;
  /** It may not be read any more. */
  onGone: () => void;
}

/** Marks the element that scrolls. */
export const PASSAGES = 'data-passages';
/** A passage that is not here yet, in pixels. */
const USUAL_PX = 260;

/** A document as its passages, in order; of a long one only what is in sight is in the page, and was fetched. */
export function PassageList({ document, cited, answer, wide, onGone }: Props) {
  const { t } = useTexts();
  const scroller = useRef<HTMLDivElement>(null);
  const total = document.passages;
  const list = useVirtualizer<HTMLDivElement, Element>({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => USUAL_PX,
    overscan: 3,
    initialOffset: (cited ?? 0) * USUAL_PX,
  });
  const { here, said, move, onKeyDown } = usePlace(list, total, cited ?? 0);
  const items = list.getVirtualItems();
  const { rowAt, error, retry } = useStretches(
    document.id,
    items[0]?.index ?? here,
    items.at(-1)?.index ?? Math.min(total - 1, here + STRETCH / 4),
    total,
  );
  useEffect(() => {
    if (cited !== null) scroller.current?.focus({ preventScroll: true });
  }, [cited]);
  useQuoteInSight(scroller, cited, cited !== null && rowAt(cited) !== undefined);
  const gone = isStatus(error, 404);
  useEffect(() => {
    if (gone) onGone();
  }, [gone, onGone]);
  const row = rowAt(here);
  const page = pageOf(t, document, row?.page ?? null);
  return (
    <div className="flex min-h-0 flex-1 flex-col" onKeyDown={onKeyDown}>
      <PassagePlace
        here={here}
        total={total}
        cited={cited}
        heading={row?.heading ?? ''}
        page={page}
        onMove={move}
      />
      <p role="status" className="sr-only">
        {said !== null &&
          [
            t('viewer.passageOf', { at: said + 1, of: total }),
            said === cited && t('viewer.cited'),
            row?.heading,
            page,
          ]
            .filter(Boolean)
            .join(', ')}
      </p>
      {error && !gone && <ErrorState error={error} onRetry={retry} />}
      <div
        ref={scroller}
        tabIndex={0}
        role="region"
        aria-label={document.title}
        {...{ [PASSAGES]: '' }}
        className="scroller min-h-0 flex-1 focus-visible:-outline-offset-2"
      >
        <div className="relative" style={{ height: list.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const passage = rowAt(index);
            return (
              <article
                key={index}
                ref={list.measureElement}
                data-index={index}
                aria-current={index === here || undefined}
                aria-setsize={total}
                aria-posinset={index + 1}
                className={classNames(
                  'absolute inset-x-0 top-0 border-l-3 py-2.5 pr-4',
                  wide ? 'pl-5' : 'pl-3.5',
                  index === cited && 'bg-mark',
                  index === here && (total > 1 || cited !== null) ? 'border-accent' : 'border-transparent',
                )}
                style={{ transform: `translateY(${start}px)` }}
              >
                {passage ? (
                  <Passage
                    document={document}
                    row={passage}
                    before={rowAt(index - 1)}
                    cited={index === cited}
                    wide={wide}
                    answer={answer}
                  />
                ) : (
                  <Skeleton lines={8} className={wide ? 'mx-auto max-w-[760px]' : ''} />
                )}
              </article>
            );
          })}
        </div>
      </div>
    </div>
  );
}
