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
  for (const node of inOrder(trie))
    bases[node] = slots.place(codes, children[node]!, children[node + 1]! - children[node]!);
  const size = slots.end + alphabet;
  if (size >= BASES) throw new RangeError('too many literals');
  // Beyond all states: a base that has no child.
  const none = slots.end;
  const cells = new Uint32Array(size + alphabet).fill(NO_CODE << CODE_SHIFT);
  const own = new Int32Array(size).fill(-1);
  const put = (slot: number, node: number, code: number): void => {
    const base = children[node + 1]! > children[node]! ? bases[node]! : none;
    cells[slot] = ((base << BASE_SHIFT) | (code << CODE_SHIFT) | (trie.own[node]! < 0 ? 0 : 1)) >>> 0;
    own[slot] = trie.own[node]!;
  };
  put(0, 0, NO_CODE);
  for (let node = 0; node < count; node++)
    for (let child = children[node]!; child < children[node + 1]!; child++)
      put(bases[node]! + codes[child]!, child, codes[child]!);
  return { cells, own };
}

/** Children so near the root are looked for at most places of a text: they lie together. */
const NEAR_LEVELS = 2;

/** Nodes with children but the root: those near it first, of each part those with the most, which are the hardest to place. */
function inOrder({ children, count, levels }: Trie): number[] {
  const nodes: number[] = [];
  for (let node = 1; node < count; node++) if (children[node + 1]! > children[node]!) nodes.push(node);
  const near = levels[NEAR_LEVELS + 1] ?? count;
  const sizeOf = (node: number): number => children[node + 1]! - children[node]! + (node < near ? count : 0);
  return nodes.sort((a, b) => sizeOf(b) - sizeOf(a) || a - b);
}

/** Bases are tried from here on again once so many were tried in vain. */
const PATIENCE = 64;

class Slots {
  /** One more than the last slot that is taken. */
  end = 1;
  private taken: Uint8Array;
  private used: Uint8Array;
  private first = 1;
  private size = 0;

  constructor(states: number, alphabet: number) {
    const room = 2 * (states + alphabet);
    this.taken = new Uint8Array(room);
    this.used = new Uint8Array(room);
    this.taken[0] = this.used[0] = 1;
  }

  /** Takes a slot for each code; returns the base that they have in common. */
  place(codes: Uint16Array, from: number, count: number): number {
    return this.take(this.free(codes, from, count), codes, from, count);
  }

  /** The lowest base at which all codes find a free slot, about. */
  private free(codes: Uint16Array, from: number, count: number): number {
    if (count !== this.size) this.first = 1;
    this.size = count;
    let base = this.first;
    for (let tries = 0; ; base++, tries++) {
      this.reserve(base + NO_CODE);
      if (this.used[base] !== 0 || !this.fits(base, codes, from, count)) continue;
      if (tries > PATIENCE) this.first = base;
      return base;
    }
  }

  take(base: number, codes: Uint16Array, from: number, count: number): number {
    this.used[base] = 1;
    for (let i = from; i < from + count; i++) {
      this.taken[base + codes[i]!] = 1;
      this.end = Math.max(this.end, base + codes[i]! + 1);
    }
    return base;
  }

  private fits(base: number, codes: Uint16Array, from: number, count: number): boolean {
    for (let i = from; i < from + count; i++) if (this.taken[base + codes[i]!] !== 0) return false;
    return true;
  }

  private reserve(slot: number): void {
    if (slot < this.taken.length) return;
    const [taken, used] = [this.taken, this.used];
    this.taken = new Uint8Array(2 * slot);
    this.taken.set(taken);
    this.used = new Uint8Array(2 * slot);
    this.used.set(used);
  }
}
