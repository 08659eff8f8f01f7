import { setImmediate as others } from 'node:timers/promises';
import { baseFold, Matcher, type BaseFoldName, type MatcherEntry } from '@lorekeep/kit/matching';
import type { CompiledUnit, UnitRule } from './scan-table.js';

/** What a unit is made of. */
export interface UnitSource {
  readonly id: string;
  readonly kind: CompiledUnit['kind'];
  readonly baseFolds: readonly BaseFoldName[];
  readonly entries: readonly UnitEntry[];
  ruleOf(entry: number): UnitRule;
}

/** A text alone has no rules of its own. */
export type UnitEntry = string | Pick<MatcherEntry, 'text' | 'wholeWord' | 'allow'>;

/** From so many entries on, compiling is worth another thread. */
export const THREAD_ENTRIES = 2_000;
/** Entries that are made ready at a time: some milliseconds, then other work has its turn. */
const ENTRIES_A_TURN = 20_000;

/** Compiles entries elsewhere; the same as `new Matcher(entries, baseFold(folds))`. */
export type BuildMatcher = (
  entries: readonly MatcherEntry[],
  options: { folds: readonly string[] },
) => Promise<Matcher>;

/** Compiles entries that share their base folds. Every unit of the process is made here. */
export async function compileUnit(source: UnitSource, build?: BuildMatcher): Promise<CompiledUnit> {
  const { id, kind, baseFolds, entries } = source;
  const prepared: MatcherEntry[] = [];
  for (const entry of entries) {
    if (build && prepared.length > 0 && prepared.length % ENTRIES_A_TURN === 0) await others();
    prepared.push(toMatch(entry));
  }
  const matcher =
    build && entries.length >= THREAD_ENTRIES
      ? await build(prepared, { folds: baseFolds })
      : new Matcher(prepared, baseFold(baseFolds));
  return {
    id,
    kind,
    baseFolds,
    matcher,
    ruleOf: (entry) => source.ruleOf(entry),
    wordOf: (entry) => textOf(entries[entry] ?? ''),
  };
}

const textOf = (entry: UnitEntry): string => (typeof entry === 'string' ? entry : entry.text);

function toMatch(entry: UnitEntry): MatcherEntry {
  // Hits name the entry by its number; rules and policy are looked up by it. Blanks around an entry are an accident of
  // typing, never meant.
  const plain = { id: '', text: textOf(entry).trim() };
  if (typeof entry === 'string') return plain;
  return { ...plain, wholeWord: entry.wholeWord, ...(entry.allow === true && { allow: true }) };
}
