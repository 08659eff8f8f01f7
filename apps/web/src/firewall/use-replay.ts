import { useRef, useState } from 'react';
import { call, type ResponseOf } from '../kit/call.js';
import type { DraftSetup } from './use-setup.js';

type Page = ResponseOf<'POST /api/admin/firewall/replay'>;

/** Questions read in one replay: a day of a large tenant, in a minute or two. */
export const REPLAY_MAX = 5_000;
/** Changed questions that are shown. */
const SHOWN_MAX = 200;

export interface Replay {
  read: number;
  unkept: number;
  counts: Record<string, number>;
  changed: Page['changed'];
  byRule: Page['byRule'];
  /** Part of the period that has been read, 0 to 1. */
  progress: number;
  state: 'running' | 'done' | 'stopped' | 'most';
}

const NOTHING = { read: 0, unkept: 0, counts: {}, changed: [], byRule: {}, progress: 0 };

/** Reads a period page by page, newest first, until it is over or stopped. */
export function useReplay() {
  const [replay, setReplay] = useState<Replay | null>(null);
  const [error, setError] = useState<unknown>(null);
  const running = useRef<AbortController | null>(null);
  const stop = () => running.current?.abort();
  const start = async (draft: DraftSetup, from: string, to: string) => {
    stop();
    const control = new AbortController();
    running.current = control;
    setError(null);
    let sum: Replay = { ...NOTHING, state: 'running' };
    setReplay(sum);
    try {
      let before: number | null = null;
      do {
        const page: Page = await call('POST /api/admin/firewall/replay', {
          body: { draft, from, to, before },
          signal: control.signal,
        });
        before = page.next;
        sum = added(sum, page, from, to);
        if (before === null) sum = { ...sum, state: 'done', progress: 1 };
        else if (sum.read >= REPLAY_MAX) sum = { ...sum, state: 'most' };
        setReplay(sum);
      } while (sum.state === 'running' && !control.signal.aborted);
    } catch (failure) {
      if (!control.signal.aborted) setError(failure);
    }
    if (sum.state === 'running' && running.current === control) setReplay({ ...sum, state: 'stopped' });
  };
  return { replay, error, start, stop };
}

function added(sum: Replay, page: Page, from: string, to: string): Replay {
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  const progress = page.reached ? (end - Date.parse(page.reached)) / Math.max(1, end - begin) : sum.progress;
  return {
    ...sum,
    counts: summed(sum.counts, page.counts),
    byRule: summed(sum.byRule, page.byRule),
    read: sum.read + page.read,
    unkept: sum.unkept + page.unkept,
    changed: [...sum.changed, ...page.changed].slice(0, SHOWN_MAX),
    progress: Math.min(1, Math.max(0, progress)),
  };
}

function summed(one: Record<string, number>, other: Record<string, number>): Record<string, number> {
  const sums = { ...one };
  for (const [name, count] of Object.entries(other)) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}
