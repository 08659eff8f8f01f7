import { useEffect, useState, useSyncExternalStore } from 'react';
import { useFormats } from './format.js';

/** A minute is fine enough for "3 min. ago". */
const TICK_MS = 60_000;
let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time in milliseconds, once a minute. */
export const useMinute = () => useSyncExternalStore(subscribe, () => now);

/** Relative, with the exact time on hover. */
export function Time({ value }: { value: string }) {
  const formats = useFormats();
  const minute = useMinute();
  return (
    <time dateTime={value} title={formats.dateTime(value)} className="tabular-nums whitespace-nowrap">
      {formats.ago(value, Math.max(minute, Date.now()))}
    </time>
  );
}

/** Whole seconds left until `deadline` (milliseconds); counts down to 0. */
export function useSecondsLeft(deadline: number): number {
  const [left, setLeft] = useState(() => Math.max(0, Math.ceil((deadline - Date.now()) / 1000)));
  useEffect(() => {
    const tick = () => setLeft(Math.max(0, Math.ceil((deadline - Date.now()) / 1000)));
    tick();
    const interval = setInterval(tick, 1000);
    return () => clearInterval(interval);
  }, [deadline]);
  return left;
}
