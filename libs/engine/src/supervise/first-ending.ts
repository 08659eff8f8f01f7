import { isOutlived } from './describe-ending.js';
import type { Ending } from './instance-status.js';
import { identify } from './known-process.js';
import type { Pace } from './pace.js';
import type { Group } from './process-group.js';

/** A killed leader takes its workers with it, and its end may be told after theirs were seen. */
const LEADER_MS = 200;

/** What ends a life first: what whoever looks after it saw, the exit of its process, or the signal (undefined). */
export async function firstEnding<T extends Ending | 'climb' | undefined>(
  seen: Promise<T>,
  { exited: exit, pid }: Pick<Group, 'exited' | 'pid'>,
  pace: Pace,
  signal: AbortSignal,
): Promise<T | Ending | undefined> {
  const exited = exit.then(({ code, signal: by, error }): Ending =>
    error === undefined ? { kind: 'exited', code, signal: by } : { kind: 'no-program' },
  );
  // On the signal of this life: listeners of the instance's own would pile up with each restart.
  const stopped = new Promise<undefined>((done) => signal.addEventListener('abort', () => done(undefined)));
  const ending = await Promise.race([seen, exited, stopped]);
  if (!isOutlived(ending) || (pid !== undefined && identify(pid))) return ending;
  const leader = await Promise.race([exited, pace.sleep(LEADER_MS, signal)]);
  return leader && leader.kind === 'exited' && leader.signal !== null ? leader : ending;
}
