/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import * as cellsOf from './automaton.js';
import { spellable, SPELLABLE, SPELLABLE_SIGNS } from './entry-shape.js';
import { INTERLEAVE, LEET, REPEAT } from './fold-names.js';
import type { Matcher } from './matcher.js';
import { bitsAfter, FindTurns, isMarked, marksOf, type ScriptTurns } from './script-turns.js';
import type { MatcherTables } from './matcher-tables.js';
import { sharedInt32, sharedUint16, sharedUint8 } from './shared-arrays.js';
import { BEFORE_SHIFT, FOLDS, MUST_SPREAD, TO_UNSPACED } from './thread-list.js';
import { OTHER } from './unit-class.js';
import { beginsOf, factsOf } from './unit-facts.js';
import { NOISE, traitsOf, type UnitTraits } from './unit-traits.js';

/** Own constants are folded into the code; imported ones would be looked up at every use. */
const { CHECK, FAIL } = cellsOf;

/** What a reader makes of an entry: `watched` entries are reported but nothing waits for them. */
export interface EntryRule {
  readonly status: 'ignored' | 'watched' | 'holding';
  /** Contextual folds (see fold-names) by which the entry may be reached. */
  readonly folds: number;
}

/** Of an entry's rule, packed: contextual folds in the low bits, then these. */
export const WATCHED = 32;
export const HOLDING = 64;
export const ALLOWS = 128;
const RULE_FOLDS = 31;

/** Kinds of entries that a state can tell apart; more are taken together, which holds more than is needed. */
export const KIND_LIMIT = 31;
/** Where a kind has the start mask; below are the packed rule and what of a shape decides. */
const STARTS_SHIFT = 10;
const SPELLABLE_SHAPE = SPELLABLE | SPELLABLE_SIGNS;
const NECESSARY = WATCHED | HOLDING | ALLOWS;

export { childOf, codeInto, isRun } from './trie-nodes.js';

type Bits = Uint8Array | Uint16Array | Int32Array;

/** The tables of a policy, which another thread may have made. */
export interface PolicyTables {
  readonly rules: Uint8Array;
  /** What decides about an entry's future, see Kinds; in the order of their bits. */
  readonly kinds: readonly number[];
  readonly ahead: Bits;
  readonly hold: Int32Array;
  readonly turns: ScriptTurns;
}

/** A view of a shared matcher: which entries count, whether text is held for them, and by which folds. */
export class MatchPolicy {
  /** Packed rule of each entry; 0 = ignored. */
  readonly rules: Uint8Array;
  /** For each state, a bit for every kind of entry that lies beyond it: what the text that led there may become. */
  readonly ahead: Bits;
  /** Nearest state of the suffix chain, from the state itself on, with a holding entry ahead; 0 = none. */
  readonly hold: Int32Array;
  /** Kinds that a start with this class before it, these folds used and this need of spreading may become. */
  readonly accept = new Int32Array(256);
  readonly holdingKinds: number;
  readonly allowKinds: number;
  /** All contextual folds of any entry. */
  readonly folds: number;
  readonly traits: UnitTraits;
  /** For each code, a bit for every boundary class that may come before an entry that begins with it. */
  readonly begins: Uint8Array;
  /** All that the fast loop asks about a raw unit that folds to one, packed; see unit-facts. */
  readonly facts: Int32Array;
  private readonly turnMarks: Uint8Array;

  /** @param tables what another thread made of the same matcher and rules */
  constructor(
    readonly matcher: Matcher,
    ruleOf: (entry: number) => EntryRule,
    readonly tables: PolicyTables = compilePolicy(matcher.tables, wantedRules(matcher.entries, ruleOf)),
  ) {
    this.rules = tables.rules;
    this.ahead = tables.ahead;
    this.hold = tables.hold;
    let [holding, allows, folds] = [0, 0, 0];
    tables.kinds.forEach((kind, bit) => {
      if ((kind & HOLDING) !== 0) holding |= 1 << bit;
      if ((kind & ALLOWS) !== 0) allows |= 1 << bit;
      folds |= kind & RULE_FOLDS;
    });
    this.holdingKinds = holding;
    this.allowKinds = allows;
    this.folds = folds;
    this.tabulateAcceptance(tables.kinds);
    this.traits = traitsOf(matcher.fold, matcher.automaton.codes, folds);
    this.begins = beginsOf(this);
    this.turnMarks = marksOf(tables.turns);
    this.facts = factsOf(matcher, this.traits, this.begins);
  }

  /** The kinds of entries beyond a node that the facts of a thread leave open. */
  openTo(node: number, facts: number): number {
    const before = (facts >> BEFORE_SHIFT) & 3;
    const spread = (facts & MUST_SPREAD) === 0 ? 0 : 128;
    const ahead = (facts & TO_UNSPACED) === 0 ? this.ahead[node]! : this.turnsAt(node);
    return ahead & this.accept[before | ((facts & FOLDS) << 2) | spread]!;
  }

  /** The kinds of entries that go on from a state with a letter of an unspaced script, behind one of a spaced script. */
  turnsAt(state: number): number {
    return isMarked(this.turnMarks, state) ? bitsAfter(this.tables.turns, state) : 0;
  }

  /** Whether any entry goes on with Han and the like behind a letter of a spaced script, and something may lie between. */
  get turns(): boolean {
    return this.tables.turns.nodes.length > 0 && (this.folds & INTERLEAVE) !== 0;
  }

  /** The trait of a unit of a character that is not one unit. */
  traitOf(unit: number, unitClass: number): number {
    const trait = this.traits.folded[unit]!;
    const isPart = unit >= 0xd800 && unit <= 0xdfff;
    return isPart && unitClass === OTHER && (this.folds & INTERLEAVE) !== 0 ? trait | NOISE : trait;
  }

  private tabulateAcceptance(kinds: readonly number[]): void {
    for (let index = 0; index < this.accept.length; index++) {
      const before = index & 3;
      const used = (index >> 2) & RULE_FOLDS;
      const mustSpread = index >> 7 === 1;
      kinds.forEach((kind, bit) => {
        const startMask = (kind >> STARTS_SHIFT) & 3;
        const fits = (startMask & before) === 0 && (used & ~kind) === 0;
        if (fits && (!mustSpread || (kind & spellable(used)) !== 0)) this.accept[index]! |= 1 << bit;
      });
    }
  }
}

/** What is wanted of each entry, or of all of them alike, packed; 0 = ignored. */
export type WantedRules = Uint8Array | number;

/** @param allows whether it is an allowing entry, which has no status of its own */
export function wantedRule({ status, folds }: EntryRule, allows = false): number {
  if (status === 'ignored') return 0;
  return (folds & RULE_FOLDS) | (allows ? ALLOWS : status === 'holding' ? HOLDING : WATCHED);
}

export function wantedRules(entries: Matcher['entries'], ruleOf: (entry: number) => EntryRule): Uint8Array {
  const wanted = sharedUint8(entries.length);
  for (let entry = 0; entry < wanted.length; entry++)
    wanted[entry] = wantedRule(ruleOf(entry), entries[entry]!.allow === true);
  return wanted;
}

/** The tables of a policy; in any thread. */
export function compilePolicy(matcher: MatcherTables, wanted: WantedRules): PolicyTables {
  const rules = packRules(matcher, wanted);
  const kinds = new Kinds(matcher, rules);
  const order = cellsOf.statesByDepth(matcher.automaton);
  const { ahead, turns } = lookAhead(matcher, order, kinds);
  let holding = 0;
  kinds.list.forEach((kind, bit) => {
    if ((kind & HOLDING) !== 0) holding |= 1 << bit;
  });
  const { cells, own } = matcher.automaton;
  const hold = sharedInt32(own.length);
  for (let i = 1; i < order.length; i++) {
    const state = order[i]!;
    hold[state] = (ahead[state]! & holding) !== 0 ? state : hold[cells[4 * state + FAIL]!]!;
  }
  return { rules, kinds: kinds.list, ahead, hold, turns };
}

function packRules(matcher: MatcherTables, wanted: WantedRules): Uint8Array {
  const { shapes } = matcher;
  const rules = sharedUint8(shapes.length);
  for (let entry = 0; entry < rules.length; entry++) {
    const rule = typeof wanted === 'number' ? wanted : wanted[entry]!;
    // An entry has the folds that it is fit for.
    rules[entry] = rule & (~RULE_FOLDS | shapes[entry]!);
  }
  matcher.firstEntry.forEach((first) => dropCovered(matcher, rules, first));
  return rules;
}

/** Of the entries of one pattern, those that an allowing one always covers can never be reported. */
function dropCovered(matcher: MatcherTables, rules: Uint8Array, first: number): void {
  const { nextEntry, startMasks, endMasks } = matcher;
  for (let allow = first; allow >= 0; allow = nextEntry[allow]!) {
    if ((rules[allow]! & ALLOWS) === 0) continue;
    for (let e = first; e >= 0; e = nextEntry[e]!) {
      const isStricter =
        (startMasks[allow]! & ~startMasks[e]!) === 0 && (endMasks[allow]! & ~endMasks[e]!) === 0;
      // More of the last letter belongs to an entry only if it must be the end of a word.
      const alike = (rules[e]! & REPEAT) === 0 || endMasks[allow] === endMasks[e];
      const fewer = (rules[e]! & RULE_FOLDS & ~rules[allow]!) === 0;
      if (isStricter && alike && fewer && (rules[e]! & ALLOWS) === 0) rules[e] = 0;
    }
  }
}

/** The different combinations of what decides about an entry's future, at most KIND_LIMIT of them. */
class Kinds {
  readonly list: number[] = [];
  private readonly bits = new Map<number, number>();
  private coarse = 0;

  constructor(
    private readonly matcher: MatcherTables,
    private readonly rules: Uint8Array,
  ) {
    const distinct = new Set<number>();
    const count = (): void => {
      distinct.clear();
      for (let entry = 0; entry < rules.length; entry++) {
        if (rules[entry] !== 0) distinct.add(this.kindOf(entry));
      }
    };
    count();
    if (distinct.size > KIND_LIMIT) {
      // Every entry then counts as reachable by every fold that any of them has.
      this.coarse = SPELLABLE_SHAPE;
      for (const kind of distinct) this.coarse |= kind & RULE_FOLDS;
      count();
    }
    for (const kind of distinct) {
      this.bits.set(kind, 1 << this.list.length);
      this.list.push(kind);
    }
  }

  bitOf(entry: number): number {
    return this.rules[entry] === 0 ? 0 : this.bits.get(this.kindOf(entry))!;
  }

  private kindOf(entry: number): number {
    const { shapes, startMasks } = this.matcher;
    const rule = this.rules[entry]! & (RULE_FOLDS | NECESSARY);
    const shape = (rule & LEET) === 0 ? SPELLABLE : SPELLABLE_SHAPE;
    return rule | (shapes[entry]! & shape) | (startMasks[entry]! << STARTS_SHIFT) | this.coarse;
  }
}

function lookAhead(matcher: MatcherTables, order: Int32Array, kinds: Kinds) {
  const { automaton, firstEntry, nextEntry } = matcher;
  const turns = new FindTurns(matcher);
  const { cells, own } = automaton;
  const count = kinds.list.length;
  const ahead =
    count <= 8 ? sharedUint8(own.length) : count <= 16 ? sharedUint16(own.length) : sharedInt32(own.length);
  for (let i = order.length - 1; i > 0; i--) {
    const state = order[i]!;
    let bits = ahead[state]!;
    const pattern = own[state]!;
    for (let e = pattern < 0 ? -1 : firstEntry[pattern]!; e >= 0; e = nextEntry[e]!) bits |= kinds.bitOf(e);
    ahead[cells[4 * state + CHECK]!]! |= bits;
    turns.look(state, bits);
  }
  return { ahead, turns: turns.turns() };
}
