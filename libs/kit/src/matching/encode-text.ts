/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { MANY_CODE } from './automaton.js';
import type { Fold } from './fold.js';
import type { MatcherTables } from './matcher-tables.js';

/** Arrays for longer texts are not kept. */
const KEPT_UNITS = 2 ** 20;
const BLANK = 0x20;

/** Raw units and codes of the text at hand: of all texts, one after the other. */
let keptRaw = new Uint16Array(0);
let keptCodes = new Uint16Array(0);

/** A whole text as codes of an automaton. Valid until the next text is encoded: arrays are used again. */
export class EncodedText {
  codes: Uint16Array;
  length = 0;
  private readonly raw: Uint16Array;
  /** Where codes leave off following the text unit by unit: index of a code, and where its character begins. */
  private readonly breaks: number[] = [];
  private readonly places: number[] = [];
  /** Units of each character from there on. */
  private readonly widths: number[] = [];
  private segment = -1;

  constructor(
    text: string,
    private readonly fold: Fold,
    private readonly tables: MatcherTables,
  ) {
    const room = Math.max(text.length, 1);
    const isKept = room <= KEPT_UNITS;
    if (isKept && keptRaw.length < room) {
      keptRaw = new Uint16Array(room);
      keptCodes = new Uint16Array(room);
    }
    this.raw = isKept ? keptRaw : new Uint16Array(room);
    this.codes = isKept ? keptCodes : new Uint16Array(room);
    // A copy in native code; asking the string for each unit costs as much as the automaton.
    Buffer.from(this.raw.buffer).write(text, 'utf16le');
    this.encode(text);
  }

  /** Where the character of a code begins in the text; fastest for indices near each other. */
  startOf(index: number): number {
    this.seek(index);
    return this.segment < 0 ? index : this.places[this.segment]! + index - this.breaks[this.segment]!;
  }

  endOf(index: number): number {
    return this.startOf(index) + (this.segment < 0 ? 1 : this.widths[this.segment]!);
  }

  /** Class of the folded unit that a code stands for. */
  classOf(index: number): number {
    const start = this.startOf(index);
    const raw = this.raw[start]!;
    if (this.tables.codeOf[raw] !== MANY_CODE) return this.fold.classes[raw]!;
    let first = index;
    while (first > 0 && this.startOf(first - 1) === start) first--;
    return this.fold.expand(this.codePointAt(start)).classes[index - first]!;
  }

  private seek(index: number): void {
    const { breaks } = this;
    while (this.segment + 1 < breaks.length && breaks[this.segment + 1]! <= index) this.segment++;
    while (this.segment >= 0 && breaks[this.segment]! > index) this.segment--;
  }

  private encode(text: string): void {
    const { raw } = this;
    const { codeOf, automaton } = this.tables;
    // Blanks that no entry contains end every match alike, one or many.
    const blank = (this.fold.joinsBlanks && automaton.codes[BLANK]) || -1;
    const end = text.length;
    let at = 0;
    for (let i = 0; i < end; i++) {
      // The common case: every unit stands for one code.
      const from = i;
      i = blank < 0 ? this.copy(at, i, end) : this.copyJoining(at, i, end, blank);
      at += i - from;
      if (i === end) break;
      const code = codeOf[raw[i]!]!;
      let width = 1;
      if (code === MANY_CODE) {
        const codePoint = text.codePointAt(i)!;
        if (codePoint > 0xffff) width = 2;
        at = this.expand(codePoint, at, i, width, end);
      }
      i += width - 1;
      this.breakAt(at, i + 1, 1);
    }
    this.length = at;
  }

  private copy(at: number, from: number, end: number): number {
    const { raw, codes } = this;
    const { codeOf } = this.tables;
    let i = from;
    for (; i < end; i++) {
      const code = codeOf[raw[i]!]!;
      if (code >= MANY_CODE) break;
      codes[at++] = code;
    }
    return i;
  }

  private copyJoining(at: number, from: number, end: number, blank: number): number {
    const { raw, codes } = this;
    const { codeOf } = this.tables;
    let last = at > 0 ? codes[at - 1]! : 0;
    let i = from;
    for (; i < end; i++) {
      const code = codeOf[raw[i]!]!;
      if (code >= MANY_CODE || (code === blank && last === blank)) break;
      codes[at++] = last = code;
    }
    return i;
  }

  /** Blanks of an expansion are kept: no character that stands for several begins or ends with one. */
  private expand(codePoint: number, at: number, place: number, width: number, end: number): number {
    const { units } = this.fold.expand(codePoint);
    const codes = this.reserve(at, units.length + end - place);
    for (const unit of units) {
      this.breakAt(at, place, width);
      codes[at++] = this.tables.automaton.codes[unit]!;
    }
    return at;
  }

  /** The code at `index` is that of the character at `place`. */
  private breakAt(index: number, place: number, width: number): void {
    let top = this.breaks.length - 1;
    if (top < 0 || this.breaks[top] !== index) this.breaks[++top] = index;
    this.places[top] = place;
    this.widths[top] = width;
  }

  private reserve(used: number, more: number): Uint16Array {
    if (used + more > this.codes.length) {
      const larger = new Uint16Array((used + more) * 2);
      larger.set(this.codes.subarray(0, used));
      this.codes = larger;
    }
    return this.codes;
  }

  private codePointAt(start: number): number {
    const high = this.raw[start]!;
    const low = high >= 0xd800 && high <= 0xdbff && start + 1 < this.raw.length ? this.raw[start + 1]! : 0;
    return low >= 0xdc00 && low <= 0xdfff ? 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00) : high;
  }
}
