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

export type UnitEntry = Pick<MatcherEntry, 'text' | 'wholeWord' | 'allow'>;

/** From so many entries on, compiling is worth another thread. */
export const THREAD_ENTRIES = 2_000;
/** Compiles entries elsewhere; the same as `new Matcher(entries, baseFold(folds))`. */
export type BuildMatcher = (
  entries: readonly MatcherEntry[],
  options: { folds: readonly string[] },
) => Promise<Matcher>;

/** Compiles entries that share their base folds. Every unit of the process is made here. */
export async function compileUnit(source: UnitSource, build?: BuildMatcher): Promise<CompiledUnit> {
  const { id, kind, baseFolds, entries } = source;
  const prepared = entries.map(({ text, wholeWord, allow }) => ({
    // Hits name the entry by its number; rules and policy are looked up by it.
    id: '',
    // Blanks around an entry are an accident of typing, never meant.
    text: text.trim(),
    wholeWord,
    ...(allow === true && { allow }),
  }));
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
    wordOf: (entry) => entries[entry]?.text ?? '',
  };
}
