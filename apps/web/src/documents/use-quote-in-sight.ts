import { useEffect, useRef, type RefObject } from 'react';

/** Of the text before a quotation so much is left in sight. */
const CONTEXT_PX = 96;
const LOOK_MS = 50;
/** So many looks in a row it has not moved. */
const AT_REST = 3;

/**
 * A passage may be longer than what is in sight: once it has come, what the answer quotes of it is scrolled to. Once
 * only, so that nobody is fetched back.
 */
export function useQuoteInSight(
  scroller: RefObject<HTMLElement | null>,
  cited: number | null,
  isThere: boolean,
): void {
  const done = useRef<number | null>(null);
  useEffect(() => {
    if (cited === null || !isThere || done.current === cited) return undefined;
    let [last, rests] = [Number.NaN, 0];
    const timer = setInterval(() => {
      const passage = scroller.current?.querySelector(`[data-index="${cited}"]`);
      const top = passage?.getBoundingClientRect().top ?? Number.NaN;
      // The list finds the passage in steps, as it learns how high those before it are.
      rests = top === last ? rests + 1 : 0;
      last = top;
      if (rests < AT_REST) return;
      clearInterval(timer);
      done.current = cited;
      const area = scroller.current?.getBoundingClientRect();
      const quote = passage?.querySelector('mark, [data-quoted]')?.getBoundingClientRect();
      if (area && quote && quote.bottom > area.bottom)
        scroller.current?.scrollBy({ top: quote.top - area.top - Math.min(CONTEXT_PX, area.height / 4) });
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [cited, isThere, scroller]);
}
