import {
  DETECTOR_KINDS,
  Matcher,
  PinyinMatcher,
  type DetectorKind,
  type MatchPolicy,
} from '@lorekeep/kit/matching';
import { actionUnder, type CompiledUnit, type ScanTable } from './scan-table.js';
import {
  entryRule,
  EXCEPTIONS,
  exceptionEntries,
  exceptionPolicies,
  exceptionRule,
  heardOf,
  rulesKey,
  soundPolicies,
  soundsKey,
  unitExceptions,
  unitPolicies,
  unitSounds,
} from './unit-rules.js';

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

const prepared = new WeakMap<ScanTable, PreparedTable>();

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
  return unitPolicies.of(unit, rulesKey(unit, policy), () =>
    unit.matcher.under((_, entry) => entryRule(unit, entry, policy)),
  );
}

function soundsOf(unit: CompiledUnit, { policy, deaf }: ScanTable): PreparedSounds | null {
  const isHeard = deaf?.has(unit) ? null : heardOf(unit, policy);
  if (!isHeard) return null;
  const { entries } = unit.matcher;
  const make = () => new PinyinMatcher(entries, (_, entry) => isHeard(entry));
  const matcher = unitSounds.of(unit, soundsKey(unit, policy), make);
  if (matcher.size === 0) return null;
  const under = () => matcher.under((_, entry) => entryRule(unit, entry, policy));
  return { unit, matcher, policy: soundPolicies.of(unit, rulesKey(unit, policy), under) };
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
function exceptionsOf(unit: CompiledUnit, { policy }: ScanTable): PreparedTable['exceptions'] {
  if (unit.kind !== 'words') return [];
  const own = unitExceptions.of(unit, EXCEPTIONS, () => {
    const { indexes, entries } = exceptionEntries(unit);
    return { matcher: new Matcher(entries, unit.matcher.fold), indexes };
  });
  if (own.indexes.length === 0) return [];
  const ruleOf = exceptionRule(unit, own, policy);
  const under = () => own.matcher.under((_, index) => ruleOf(index));
  return [{ unit, policy: exceptionPolicies.of(unit, policy.key, under) }];
}
