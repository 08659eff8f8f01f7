/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
/** After this many tries in vain, later searches for several slots begin where this one ended. */
const PATIENCE = 64;
const FREE = -1;

/**
 * Where the states of a double array live. A state's child for code c sits at `base + c` and names
 * its parent in `check`, so that states share one array without gaps to speak of.
 * Free slots form a doubly linked list with slot 0 (the root, never free) as its head.
 */
export class SlotPool {
  base: Int32Array;
  check: Int32Array;
  /** One past the highest slot in use. */
  top = 1;
  private next: Int32Array;
  private previous: Int32Array;
  private hint = 0;

  constructor(private capacity: number) {
    this.base = new Int32Array(capacity);
    this.check = new Int32Array(capacity).fill(FREE);
    // One entry more than slots: the end of the list, where growth continues it.
    this.next = new Int32Array(capacity + 1);
    this.previous = new Int32Array(capacity + 1);
    this.chain(0);
    this.check[0] = 0;
  }

  /** A base at which every code (ascending, at least one) finds a free slot. */
  findBase(codes: Uint16Array, count: number): number {
    const lowest = codes[0]!;
    const span = codes[count - 1]! - lowest;
    let slot = count > 1 && this.hint !== 0 ? this.hint : this.next[0]!;
    for (let tries = 0; ; tries++) {
      if (slot + span >= this.capacity) this.grow(slot + span + 1);
      const base = slot - lowest;
      if (base > 0 && this.fits(base, codes, count)) {
        if (count > 1 && tries > PATIENCE) this.hint = slot;
        return base;
      }
      slot = this.next[slot]!;
    }
  }

  take(slot: number, parent: number): void {
    if (slot >= this.capacity) this.grow(slot + 1);
    const before = this.previous[slot]!;
    const after = this.next[slot]!;
    this.next[before] = after;
    this.previous[after] = before;
    this.check[slot] = parent;
    if (slot >= this.top) this.top = slot + 1;
    if (slot === this.hint) this.hint = after;
  }

  private fits(base: number, codes: Uint16Array, count: number): boolean {
    for (let i = 0; i < count; i++) if (this.check[base + codes[i]!] !== FREE) return false;
    return true;
  }

  private grow(needed: number): void {
    const old = this.capacity;
    this.capacity = Math.max(needed, Math.ceil(old * 1.5) + 1024);
    this.base = enlarged(this.base, this.capacity);
    this.check = enlarged(this.check, this.capacity);
    this.check.fill(FREE, old);
    this.next = enlarged(this.next, this.capacity + 1);
    this.previous = enlarged(this.previous, this.capacity + 1);
    this.chain(old);
  }

  private chain(from: number): void {
    for (let i = from; i < this.capacity; i++) {
      this.next[i] = i + 1;
      this.previous[i + 1] = i;
    }
  }
}

function enlarged(array: Int32Array, length: number): Int32Array {
  const larger = new Int32Array(length);
  larger.set(array);
  return larger;
}
