import type { Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react';

type List = Virtualizer<HTMLDivElement, Element>;
/** Less than this of a passage in sight is not being read. */
const SLIVER_PX = 12;
/** So long a passage that was gone to may take to come into sight. */
const ARRIVE_MS = 500;
const STEPS: Record<string, number> = { n: 1, j: 1, p: -1, k: -1 };

/** The first and the last passage of which more than a sliver is in sight. */
function inSight(list: List): [number, number] | null {
  const top = list.scrollOffset ?? 0;
  const bottom = top + (list.scrollRect?.height ?? 0);
  const seen = list
    .getVirtualItems()
    .filter(({ start, end }) => end > top + SLIVER_PX && start < bottom - SLIVER_PX);
  const [first, last] = [seen[0], seen.at(-1)];
  return first && last ? [first.index, last.index] : null;
}

/**
 * Where one is in a document: at the passage that was gone to while it is in sight, or on its way there; else at the
 * first in sight. `said`: gone to by the person, and so said aloud.
 */
export function usePlace(list: List, total: number, start: number) {
  const [place, setPlace] = useState({ at: start, moved: false });
  const movedAt = useRef(performance.now());
  useEffect(() => {
    movedAt.current = performance.now();
    setPlace({ at: start, moved: false });
    list.scrollToIndex(start, { align: 'start' });
  }, [list, start]);
  const seen = inSight(list);
  const isSeen = seen === null || (place.at >= seen[0] && place.at <= seen[1]);
  const left = !isSeen && performance.now() - movedAt.current > ARRIVE_MS;
  const here = Math.min(left ? seen[0] : place.at, total - 1);
  // A key may be pressed again before the page has been drawn.
  const latest = useRef(here);
  useEffect(() => {
    latest.current = here;
  }, [here]);
  const move = useCallback(
    (to: number) => {
      if (to < 0 || to >= total) return;
      latest.current = to;
      movedAt.current = performance.now();
      setPlace({ at: to, moved: true });
      const item = list.getVirtualItems().find(({ index }) => index === to);
      const top = list.scrollOffset ?? 0;
      const whole = item && item.start >= top && item.end <= top + (list.scrollRect?.height ?? 0);
      if (!whole) list.scrollToIndex(to, { align: 'start' });
    },
    [list, total],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key.toLowerCase()];
    // The browser's own way to the end would stop half-way, where passages turn out higher than was thought.
    const end = event.key === 'End' ? total - 1 : event.key === 'Home' ? 0 : null;
    if (step === undefined && end === null) return;
    event.preventDefault();
    move(end ?? latest.current + (step ?? 0));
  };
  return { here, said: !left && place.moved ? here : null, move, onKeyDown };
}
