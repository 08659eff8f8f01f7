import type { PassageRow } from '@lorekeep/contracts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTexts } from '../locales/use-texts.js';
import { PassageText } from './passage-text.js';
import { classNames } from '../kit/class-names.js';

interface Props {
  rows: readonly PassageRow[];
  label: string;
  /** The passage to open at. */
  highlighted?: string | undefined;
  wide?: boolean;
}

const LINE_PX = 24;
const CHARACTERS_A_LINE = 52;

/** A document as its passages, in order; of a long one only what is in sight is in the page. */
export function PassageList({ rows, label, highlighted, wide }: Props) {
  // Under the page's title, or under the panel's.
  const Heading = wide ? 'h2' : 'h3';
  const { t } = useTexts();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => 56 + Math.ceil((rows[at]?.content.length ?? 0) / CHARACTERS_A_LINE) * LINE_PX,
    getItemKey: (at) => rows[at]?.id ?? at,
    overscan: 3,
  });
  const at = highlighted === undefined ? -1 : rows.findIndex((row) => row.id === highlighted);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'start' });
  }, [at, virtual]);
  return (
    <div ref={scroller} tabIndex={0} role="region" aria-label={label} className="scroller min-h-0 flex-1">
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          const marked = item.index === at;
          const before = rows[item.index - 1];
          return (
            <article
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              aria-current={marked || undefined}
              className={classNames(
                'absolute inset-x-0 top-0 border-l-3 py-2.5 pr-4',
                wide ? 'pl-5' : 'pl-3.5',
                marked ? 'border-accent bg-mark' : 'border-transparent',
              )}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {(row.heading !== before?.heading || row.page !== before.page) &&
                (row.heading || row.page !== null) && (
                  <Heading className="mb-1 flex justify-between gap-3 text-12 font-semibold text-text-1">
                    <span>{row.heading}</span>
                    {row.page !== null && (
                      <span className="font-normal whitespace-nowrap text-text-2">
                        {t('ask.page', { page: row.page })}
                      </span>
                    )}
                  </Heading>
                )}
              <PassageText content={row.content} wide={wide} />
            </article>
          );
        })}
      </div>
    </div>
  );
}
