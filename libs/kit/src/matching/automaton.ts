/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { packTexts, type PackedTexts } from './packed-texts.js';
import { sharedInt32, sharedUint16, sharedUint8 } from './shared-arrays.js';
import { SlotPool } from './slot-pool.js';
import { growTrie, type Trie } from './trie.js';

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
 * The child of state s for code c is t = base[s] + c if check[t] = s. All arrays lie in shared memory.
 */
export interface Automaton {
  /** base, check, fail, out: four numbers a state. `out`: first state of the suffix chain that ends a pattern, or 0. */
  readonly cells: Int32Array;
  /** Number of the pattern that ends in a state, or -1. */
  readonly own: Int32Array;
  /** Length of the text that leads from the root to a state. */
  readonly depth: Uint8Array | Uint16Array;
  /** Code of each unit; 0 for units that no pattern contains. */
  readonly codes: Uint16Array;
  /** The unit of each code, from 1 on. */
  readonly units: Uint16Array;
  /** One more than the highest code. */
  readonly alphabet: number;
  /** Codes from 1 to this one are patterns. */
  readonly alone: number;
  readonly longest: number;
}

export interface BuiltAutomaton {
  readonly automaton: Automaton;
  /** First text of each pattern, and for each text the next one that is equal, or -1. */
  readonly first: Int32Array;
  readonly next: Int32Array;
}

/** Longest pattern that a state's depth can count. */
export const PATTERN_LENGTH_LIMIT = 0xffff;

/**
 * Builds the automaton of non-empty texts; equal ones share a pattern. Patterns are numbered in an order of their own.
 * @throws RangeError for a text beyond PATTERN_LENGTH_LIMIT, or more than 65,533 different units
 */
export function buildAutomaton(texts: readonly string[] | PackedTexts): BuiltAutomaton {
  const packed = 'units' in texts ? texts : packTexts(texts);
  const { codes, units, alphabet, alone } = assignCodes(packed);
  const coded = packed.units.map((unit) => codes[unit]!);
  const longest = longestOf(packed.offsets);
  const trie = growTrie({ units: coded, offsets: packed.offsets });
  const { states, bases, size } = layOut(trie, alphabet);
  const cells = sharedInt32(size * 4);
  for (let slot = 1; slot < size; slot++) cells[4 * slot + CHECK] = -1;
  const own = sharedInt32(size).fill(-1);
  const depth = longest <= 0xff ? sharedUint8(size) : sharedUint16(size);
  for (let level = 1; level < trie.levels.length - 1; level++) {
    for (let node = trie.levels[level]!; node < trie.levels[level + 1]!; node++) depth[states[node]!] = level;
  }
  for (let node = 0; node < trie.count; node++) {
    own[states[node]!] = trie.own[node]!;
    cells[4 * states[node]! + BASE] = bases[node]!;
  }
  linkSuffixes(trie, states, cells, own);
  const automaton = { cells, own, depth, codes, units, alphabet, alone, longest };
  return { automaton, first: trie.first, next: trie.next };
}

function longestOf(offsets: Uint32Array): number {
  let longest = 0;
  for (let i = 1; i < offsets.length; i++) longest = Math.max(longest, offsets[i]! - offsets[i - 1]!);
  if (longest > PATTERN_LENGTH_LIMIT)
    throw new RangeError('a pattern is longer than the automaton can count');
  return longest;
}

/**
 * Units that are a pattern get the smallest codes, so that a comparison tells; then frequent ones: their children then
 * crowd together and the array stays dense.
 */
function assignCodes({ units, offsets }: PackedTexts) {
  const weights = new Float64Array(0x10000);
  const used: number[] = [];
  for (let i = 0; i < units.length; i++) if (weights[units[i]!]!++ === 0) used.push(units[i]!);
  for (let i = 1; i < offsets.length; i++) {
    if (offsets[i]! - offsets[i - 1]! === 1) weights[units[offsets[i - 1]!]!] = Infinity;
  }
  if (used.length >= MANY_CODE) throw new RangeError('too many different units');
  used.sort((a, b) => (weights[a] === weights[b] ? a - b : weights[b]! - weights[a]!));
  const codes = sharedUint16(0x10000);
  const byCode = sharedUint16(used.length + 1);
  used.forEach((unit, rank) => (codes[unit] = rank + 1));
  byCode.set(used, 1);
  const alone = used.filter((unit) => weights[unit] === Infinity).length;
  return { codes, units: byCode, alphabet: used.length + 1, alone };
}

/** Gives each node of the trie its state, those with many children first, which are the hardest to place. */
function layOut(trie: Trie, alphabet: number) {
  const { count, codes, children } = trie;
  const slots = new SlotPool(count, alphabet);
  const bases = new Int32Array(count);
  slots.takeRoot(codes, children[0]!, children[1]! - children[0]!);
  for (const key of branchesBySize(children)) {
    const node = key % 2 ** 32;
    bases[node] = slots.takeMany(codes, children[node]!, children[node + 1]! - children[node]!);
  }
  for (let node = 1; node < count; node++) {
    if (children[node + 1]! - children[node]! === 1) bases[node] = slots.takeOne(codes[children[node]!]!);
  }
  const states = new Int32Array(count);
  let highest = 0;
  for (let node = 0; node < count; node++) {
    if (bases[node]! > highest) highest = bases[node]!;
    for (let i = children[node]!; i < children[node + 1]!; i++) states[i] = bases[node]! + codes[i]!;
  }
  // Any code may be tried at any base.
  return { states, bases, size: highest + alphabet };
}

/** Nodes with several children, apart from the root; the larger families first. */
function branchesBySize(children: Int32Array): Float64Array {
  let found = 0;
  const keys = new Float64Array(children.length);
  for (let node = 1; node + 1 < children.length; node++) {
    const size = children[node + 1]! - children[node]!;
    if (size > 1) keys[found++] = (0x10000 - size) * 2 ** 32 + node;
  }
  return keys.subarray(0, found).sort();
}

function linkSuffixes(trie: Trie, states: Int32Array, cells: Int32Array, own: Int32Array): void {
  for (let node = 0; node < trie.count; node++) {
    const parent = states[node]!;
    const parentFail = cells[4 * parent + FAIL]!;
    for (let i = trie.children[node]!; i < trie.children[node + 1]!; i++) {
      const state = states[i]!;
      cells[4 * state + CHECK] = parent;
      const fail = node === 0 ? 0 : step(cells, parentFail, trie.codes[i]!);
      cells[4 * state + FAIL] = fail;
      cells[4 * state + OUT] = own[state]! >= 0 ? state : cells[4 * fail + OUT]!;
    }
  }
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

/** Of a state that ends a pattern: the next one of its suffix chain that does, or 0. */
export function nextEnding(cells: Int32Array, state: number): number {
  return cells[4 * cells[4 * state + FAIL]! + OUT]!;
}

/** All states, parents before children, beginning with the root. */
export function statesByDepth({ cells, depth, longest }: Automaton): Int32Array {
  // Where the states of each depth begin: one root, then the others by counting.
  const begin = new Int32Array(longest + 2);
  begin[1] = 1;
  for (let state = 1; state < depth.length; state++) if (depth[state] !== 0) begin[depth[state]! + 1]!++;
  for (let level = 2; level < begin.length; level++) begin[level]! += begin[level - 1]!;
  const order = new Int32Array(begin[longest + 1]!);
  for (let state = 1; state < cells.length / 4; state++) {
    if (depth[state] !== 0) order[begin[depth[state]!]!++] = state;
  }
  return order;
}
