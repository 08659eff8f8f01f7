import {
  ALL_CONTEXT_FOLDS,
  DETECTOR_KINDS,
  foldMask,
  Matcher,
  PinyinMatcher,
  type DetectorKind,
  type EntryRule,
  type MatchPolicy,
} from '@lorekeep/kit/matching';
import { actionUnder, type CompiledUnit, type ScanAction, type ScanTable } from './scan-table.js';

/** A unit under the policy of a table. */
export interface PreparedUnit {
  readonly unit: CompiledUnit;
  readonly policy: MatchPolicy;
}

/** The entries of a unit whose categories have the fold `pinyin`. */
export interface PreparedSounds {
  readonly unit: CompiledUnit;
  readonly matcher: PinyinMatcher;
  readonly policy: MatchPolicy;
}

/** A table made ready for reading: which units and detectors count, and what stops an answer. */
export interface PreparedTable {
  readonly table: ScanTable;
  readonly units: readonly PreparedUnit[];
  /** Entries that are found by their sound too. */
  readonly sounds: readonly PreparedSounds[];
  /** The tenant's exceptions as entries of their own, by unit that they are from: they cover matches of other units. */
  readonly exceptions: readonly { readonly unit: CompiledUnit; readonly policy: MatchPolicy }[];
  /** Kinds that are withheld, and kinds that are recorded alone: nothing waits for these. */
  readonly withheld: ReadonlySet<DetectorKind>;
  readonly logged: ReadonlySet<DetectorKind>;
  /** Whether anything can stop an answer. */
  readonly canStop: boolean;
}

/** Policies of one unit that are kept: tenants that share it and have decided alike share them. */
const POLICIES_KEPT = 64;

const prepared = new WeakMap<ScanTable, PreparedTable>();
const policies = new WeakMap<CompiledUnit, Map<string, MatchPolicy>>();
const sounds = new WeakMap<CompiledUnit, Map<string, PreparedSounds | null>>();
/** Exceptions of a unit as a matcher, and their indexes in the unit. */
const allowing = new WeakMap<
  CompiledUnit,
  { readonly matcher: Matcher; readonly indexes: number[] } | null
>();

/** Once for a table; what is derived from its units is kept with them. */
export function prepareTable(table: ScanTable): PreparedTable {
  let known = prepared.get(table);
  if (!known) {
    known = prepare(table);
    prepared.set(table, known);
  }
  return known;
}

function prepare(table: ScanTable): PreparedTable {
  const units = table.units
    .map((unit) => ({ unit, policy: policyOf(unit, table) }))
    .filter(({ policy }) => policy.rules.some((rule) => rule !== 0));
  const kinds = (wanted: (action: string) => boolean) =>
    new Set(DETECTOR_KINDS.filter((kind) => wanted(table.policy.of(kind).action ?? 'off')));
  const withheld = kinds((action) => action === 'redact' || action === 'stop');
  const heard = units.flatMap(({ unit }) => soundsOf(unit, table) ?? []);
  const logged = kinds((action) => action === 'log');
  const isAlone = units.length === 1 && heard.length + withheld.size + logged.size === 0;
  return {
    table,
    units,
    sounds: heard,
    // Alone, a unit knows its exceptions itself.
    exceptions: isAlone ? [] : table.units.flatMap((unit) => exceptionsOf(unit, table)),
    withheld,
    logged,
    canStop:
      [...withheld].some((kind) => table.policy.of(kind).action === 'stop') ||
      units.some(({ unit }) => hasStop(unit, table)),
  };
}

function policyOf(unit: CompiledUnit, { policy }: ScanTable): MatchPolicy {
  return kept(policies, unit, policy.key, () =>
    unit.matcher.under((_, entry) => entryRule(unit, entry, policy)),
  );
}

function soundsOf(unit: CompiledUnit, { policy }: ScanTable): PreparedSounds | null {
  return kept(sounds, unit, policy.key, () => {
    const isHeard = (entry: number) => policy.of(unit.ruleOf(entry).category).folds.includes('pinyin');
    // All entries of a list have one rule.
    if (unit.kind === 'list' && !isHeard(0)) return null;
    const matcher = new PinyinMatcher(unit.matcher.entries, (_, entry) => isHeard(entry));
    if (matcher.size === 0) return null;
    return { unit, matcher, policy: matcher.under((_, entry) => entryRule(unit, entry, policy)) };
  });
}

/** What was derived from a unit under a policy before, or is now. */
function kept<Derived>(
  all: WeakMap<CompiledUnit, Map<string, Derived>>,
  unit: CompiledUnit,
  key: string,
  derive: () => Derived,
): Derived {
  const known = all.get(unit) ?? new Map<string, Derived>();
  all.set(unit, known);
  const found = known.get(key);
  if (found !== undefined) return found;
  const derived = derive();
  for (const oldest of known.keys()) {
    if (known.size < POLICIES_KEPT) break;
    known.delete(oldest);
  }
  known.set(key, derived);
  return derived;
}

function entryRule(unit: CompiledUnit, entry: number, policy: ScanTable['policy']): EntryRule {
  const rule = unit.ruleOf(entry);
  const folds = foldMask(policy.of(rule.category).folds);
  if (rule.allow) return { status: 'holding', folds };
  const action = actionUnder(policy, rule);
  return { status: action === 'off' ? 'ignored' : action === 'log' ? 'watched' : 'holding', folds };
}

function hasStop(unit: CompiledUnit, { policy }: ScanTable): boolean {
  // All entries of a list have one rule.
  const count = unit.kind === 'list' ? 1 : unit.matcher.entries.length;
  for (let entry = 0; entry < count; entry++) {
    const rule = unit.ruleOf(entry);
    if (!rule.allow && actionUnder(policy, rule) === 'stop') return true;
  }
  return false;
}

/** Only own words are exceptions for everything; those of a tier are for the tier. */
function exceptionsOf(unit: CompiledUnit, table: ScanTable): PreparedTable['exceptions'] {
  if (unit.kind !== 'words') return [];
  let own = allowing.get(unit);
  if (own === undefined) {
    const indexes = unit.matcher.entries.flatMap((_, entry) => (unit.ruleOf(entry).allow ? [entry] : []));
    own = indexes.length === 0 ? null : { matcher: matcherOf(unit, indexes), indexes };
    allowing.set(unit, own);
  }
  if (!own) return [];
  const { matcher, indexes } = own;
  const foldsOf = (entry: number) => foldMask(table.policy.of(unit.ruleOf(entry).category).folds);
  const policy = matcher.under((_, index) => ({ status: 'holding', folds: foldsOf(indexes[index] ?? 0) }));
  return [{ unit, policy }];
}

function matcherOf(unit: CompiledUnit, indexes: readonly number[]): Matcher {
  const wanted = new Set(indexes);
  const entries = unit.matcher.entries.filter((_, entry) => wanted.has(entry));
  const plain = entries.map(({ id, text, wholeWord }) => ({ id, text, wholeWord, folds: ALL_CONTEXT_FOLDS }));
  return new Matcher(plain, unit.matcher.fold);
}

/** What is done about a match; undefined: nothing, the policy has switched it off. */
export function actionOf(table: ScanTable, unit: CompiledUnit, entry: number): ScanAction | undefined {
  const action = actionUnder(table.policy, unit.ruleOf(entry));
  return action === 'off' ? undefined : action;
}
