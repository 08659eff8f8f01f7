// The thread that compiles matchers, told what to do by MatcherThread.
import { parentPort } from 'node:worker_threads';
import {
  type BuildReply,
  type BuildRequest,
  type Built,
  ENTRY_ALLOWS,
  ENTRY_ANYWHERE,
  ENTRY_WATCHED,
  ENTRY_WHOLE,
  type EntryBlock,
  FOLDS_SHIFT,
} from './build-messages.js';
import { compilePolicy } from './match-policy.js';
import { Matcher, type MatcherEntry } from './matcher.js';
import { matcherFold } from './pinyin-fold.js';
import { PinyinMatcher } from './pinyin-matcher.js';
import { sharedInt32 } from './shared-arrays.js';

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

function taken(id: number): MatcherEntry[] {
  const entries = pending.get(id) ?? [];
  pending.delete(id);
  return entries;
}

type Made = Built[keyof Built];

function answer(id: number, make: () => Made): BuildReply {
  try {
    return { kind: 'built', id, compiled: make() };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: error instanceof RangeError ? 'refused' : 'failed', id, reason };
  }
}

const compiledOf = ({ tables, policy }: Matcher) => ({ tables, policy: policy.tables });

function make(request: Exclude<BuildRequest, { kind: 'entries' | 'drop' }>): Made {
  if (request.kind === 'policy') return compilePolicy(request.tables, request.wanted);
  const entries = taken(request.id);
  if (request.kind === 'build') return compiledOf(new Matcher(entries, matcherFold(request.folds)));
  const { indices, matcher } = new PinyinMatcher(entries);
  const shared = sharedInt32(indices.length);
  shared.set(indices);
  return { indices: shared, compiled: compiledOf(matcher) };
}

parentPort?.on('message', (request: BuildRequest) => {
  if (request.kind === 'entries') unpack(request);
  else if (request.kind === 'drop') pending.delete(request.id);
  else parentPort?.postMessage(answer(request.id, () => make(request)));
});
