/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { MANY_CODE, SKIP_CODE } from './automaton.js';
import type { Fold } from './fold.js';
import type { MatcherTables } from './matcher-tables.js';

/** Codes after the last one, all 0: a reader may look that far ahead. */
const SENTINELS = 3;
/** Longer texts get arrays of their own, which are not kept. */
const KEPT_UNITS = 2 ** 20;
const BLANK = 0x20;

let keptCodes = new Uint16Array(0);
let keptStarts = new Int32Array(0);

/** A whole text as codes of an automaton. Arrays are reused: it is valid until the next text is encoded. */
export class EncodedText {
  codes: Uint16Array;
  length = 0;
  /** Where the character of each code begins; undefined while code i comes from unit i. */
  private starts: Int32Array | undefined;

  constructor(
    private readonly text: string,
    private readonly fold: Fold,
    private readonly tables: MatcherTables,
  ) {
    this.codes = roomFor(text.length + SENTINELS);
    const done = this.encodePlain();
    if (done < text.length) this.encodeRest(done);
    this.codes.fill(0, this.length, this.length + SENTINELS);
  }

  startOf(index: number): number {
    return this.starts ? this.starts[index]! : index;
  }

  endOf(index: number): number {
    const start = this.startOf(index);
    if (this.tables.codeOf[this.text.charCodeAt(start)] !== MANY_CODE) return start + 1;
    return start + (this.text.codePointAt(start)! > 0xffff ? 2 : 1);
  }

  /** Class of the folded unit. */
  classOf(index: number): number {
    const start = this.startOf(index);
    const raw = this.text.charCodeAt(start);
    if (this.tables.codeOf[raw] !== MANY_CODE) return this.fold.classes[raw]!;
    let first = index;
    while (first > 0 && this.startOf(first - 1) === start) first--;
    const { units, classes } = this.fold.expand(this.text.codePointAt(start)!);
    // Blanks that joined the run before have no code.
    const left = index - first;
    return classes[left + (units.length - this.lengthAt(first, start))]!;
  }

  private lengthAt(first: number, start: number): number {
    let end = first;
    while (end < this.length && this.startOf(end) === start) end++;
    return end - first;
  }

  /** The common case: every unit stands for one code. Returns where that ends. */
  private encodePlain(): number {
    const { text, codes } = this;
    const { codeOf } = this.tables;
    const { joinsBlanks, singles } = this.fold;
    const blank = joinsBlanks ? BLANK : -1;
    let last = -1;
    let i = 0;
    for (; i < text.length; i++) {
      const raw = text.charCodeAt(i);
      const code = codeOf[raw]!;
      if (code >= MANY_CODE) break;
      const unit = singles[raw]!;
      if (unit === blank && last === blank) break;
      last = unit;
      codes[i] = code;
    }
    this.length = i;
    return i;
  }

  private encodeRest(from: number): void {
    const { text } = this;
    const { codeOf } = this.tables;
    const { joinsBlanks, singles } = this.fold;
    const blank = joinsBlanks ? BLANK : -1;
    let starts = (this.starts = startsFor(this.codes.length));
    for (let i = 0; i < from; i++) starts[i] = i;
    let { codes } = this;
    let last = from > 0 ? singles[text.charCodeAt(from - 1)]! : -1;
    let length = from;
    for (let i = from; i < text.length; i++) {
      const raw = text.charCodeAt(i);
      const code = codeOf[raw]!;
      if (code < MANY_CODE) {
        const unit = singles[raw]!;
        if (unit === blank && last === blank) continue;
        last = unit;
        codes[length] = code;
        starts[length++] = i;
      } else if (code !== SKIP_CODE) {
        const codePoint = text.codePointAt(i)!;
        const { units } = this.fold.expand(codePoint);
        if (length + units.length + text.length - i + SENTINELS > codes.length) {
          ({ codes, starts } = this.enlarge(length));
        }
        for (const unit of units) {
          if (unit === blank && last === blank) continue;
          last = unit;
          codes[length] = this.tables.automaton.codes[unit]!;
          starts[length++] = i;
        }
        if (codePoint > 0xffff) i++;
      }
    }
    this.length = length;
  }

  private enlarge(length: number): { codes: Uint16Array; starts: Int32Array } {
    const codes = new Uint16Array(this.codes.length * 2 + 64);
    codes.set(this.codes.subarray(0, length));
    const starts = new Int32Array(codes.length);
    starts.set(this.starts!.subarray(0, length));
    this.codes = codes;
    this.starts = starts;
    return { codes, starts };
  }
}

function roomFor(units: number): Uint16Array {
  if (units > KEPT_UNITS) return new Uint16Array(units);
  if (keptCodes.length < units) keptCodes = new Uint16Array(units);
  return keptCodes;
}

function startsFor(units: number): Int32Array {
  if (units > KEPT_UNITS) return new Int32Array(units);
  if (keptStarts.length < units) keptStarts = new Int32Array(units);
  return keptStarts;
}
