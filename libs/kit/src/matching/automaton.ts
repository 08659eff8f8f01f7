/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { SlotPool } from './slot-pool.js';

/** Cells of one state in `Automaton.cells`, which has four for each. */
export const BASE = 0;
export const CHECK = 1;
export const FAIL = 2;
export const OUT = 3;

/** Codes that no unit gets: alphabet maps mark with them units that the fast loop does not step over one by one. */
export const MANY_CODE = 0xfffe;
export const SKIP_CODE = 0xffff;

/**
 * An Aho-Corasick automaton as a double array over UTF-16 units. States are slots; the root is 0.
 * The child of state s for code c is t = base[s] + c if check[t] = s.
 */
export interface Automaton {
  /** base, check, fail, out: four numbers a state. `out`: first state of the suffix chain that ends a pattern, or 0. */
  readonly cells: Int32Array;
  /** Next state of the suffix chain that ends a pattern, or 0. */
  readonly link: Int32Array;
  /** Index of the pattern that ends in a state, or -1. */
  readonly own: Int32Array;
  /** Length of the text that leads from the root to a state. */
  readonly depth: Uint16Array;
  /** Code of each unit; 0 for units that no pattern contains. */
  readonly codes: Uint16Array;
  readonly longest: number;
}

export interface BuiltAutomaton {
  readonly automaton: Automaton;
  /** All states, parents before children, beginning with the root. */
  readonly order: Int32Array;
}

/** Longest pattern that a state's depth can count. */
export const PATTERN_LENGTH_LIMIT = 0xffff;

/** Builds the automaton of distinct, non-empty patterns; `own` holds indices into `patterns`. */
export function buildAutomaton(patterns: readonly string[]): BuiltAutomaton {
  const longest = patterns.reduce((most, pattern) => Math.max(most, pattern.length), 0);
  if (longest > PATTERN_LENGTH_LIMIT)
    throw new RangeError('a pattern is longer than the automaton can count');
  const { codes, alphabet } = assignCodes(patterns);
  const plan = layOut(patterns, codes, alphabet);
  const size = plan.slots.top + alphabet;
  const cells = new Int32Array(size * 4);
  const own = new Int32Array(size).fill(-1);
  const depth = new Uint16Array(size);
  for (let slot = 0; slot < size; slot++) {
    cells[4 * slot + BASE] = plan.slots.base[slot] ?? 0;
    cells[4 * slot + CHECK] = plan.slots.check[slot] ?? -1;
  }
  for (let i = 0; i < plan.count; i++) {
    const state = plan.states[i]!;
    own[state] = plan.patterns[i]!;
    depth[state] = plan.depths[i]!;
  }
  const link = linkSuffixes(plan, cells, own);
  const order = plan.states.slice(0, plan.count);
  return { automaton: { cells, link, own, depth, codes, longest }, order };
}

/** Frequent units get small codes: their children then crowd together and the array stays dense. */
function assignCodes(patterns: readonly string[]): { codes: Uint16Array; alphabet: number } {
  const frequency = new Uint32Array(0x10000);
  const used: number[] = [];
  for (const pattern of patterns) {
    for (let i = 0; i < pattern.length; i++) {
      const unit = pattern.charCodeAt(i);
      if (frequency[unit]!++ === 0) used.push(unit);
    }
  }
  if (used.length >= MANY_CODE) throw new RangeError('too many different units');
  used.sort((a, b) => frequency[b]! - frequency[a]!);
  const codes = new Uint16Array(0x10000);
  used.forEach((unit, rank) => (codes[unit] = rank + 1));
  return { codes, alphabet: used.length + 1 };
}

interface Plan {
  readonly slots: SlotPool;
  /** Breadth first; the rest is parallel to it. */
  readonly states: Int32Array;
  readonly parents: Int32Array;
  readonly codes: Uint16Array;
  readonly depths: Uint16Array;
  readonly patterns: Int32Array;
  count: number;
}

/** Gives each state of the trie its slot, breadth first over ranges of the sorted patterns. */
function layOut(patterns: readonly string[], codes: Uint16Array, alphabet: number): Plan {
  const sorted = Int32Array.from(patterns.keys());
  sorted.sort((a, b) => (patterns[a]! < patterns[b]! ? -1 : 1));
  const total = patterns.reduce((sum, pattern) => sum + pattern.length, 1);
  const slots = new SlotPool(total + alphabet + 1024);
  const plan: Plan = {
    slots,
    states: new Int32Array(total),
    parents: new Int32Array(total),
    codes: new Uint16Array(total),
    depths: new Uint16Array(total),
    patterns: new Int32Array(total).fill(-1),
    count: 1,
  };
  const from = new Int32Array(total);
  const to = new Int32Array(total);
  to[0] = patterns.length;
  const branch = new Branch(alphabet);
  for (let node = 0; node < plan.count; node++) {
    const depth = plan.depths[node]!;
    let first = from[node]!;
    const last = to[node]!;
    if (depth > 0 && patterns[sorted[first]!]!.length === depth) plan.patterns[node] = sorted[first++]!;
    if (first === last) continue;
    branch.split(patterns, sorted, codes, first, last, depth);
    const state = plan.states[node]!;
    const base = node === 0 ? 0 : slots.findBase(branch.codes, branch.count);
    slots.base[state] = base;
    for (let i = 0; i < branch.count; i++) {
      const child = plan.count++;
      plan.states[child] = base + branch.codes[i]!;
      plan.parents[child] = state;
      plan.codes[child] = branch.codes[i]!;
      plan.depths[child] = depth + 1;
      from[child] = branch.from[branch.codes[i]!]!;
      to[child] = branch.to[branch.codes[i]!]!;
      slots.take(plan.states[child], state);
    }
  }
  return plan;
}

/** The children of one trie node: their codes, ascending, and each one's range of the sorted patterns. */
class Branch {
  readonly codes: Uint16Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  count = 0;

  constructor(alphabet: number) {
    this.codes = new Uint16Array(alphabet);
    this.from = new Int32Array(alphabet);
    this.to = new Int32Array(alphabet);
  }

  split(
    patterns: readonly string[],
    sorted: Int32Array,
    codes: Uint16Array,
    first: number,
    last: number,
    depth: number,
  ): void {
    this.count = 0;
    for (let i = first; i < last;) {
      const unit = patterns[sorted[i]!]!.charCodeAt(depth);
      const code = codes[unit]!;
      this.from[code] = i;
      while (i < last && patterns[sorted[i]!]!.charCodeAt(depth) === unit) i++;
      this.to[code] = i;
      this.codes[this.count++] = code;
    }
    if (this.count > 1) this.codes.subarray(0, this.count).sort();
  }
}

/** Fills in fail and out; returns the links from one ending state of a suffix chain to the next. */
function linkSuffixes(plan: Plan, cells: Int32Array, own: Int32Array): Int32Array {
  const link = new Int32Array(own.length);
  for (let i = 1; i < plan.count; i++) {
    const state = plan.states[i]!;
    const parent = plan.parents[i]!;
    const fail = parent === 0 ? 0 : step(cells, cells[4 * parent + FAIL]!, plan.codes[i]!);
    cells[4 * state + FAIL] = fail;
    link[state] = cells[4 * fail + OUT]!;
    cells[4 * state + OUT] = own[state]! >= 0 ? state : link[state]!;
  }
  return link;
}

/** The state after `state` for a code that is not 0. */
export function step(cells: Int32Array, state: number, code: number): number {
  for (;;) {
    const next = cells[4 * state + BASE]! + code;
    if (cells[4 * next + CHECK] === state) return next;
    if (state === 0) return 0;
    state = cells[4 * state + FAIL]!;
  }
}
