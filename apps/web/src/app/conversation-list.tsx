import { useEffect, useMemo, useRef } from 'react';
import { Button } from '../kit/button.js';
import { useFormats } from '../kit/format.js';
import { Skeleton } from '../kit/states.js';
import { useMinute } from '../kit/time.js';
import { useTexts } from '../locales/use-texts.js';
import { ConversationItem } from './conversation-item.js';
import { groupByDay, type DayGroup } from './group-by-day.js';
import { useConversationActs, useConversations } from './use-conversations.js';

/** What was asked before, by day. More is fetched when its end comes in sight; what is out of sight is not laid out. */
export function ConversationList() {
  const { t } = useTexts();
  const { query, rows, hasMore, more } = useConversations();
  const acts = useConversationActs();
  const minute = useMinute();
  const entries = useMemo(() => groupByDay(rows, minute), [rows, minute]);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = end.current;
    if (!element || !hasMore) return;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && more(), {
      rootMargin: '400px',
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, [hasMore, more]);
  return (
    <nav aria-label={t('frame.conversations')} className="scroller min-h-0 flex-1 px-2 pb-2">
      {query.isPending && <Skeleton lines={6} className="px-2 py-3" />}
      {query.isError && rows.length === 0 && (
        <div className="px-2 py-3 text-13 text-text-2">
          <p className="mb-2">{t('frame.conversationsFailed')}</p>
          <Button onClick={() => void query.refetch()}>{t('common.retry')}</Button>
        </div>
      )}
      {query.isSuccess && rows.length === 0 && (
        <p className="px-2 py-3 text-13 text-text-2">{t('frame.noConversations')}</p>
      )}
      <ul>
        {entries.map((entry, at) =>
          entry.kind === 'heading' ? (
            <li key={`heading-${at}`}>
              <Heading group={entry.group} />
            </li>
          ) : (
            <li
              key={entry.row.id}
              className="h-8 [contain-intrinsic-size:auto_32px] [content-visibility:auto]"
            >
              <ConversationItem row={entry.row} {...acts} />
            </li>
          ),
        )}
      </ul>
      <div ref={end} />
    </nav>
  );
}

function Heading({ group }: { group: DayGroup }) {
  const { t } = useTexts();
  const formats = useFormats();
  return (
    <h2 className="px-2 pt-3 pb-1 text-12 font-medium text-text-2">
      {typeof group === 'string' ? t(`frame.days.${group}`) : formats.month(group.month)}
    </h2>
  );
}
