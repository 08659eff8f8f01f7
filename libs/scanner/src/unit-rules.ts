import {
  ALL_CONTEXT_FOLDS,
  foldMask,
  wantedRule,
  wantedRules,
  type EntryRule,
  type Matcher,
  type MatcherEntry,
  type MatchPolicy,
  type PinyinMatcher,
  SOUND_FOLDS,
  type WantedRules,
} from '@lorekeep/kit/matching';
import { Derived } from './derived.js';
import { actionUnder, type CompiledUnit, type ScannerPolicy } from './scan-table.js';

/** Exceptions of a unit as a matcher, and their indexes in the unit. */
export interface UnitExceptions {
  readonly matcher: Matcher;
  readonly indexes: readonly number[];
}

/** What is derived from a unit under a policy: by `prepareTable` as it needs it, for large units by `PrepareUnits`. */
export const unitPolicies = new Derived<MatchPolicy>();
/** By `soundsKey`. */
export const unitSounds = new Derived<PinyinMatcher>();
export const soundPolicies = new Derived<MatchPolicy>();
/** By `EXCEPTIONS`. */
export const unitExceptions = new Derived<UnitExceptions>();
export const exceptionPolicies = new Derived<MatchPolicy>();
export const EXCEPTIONS = 'exceptions';

export function entryRule(unit: CompiledUnit, entry: number, policy: ScannerPolicy): EntryRule {
  const rule = unit.ruleOf(entry);
  const folds = foldMask(policy.of(rule.category).folds);
  if (rule.allow) return { status: 'holding', folds };
  const action = actionUnder(policy, rule);
  return { status: action === 'off' ? 'ignored' : action === 'log' ? 'watched' : 'holding', folds };
}

/** Units with equal keys have equal rules under these policies. All entries of a list have one rule. */
export function rulesKey(unit: CompiledUnit, policy: ScannerPolicy): string {
  return unit.kind === 'list' ? String(wantedRule(entryRule(unit, 0, policy))) : policy.key;
}

export function rulesOf(unit: CompiledUnit, policy: ScannerPolicy): WantedRules {
  return unit.kind === 'list'
    ? wantedRule(entryRule(unit, 0, policy))
    : wantedRules(unit.matcher.entries, (entry) => entryRule(unit, entry, policy));
}

/** Which entries are found by their sound too; null: none can be. */
export function heardOf(unit: CompiledUnit, policy: ScannerPolicy): ((entry: number) => boolean) | null {
  const isHeard = (entry: number) => policy.of(unit.ruleOf(entry).category).folds.includes('pinyin');
  return unit.kind === 'list' && !isHeard(0) ? null : isHeard;
}

/** The sounds of a list are the same under every policy that wants them. */
export const soundsKey = (unit: CompiledUnit, policy: ScannerPolicy): string =>
  unit.kind === 'list' ? '' : policy.key;

export function soundRules(unit: CompiledUnit, sounds: PinyinMatcher, policy: ScannerPolicy): WantedRules {
  const ruleOf = (entry: number): EntryRule => {
    const { status, folds } = entryRule(unit, entry, policy);
    return { status, folds: folds & SOUND_FOLDS };
  };
  return unit.kind === 'list'
    ? wantedRule(ruleOf(0))
    : wantedRules(sounds.matcher.entries, (own) => ruleOf(sounds.indexOf(own)));
}

/** The exceptions of a unit as entries of their own. */
export function exceptionEntries(unit: CompiledUnit): { entries: MatcherEntry[]; indexes: number[] } {
  const indexes: number[] = [];
  const entries: MatcherEntry[] = [];
  unit.matcher.entries.forEach(({ id, text, wholeWord }, entry) => {
    if (!unit.ruleOf(entry).allow) return;
    indexes.push(entry);
    entries.push({ id, text, wholeWord, folds: ALL_CONTEXT_FOLDS });
  });
  return { entries, indexes };
}

/** Folds of an exception are those of its category. */
export function exceptionRule(
  unit: CompiledUnit,
  { indexes }: UnitExceptions,
  policy: ScannerPolicy,
): (index: number) => EntryRule {
  return (index) => ({
    status: 'holding',
    folds: foldMask(policy.of(unit.ruleOf(indexes[index] ?? 0).category).folds),
  });
}
