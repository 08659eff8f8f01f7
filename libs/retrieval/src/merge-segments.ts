import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database, Tx } from '@lorekeep/kit/database';
import { levelOf } from './build-segment.js';
import { ALIVE_SHARE_MIN, chooseMerge, LEVEL_REPLACED, type SegmentHead } from './choose-merge.js';
import { ALIVE, holdIndex } from './hold-index.js';
import { TermGatherer } from './gather-terms.js';
import { joinLists, type DeadRanges } from './join-lists.js';
import { deadAmong, forgetDropped, mergeDirectories } from './merge-directories.js';
import { EntryCursor } from './read-entries.js';
import { BlockWriter, decodeDirectory, type EncodedBlock } from './segment-codec.js';
import { writeBlocks, writeHead } from './write-segment.js';

export interface Merged {
  /** Segments that are gone. */
  readonly segments: number;
  /** Alive, in the new one; none: there is no new one. */
  readonly passages: number;
  readonly dropped: number;
  readonly seconds: number;
}

/** The process does other things too: it may, after so many terms. */
const TERMS_PER_TURN = 2_000;
/** Blocks are stored when so many bytes of them stand. */
const WRITE_BYTES = 512 * 1024;
/** A tenant with less than this share of dead passages has no segment worth rewriting for them. */
const DEAD_SHARE_MIN = 0.1;
const ALL = { access: 'all' } as const;

/**
 * Merges segments of a tenant into larger ones and drops what is dead, in one transaction: whoever looks sees the old
 * ones or the new one. Memory: a part of each segment and the longest posting list, whatever the size.
 */
export class MergeSegments {
  constructor(private readonly database: Database) {}

  /** One merge. Null: none is due, or another process is at it. */
  run(ctx: CallContext): Promise<Merged | null> {
    return this.held(ctx, async (tx) => {
      const chosen = chooseMerge(await headsOf(tx));
      return chosen ? merge(ctx, tx, chosen) : null;
    });
  }

  /** Rewrites one segment that is mostly dead. Null: there is none, or another process is at it. */
  sweep(ctx: CallContext): Promise<Merged | null> {
    return this.held(ctx, async (tx) => {
      if (!(await manyDead(tx))) return null;
      for (const head of await headsOf(tx))
        if (await isMostlyDead(tx, head.id)) return merge(ctx, tx, [head]);
      return null;
    });
  }

  private held<T>(ctx: CallContext, work: (tx: Tx) => Promise<T | null>): Promise<T | null> {
    return this.database.transaction(ctx, async (tx) => ((await holdIndex(tx)) ? work(tx) : null), ALL);
  }
}

function headsOf(tx: Tx): Promise<SegmentHead[]> {
  return tx.query<SegmentHead & Record<string, unknown>>(
    'select id, level, analyzer, passages from segment where tenant_id = app_tenant() and level <> $1 order by passages, id',
    [LEVEL_REPLACED],
  );
}

async function manyDead(tx: Tx): Promise<boolean> {
  const [row] = await tx.query<{ all: number; alive: number }>(
    `select (select coalesce(sum(passages), 0)::int from segment where tenant_id = app_tenant()) as all,
            (select coalesce(sum(d.passages), 0)::int from document d
              where d.tenant_id = app_tenant() and ${ALIVE} and d.first_passage is not null) as alive`,
  );
  return row !== undefined && row.all - row.alive > row.all * DEAD_SHARE_MIN;
}

async function isMostlyDead(tx: Tx, id: string): Promise<boolean> {
  const [row] = await tx.query<{ directory: Buffer }>('select directory from segment where id = $1', [id]);
  const documents = row ? decodeDirectory(row.directory) : [];
  const dead = await deadAmong(tx, documents);
  const size = (places: Iterable<number>): number =>
    [...places].reduce((sum, place) => sum + (documents[place]?.lengths.length ?? 0), 0);
  return size(dead) > size(documents.keys()) * (1 - ALIVE_SHARE_MIN);
}

/** Segments of one analyzer. */
async function merge(ctx: CallContext, tx: Tx, heads: readonly SegmentHead[]): Promise<Merged> {
  const ids = heads.map(({ id }) => id);
  const analyzer = heads[0]?.analyzer ?? 0;
  const began = performance.now();
  const { directory, passages, terms, dead, dropped } = await mergeDirectories(tx, ids);
  if (passages > 0) {
    const head = { level: levelOf(passages), analyzer, passages, terms, bytes: 0, directory };
    const id = await writeHead(tx, head);
    const bytes = await mergeBlocks(ctx, tx, id, ids, dead);
    await tx.query('update segment set bytes = $2 where id = $1', [id, bytes]);
  }
  await tx.query('delete from segment where id = any ($1::uuid[])', [ids]);
  await forgetDropped(tx, dropped);
  return {
    segments: ids.length,
    passages,
    dropped: dropped.reduce((sum, { lengths }) => sum + lengths.length, 0),
    seconds: (performance.now() - began) / 1_000,
  };
}

async function mergeBlocks(
  ctx: CallContext,
  tx: Tx,
  into: string,
  from: readonly string[],
  dead: readonly DeadRanges[],
): Promise<number> {
  const writer = new BlockWriter();
  let ready: EncodedBlock[] = [];
  let pending = 0;
  let bytes = 0;
  const flush = async (): Promise<void> => {
    await writeBlocks(tx, into, ready);
    bytes += pending;
    ready = [];
    pending = 0;
  };
  const add = (block: EncodedBlock | null): void => {
    if (!block) return;
    ready.push(block);
    pending += block.data.length;
  };
  const terms = new TermGatherer(await EntryCursor.open(tx, from), dead);
  for (let turn = 1; ; turn++) {
    const gathered = terms.next();
    if (gathered) {
      const list = joinLists(gathered.lists);
      if (list.numbers.length > 0) add(writer.add({ term: gathered.term, ...list }));
    }
    if (pending > WRITE_BYTES) await flush();
    if (terms.mustFeed) await terms.feed();
    else if (!gathered) break;
    if (turn % TERMS_PER_TURN === 0) await nextTurn();
    ctx.signal.throwIfAborted();
  }
  add(writer.end());
  await flush();
  return bytes;
}
