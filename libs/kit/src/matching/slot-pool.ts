/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
/** After this many windows in vain, later searches for as many slots begin where this one ended. */
const PATIENCE = 4;
const WINDOW = 32;

/**
 * Which slots of a double array are taken. A state's child for code c sits at `base + c`, so that states
 * share one array; slot 0 is the root's. Free slots are set bits, so that 32 bases are tried at a time.
 */
export class SlotPool {
  private free = new Uint32Array(0);
  private hint = 1;
  private hintCount = 0;
  /** Where single slots are looked for, below and from `alphabet` on. */
  private low = 1;
  private high: number;

  /** @param states how many slots will be needed in all @param alphabet one more than the highest code */
  constructor(
    states: number,
    private readonly alphabet: number,
  ) {
    this.high = alphabet;
    this.grow(states + alphabet);
    this.take(0);
  }

  /** Takes the slots `codes[from .. from + count)` themselves: the root's children. */
  takeRoot(codes: Uint16Array, from: number, count: number): void {
    for (let i = from; i < from + count; i++) this.take(codes[i]!);
  }

  /**
   * Takes slots for several codes and returns their base. States with the most children come first,
   * which find large gaps; the rest fill what these leave.
   */
  takeMany(codes: Uint16Array, from: number, count: number): number {
    if (count !== this.hintCount) this.hint = 1;
    this.hintCount = count;
    for (let first = this.hint, tries = 0; ; first += WINDOW, tries++) {
      this.reserve(first + this.alphabet);
      const fitting = this.basesFrom(first, codes, from, count);
      if (fitting === 0) continue;
      if (tries > PATIENCE) this.hint = first;
      const base = first + 31 - Math.clz32(fitting & -fitting);
      for (let i = from; i < from + count; i++) this.take(base + codes[i]!);
      return base;
    }
  }

  /** Takes the lowest slot at hand for one code and returns its base. To be called after all of takeMany. */
  takeOne(code: number): number {
    while (this.low < this.alphabet && !this.isFree(this.low)) this.low++;
    if (this.low < this.alphabet && this.low > code) {
      this.take(this.low);
      return this.low - code;
    }
    this.reserve(this.high);
    while (!this.isFree(this.high)) this.reserve(++this.high);
    this.take(this.high);
    return this.high - code;
  }

  /** Of the bases `first .. first + 31`, a bit for each at which all codes find a free slot. */
  private basesFrom(first: number, codes: Uint16Array, from: number, count: number): number {
    const { free } = this;
    let fitting = -1;
    for (let i = from; i < from + count && fitting !== 0; i++) {
      const slot = first + codes[i]!;
      const shift = slot & 31;
      // Shifted twice, because a shift by 32 is one by 0.
      fitting &= (free[slot >>> 5]! >>> shift) | ((free[(slot >>> 5) + 1]! << 1) << (31 - shift));
    }
    return fitting;
  }

  private take(slot: number): void {
    this.free[slot >>> 5]! &= ~(1 << (slot & 31));
  }

  private isFree(slot: number): boolean {
    return ((this.free[slot >>> 5]! >>> (slot & 31)) & 1) === 1;
  }

  private reserve(slot: number): void {
    if (slot >>> 5 >= this.free.length - 3) this.grow(Math.ceil(slot * 1.25));
  }

  private grow(slots: number): void {
    const larger = new Uint32Array((slots >>> 5) + 64).fill(0xffffffff);
    larger.set(this.free);
    this.free = larger;
  }
}
