/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { MANY_CODE } from './automaton.js';
import type { Fold } from './fold.js';
import type { MatcherTables } from './matcher-tables.js';
import { FILTER_AHEAD } from './start-filter.js';

/** An array for a longer text is not kept. */
const KEPT_UNITS = 2 ** 20;
const BLANK = 0x20;

/** Codes of the text at hand: of all texts, one after the other. */
let keptCodes = new Uint16Array(0);

/** Raw units of the part at hand. A copy in native code: asking the string for each unit costs as much as the automaton. */
const raw = new Uint16Array(4096);
const rawBytes = Buffer.from(raw.buffer);

/** A whole text as codes of an automaton. Valid until the next text is encoded: arrays are used again. */
export class EncodedText {
  /** Followed by as many zeros as a start filter looks ahead. */
  codes: Uint16Array;
  length = 0;
  /** Where codes leave off following the text unit by unit: index of a code, and where its character begins. */
  private readonly breaks: number[] = [];
  private readonly places: number[] = [];
  /** Units of each character from there on. */
  private readonly widths: number[] = [];
  private segment = -1;

  constructor(
    private readonly text: string,
    private readonly fold: Fold,
    private readonly tables: MatcherTables,
  ) {
    const room = text.length + FILTER_AHEAD;
    const isKept = room <= KEPT_UNITS;
    if (isKept && keptCodes.length < room) keptCodes = new Uint16Array(room);
    this.codes = isKept ? keptCodes : new Uint16Array(room);
    this.encode();
    this.codes.fill(0, this.length, this.length + FILTER_AHEAD);
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
    const unit = this.text.charCodeAt(start);
    if (this.tables.codeOf[unit] !== MANY_CODE) return this.fold.classes[unit]!;
    let first = index;
    while (first > 0 && this.startOf(first - 1) === start) first--;
    return this.fold.expand(this.text.codePointAt(start)!).classes[index - first]!;
  }

  private seek(index: number): void {
    const { breaks } = this;
    while (this.segment + 1 < breaks.length && breaks[this.segment + 1]! <= index) this.segment++;
    while (this.segment >= 0 && breaks[this.segment]! > index) this.segment--;
  }

  private encode(): void {
    const { text } = this;
    const { codeOf, automaton } = this.tables;
    // Blanks that no entry contains end every match alike, one or many.
    const blank = (this.fold.joinsBlanks && automaton.codes[BLANK]) || -1;
    let at = 0;
    let i = 0;
    for (let part = 0; part < text.length; part += raw.length) {
      const end = Math.min(part + raw.length, text.length);
      rawBytes.write(text.slice(part, end), 'utf16le');
      while (i < end) {
        // The common case: every unit stands for one code.
        const copied =
          blank < 0 ? this.copy(at, i - part, end - part) : this.copyJoining(at, i - part, end - part, blank);
        at += copied;
        i += copied;
        if (i === end) break;
        let width = 1;
        if (codeOf[raw[i - part]!] === MANY_CODE) {
          const codePoint = text.codePointAt(i)!;
          if (codePoint > 0xffff) width = 2;
          at = this.expand(codePoint, at, i, width);
        }
        i += width;
        this.breakAt(at, i, 1);
      }
    }
    this.length = at;
  }

  /** Encodes raw units up to one that needs more; returns how many. */
  private copy(at: number, from: number, end: number): number {
    const { codes } = this;
    const { codeOf } = this.tables;
    let i = from;
    for (; i < end; i++) {
      const code = codeOf[raw[i]!]!;
      if (code >= MANY_CODE) break;
      codes[at++] = code;
    }
    return i - from;
  }

  private copyJoining(at: number, from: number, end: number, blank: number): number {
    const { codes } = this;
    const { codeOf } = this.tables;
    let last = at > 0 ? codes[at - 1]! : 0;
    let i = from;
    for (; i < end; i++) {
      const code = codeOf[raw[i]!]!;
      if (code >= MANY_CODE || (code === blank && last === blank)) break;
      codes[at++] = last = code;
    }
    return i - from;
  }

  /** Blanks of an expansion are kept: no character that stands for several begins or ends with one. */
  private expand(codePoint: number, at: number, place: number, width: number): number {
    const { units } = this.fold.expand(codePoint);
    const codes = this.reserve(at, units.length + this.text.length - place + FILTER_AHEAD);
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
}
