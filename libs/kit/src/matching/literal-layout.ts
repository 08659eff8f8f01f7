/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import type { Trie } from './trie.js';

/** Bits of a cell: whether a literal ends in the state, the code that leads to it, and where its children are. */
export const CODE_SHIFT = 1;
export const BASE_SHIFT = 13;
/** No code: of cells that are no state. */
export const NO_CODE = 2 ** (BASE_SHIFT - CODE_SHIFT) - 1;
const BASES = 2 ** (32 - BASE_SHIFT);

export interface LiteralLayout {
  /** One number a state; the child of a state for code c is at its base + c if that cell has code c. */
  readonly cells: Uint32Array;
  /** Number of the pattern that ends in a state. */
  readonly own: Int32Array;
}

/**
 * Lays a trie out as a double array of four bytes a state: no two states have the same base, so that the code of a cell
 * tells whose child it is. The root is 0.
 * @throws RangeError for more codes or states than its numbers hold
 */
export function layOutLiterals(trie: Trie, alphabet: number): LiteralLayout {
  const { count, codes, children } = trie;
  if (alphabet > NO_CODE) throw new RangeError('too many different units');
  const bases = new Int32Array(count);
  const slots = new Slots(count, alphabet);
  slots.take(0, codes, children[0]!, children[1]! - children[0]!);
  for (const node of inOrder(trie, alphabet))
    bases[node] = slots.place(codes, children[node]!, children[node + 1]! - children[node]!);
  const size = slots.end + alphabet;
  if (size >= BASES) throw new RangeError('too many literals');
  // Beyond all states: a base that has no child.
  const none = slots.end;
  const cells = new Uint32Array(size + alphabet).fill(NO_CODE << CODE_SHIFT);
  const own = new Int32Array(size).fill(-1);
  for (let node = 0, slot = 0, code = NO_CODE, parent = 0; ;) {
    const base = children[node + 1]! > children[node]! ? bases[node]! : none;
    cells[slot] = ((base << BASE_SHIFT) | (code << CODE_SHIFT) | (trie.own[node]! < 0 ? 0 : 1)) >>> 0;
    own[slot] = trie.own[node]!;
    if (++node === count) return { cells, own };
    while (children[parent + 1]! <= node) parent++;
    code = codes[node]!;
    slot = bases[parent]! + code;
  }
}

/** Children so near the root are looked for at most places of a text: they lie together. */
const NEAR_LEVELS = 2;

/** Nodes with children but the root: those near it first, of each part those with the most, which are the hardest to place. */
function inOrder({ children, count, levels }: Trie, alphabet: number): Int32Array {
  const near = levels[NEAR_LEVELS + 1] ?? count;
  const rankOf = (node: number): number =>
    (node < near ? 1 : 2) * alphabet - (children[node + 1]! - children[node]!);
  const ends = new Int32Array(2 * alphabet + 1);
  for (let node = 1; node < count; node++)
    if (children[node + 1]! > children[node]!) ends[rankOf(node) + 1]!++;
  for (let rank = 1; rank < ends.length; rank++) ends[rank]! += ends[rank - 1]!;
  const nodes = new Int32Array(ends.at(-1)!);
  for (let node = 1; node < count; node++)
    if (children[node + 1]! > children[node]!) nodes[ends[rankOf(node)]!++] = node;
  return nodes;
}

/** Bases are tried from here on again once so many were tried in vain. */
const PATIENCE = 64;
/** So many bases are tried at a time. */
const BITS = 32;

/** Which slots are taken and which bases are used; a bit that is set is free. */
class Slots {
  /** One more than the last slot that is taken. */
  end = 1;
  private slots: Uint32Array;
  private bases: Uint32Array;
  private first = 1;
  private size = 0;

  constructor(
    states: number,
    private readonly alphabet: number,
  ) {
    this.slots = grown(new Uint32Array(0), 2 * (states + alphabet));
    this.bases = this.slots.slice();
    clear(this.slots, 0);
  }

  /** Takes a slot for each code; returns the base that they have in common. */
  place(codes: Uint16Array, from: number, count: number): number {
    return this.take(this.free(codes, from, count), codes, from, count);
  }

  /** The lowest base at which all codes find a free slot, about. */
  private free(codes: Uint16Array, from: number, count: number): number {
    if (count !== this.size) this.first = 1;
    this.size = count;
    for (let first = this.first; ; first += BITS) {
      this.reserve(first + BITS + this.alphabet);
      let fitting = bitsFrom(this.bases, first);
      for (let i = from; i < from + count && fitting !== 0; i++)
        fitting &= bitsFrom(this.slots, first + codes[i]!);
      if (fitting === 0) continue;
      const base = first + BITS - 1 - Math.clz32(fitting & -fitting);
      if (base - this.first > PATIENCE) this.first = base;
      return base;
    }
  }

  take(base: number, codes: Uint16Array, from: number, count: number): number {
    clear(this.bases, base);
    for (let i = from; i < from + count; i++) {
      const slot = base + codes[i]!;
      clear(this.slots, slot);
      if (slot >= this.end) this.end = slot + 1;
    }
    return base;
  }

  private reserve(slot: number): void {
    if (slot >>> 5 < this.slots.length - 1) return;
    this.slots = grown(this.slots, 2 * slot);
    this.bases = grown(this.bases, 2 * slot);
  }
}

function grown(bits: Uint32Array, slots: number): Uint32Array {
  const larger = new Uint32Array((slots >>> 5) + 2).fill(0xffffffff);
  larger.set(bits);
  return larger;
}

function clear(bits: Uint32Array, at: number): void {
  bits[at >>> 5]! &= ~(1 << (at & 31));
}

/** So many bits from one on. */
function bitsFrom(bits: Uint32Array, at: number): number {
  const shift = at & 31;
  // Shifted twice, because a shift by 32 is one by 0.
  return (bits[at >>> 5]! >>> shift) | ((bits[(at >>> 5) + 1]! << 1) << (31 - shift));
}
