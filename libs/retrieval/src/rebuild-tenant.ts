import { setTimeout as delay } from 'node:timers/promises';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { MergeSegments } from './merge-segments.js';
import { RebuildIndex, type RebuildState } from './rebuild-index.js';

/** Another process is at the same index: its work counts as ours. */
const WAIT_MS = 250;

/**
 * Indexes again what is outstanding in one tenant, with `all` every document, until nothing is left, and merges what
 * came of it. Searches find everything meanwhile. May be interrupted by the context's signal and begun again, then
 * without `all`: it goes on where it was. `progress`: passages done, of how many.
 */
export async function rebuildTenant(
  database: Database,
  ctx: CallContext,
  options: { all?: boolean; progress?: (done: number, total: number) => void } = {},
): Promise<RebuildState> {
  const rebuild = new RebuildIndex(database);
  const merge = new MergeSegments(database);
  if (options.all) await rebuild.markAll(ctx);
  const begun = await rebuild.outstanding(ctx);
  for (;;) {
    ctx.signal.throwIfAborted();
    const batch = await rebuild.batch(ctx);
    if (batch?.documents === 0) break;
    if (!batch) await delay(WAIT_MS, undefined, { signal: ctx.signal });
    else while (await merge.run(ctx));
    const left = await rebuild.outstanding(ctx);
    options.progress?.(Math.max(0, begun.passages - left.passages), begun.passages);
  }
  while (await merge.run(ctx));
  while (await merge.sweep(ctx));
  return begun;
}
