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

/** Compiles entries that share their base folds. Every unit of the process is made here. */
export async function compileUnit(source: UnitSource): Promise<CompiledUnit> {
  const { id, kind, baseFolds, entries } = source;
  const matcher = new Matcher(
    entries.map(({ text, wholeWord, allow }) => ({
      // Hits name the entry by its number; rules and policy are looked up by it.
      id: '',
      // Blanks around an entry are an accident of typing, never meant.
      text: text.trim(),
      wholeWord,
      ...(allow === true && { allow }),
    })),
    baseFold(baseFolds),
  );
  return {
    id,
    kind,
    baseFolds,
    matcher,
    ruleOf: (entry) => source.ruleOf(entry),
    wordOf: (entry) => entries[entry]?.text ?? '',
  };
}
