import {
  DETECTOR_KINDS,
  foldMask,
  Matcher,
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

/** A table made ready for reading: which units and detectors count, and what stops an answer. */
export interface PreparedTable {
  readonly table: ScanTable;
  readonly units: readonly PreparedUnit[];
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
const allowing = new WeakMap<CompiledUnit, Matcher | null>();

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
  return {
    table,
    units,
    exceptions: table.units.flatMap((unit) => exceptionsOf(unit, table)),
    withheld,
    logged: kinds((action) => action === 'log'),
    canStop:
      [...withheld].some((kind) => table.policy.of(kind).action === 'stop') ||
      units.some(({ unit }) => hasStop(unit, table)),
  };
}

function policyOf(unit: CompiledUnit, { policy }: ScanTable): MatchPolicy {
  const kept = policies.get(unit) ?? new Map<string, MatchPolicy>();
  policies.set(unit, kept);
  let known = kept.get(policy.key);
  if (!known) {
    known = unit.matcher.under((_, entry) => entryRule(unit, entry, policy));
    for (const oldest of kept.keys()) {
      if (kept.size < POLICIES_KEPT) break;
      kept.delete(oldest);
    }
    kept.set(policy.key, known);
  }
  return known;
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
  if (unit.kind !== 'words' || (table.units.length === 1 && !hasDetectors(table))) return [];
  let matcher = allowing.get(unit);
  if (matcher === undefined) {
    const entries = unit.matcher.entries.filter((_, entry) => unit.ruleOf(entry).allow);
    const plain = entries.map(({ id, text, wholeWord }) => ({ id, text, wholeWord, folds: 31 }));
    matcher = plain.length === 0 ? null : new Matcher(plain, unit.matcher.fold);
    allowing.set(unit, matcher);
  }
  if (!matcher) return [];
  const folds = foldMask(table.policy.of(unit.ruleOf(0).category).folds);
  return [{ unit, policy: matcher.under(() => ({ status: 'holding', folds })) }];
}

function hasDetectors({ policy }: ScanTable): boolean {
  return DETECTOR_KINDS.some((kind) => (policy.of(kind).action ?? 'off') !== 'off');
}

/** What is done about a match; undefined: nothing, the policy has switched it off. */
export function actionOf(table: ScanTable, unit: CompiledUnit, entry: number): ScanAction | undefined {
  const action = actionUnder(table.policy, unit.ruleOf(entry));
  return action === 'off' ? undefined : action;
}
