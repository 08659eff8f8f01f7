import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

/** So near to the end counts as being there. */
const NEAR_PX = 48;

interface StickToEnd {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  /** Whoever scrolled up is left there; new text is below. */
  behind: boolean;
  toEnd: () => void;
}

/** Keeps the end in sight while content grows, unless somebody has scrolled up to read. */
export function useStickToEnd(growing: boolean): StickToEnd {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const [behind, setBehind] = useState(false);
  const grows = useRef(growing);
  grows.current = growing;

  const toEnd = useCallback(() => {
    follows.current = true;
    setBehind(false);
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, []);

  useEffect(() => {
    const element = scroller.current;
    const inner = content.current;
    if (!element || !inner) return;
    let top = element.scrollTop;
    const gap = () => element.scrollHeight - element.scrollTop - element.clientHeight;
    const onScroll = () => {
      // Only a person scrolls up; growth alone never does.
      if (element.scrollTop < top - 1 && gap() > NEAR_PX) follows.current = false;
      if (gap() <= NEAR_PX) {
        follows.current = true;
        setBehind(false);
      }
      top = element.scrollTop;
    };
    const sizes = new ResizeObserver(() => {
      if (follows.current) element.scrollTop = element.scrollHeight;
      else if (grows.current && gap() > NEAR_PX) setBehind(true);
    });
    sizes.observe(inner);
    sizes.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, []);
  return { scroller, content, behind, toEnd };
}
