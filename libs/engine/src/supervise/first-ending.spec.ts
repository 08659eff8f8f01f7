import { describe, expect, it } from '@jest/globals';
import { firstEnding } from './first-ending.js';
import type { Ending } from './instance-status.js';
import type { Exit } from './process-group.js';
import { ManualPace } from './testing/manual-pace.js';

const DIED: Ending = { kind: 'log', cause: { kind: 'worker-died' } };
/** No process has it. */
const GONE = 2 ** 30;

describe('the first of several endings', () => {
  async function ended(pid: number, exited: Promise<Exit>) {
    const pace = new ManualPace();
    const signal = new AbortController().signal;
    const ending = await firstEnding(Promise.resolve(DIED), { pid, exited }, pace, signal);
    return { ending, at: pace.monotonic() };
  }
  const never = new Promise<Exit>(() => undefined);

  it('is what was seen, at once, where the leader lives', async () => {
    expect(await ended(process.pid, never)).toEqual({ ending: DIED, at: 0 });
  });

  it('is what ended the leader, where that took its workers with it and is told a little later', async () => {
    const exited = Promise.resolve().then(() => ({ code: null, signal: 'SIGKILL' }));
    expect((await ended(GONE, exited)).ending).toEqual({ kind: 'exited', code: null, signal: 'SIGKILL' });
    expect(await ended(GONE, never)).toEqual({ ending: DIED, at: 200 });
  });
});
