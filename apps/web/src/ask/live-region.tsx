import { useEffect, useRef, useState } from 'react';
import { completeSentences } from './complete-sentences.js';

/** Not oftener: a screen reader would be interrupted by what follows. */
const PAUSE_MS = 1_500;

/** Says a streamed answer in whole sentences, politely. */
export function LiveRegion({ text, live }: { text: string; live: boolean }) {
  const [spoken, setSpoken] = useState('');
  const said = useRef(0);
  const latest = useRef({ text, live });
  latest.current = { text, live };
  useEffect(() => {
    const speak = () => {
      const { text: all, live: going } = latest.current;
      const { spoken: next, next: at } = completeSentences(all, said.current, !going);
      said.current = at;
      if (next) setSpoken(next);
    };
    if (!live) {
      speak();
      return;
    }
    const timer = setInterval(speak, PAUSE_MS);
    return () => clearInterval(timer);
  }, [live]);
  return (
    <div aria-live="polite" className="sr-only">
      {spoken}
    </div>
  );
}
