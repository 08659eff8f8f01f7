// The thread that compiles matchers, told what to do by MatcherThread.
import { parentPort } from 'node:worker_threads';
import {
  type BuildReply,
  type BuildRequest,
  ENTRY_ALLOWS,
  ENTRY_ANYWHERE,
  ENTRY_WATCHED,
  ENTRY_WHOLE,
  type EntryBlock,
  FOLDS_SHIFT,
} from './build-messages.js';
import { Matcher, type MatcherEntry } from './matcher.js';
import { matcherFold } from './pinyin-fold.js';

const pending = new Map<number, MatcherEntry[]>();

function unpack({ id, texts, lengths, flags }: EntryBlock): void {
  const entries = pending.get(id) ?? [];
  pending.set(id, entries);
  let at = 0;
  lengths.forEach((length, i) => {
    const bits = flags[i] ?? 0;
    entries.push({
      id: '',
      text: texts.slice(at, (at += length)),
      wholeWord: (bits & ENTRY_WHOLE) !== 0 ? true : (bits & ENTRY_ANYWHERE) !== 0 ? false : undefined,
      holds: (bits & ENTRY_WATCHED) === 0,
      allow: (bits & ENTRY_ALLOWS) !== 0,
      folds: bits >> FOLDS_SHIFT,
    });
  });
}

function build(id: number, folds: readonly string[]): BuildReply {
  const entries = pending.get(id) ?? [];
  pending.delete(id);
  try {
    const matcher = new Matcher(entries, matcherFold(folds));
    return { kind: 'built', id, compiled: { tables: matcher.tables, policy: matcher.policy.tables } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: error instanceof RangeError ? 'refused' : 'failed', id, reason };
  }
}

parentPort?.on('message', (request: BuildRequest) => {
  if (request.kind === 'entries') unpack(request);
  else if (request.kind === 'drop') pending.delete(request.id);
  else parentPort?.postMessage(build(request.id, request.folds));
});
