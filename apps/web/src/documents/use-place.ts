import type { Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useState, type KeyboardEvent } from 'react';

type List = Virtualizer<HTMLDivElement, Element>;
/** Less than this of a passage in sight is not being read. */
const SLIVER_PX = 12;
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
 * Where one is in a document: at the passage that was gone to while it is in sight, else at the first in sight. `moved`:
 * gone to by the person, and so said aloud.
 */
export function usePlace(list: List, total: number, start: number) {
  const [place, setPlace] = useState({ at: start, moved: false });
  useEffect(() => {
    setPlace({ at: start, moved: false });
    list.scrollToIndex(start, { align: 'start' });
  }, [list, start]);
  const seen = inSight(list);
  const isSeen = seen === null || (place.at >= seen[0] && place.at <= seen[1]);
  const here = Math.min(isSeen ? place.at : seen[0], total - 1);
  const move = useCallback(
    (to: number) => {
      if (to < 0 || to >= total) return;
      setPlace({ at: to, moved: true });
      const item = list.getVirtualItems().find(({ index }) => index === to);
      const top = list.scrollOffset ?? 0;
      const whole = item && item.start >= top && item.end <= top + (list.scrollRect?.height ?? 0);
      if (!whole) list.scrollToIndex(to, { align: 'start' });
    },
    [list, total],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key.toLowerCase()];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move(here + step);
  };
  return { here, said: isSeen && place.moved ? here : null, move, onKeyDown };
}
