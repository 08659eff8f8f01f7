/* eslint-disable @typescript-eslint/no-non-null-assertion -- arrays read within bounds, in loops where a check costs */
import { MARKUP_LIMIT } from './markup-skip.js';
import { isLineBreak, isSeparator, plainUnits } from './pinyin-fold.js';
import { syllableOf } from './pinyin-table.js';
import { BOUNDARY, classOf } from './unit-class.js';

/** Kinds of visible units. */
export const OTHER_UNIT = 0;
export const HAN_UNIT = 1;
export const LETTER_UNIT = 2;
export const SEPARATOR_UNIT = 3;
/** Digits, letters of other scripts: they touch a word, but are no part of a spelling. */
export const WORD_UNIT = 4;

const LINE_BREAK = 0x0a;
/** Letters with the mark of one of the four tones, and those marks. */
const TONED = new Set(
  Array.from('āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ\u0300\u0301\u0304\u030c', (one) => one.charCodeAt(0)),
);
const [FIRST_TONED, LAST_TONED] = [0xdf, 0x30d];
const FIRST_MARK = 0x300;
/** What is forgotten is cut off when there is so much of it, not at every piece. */
const SLACK = 1_024;
/** Units kept beside those of a match: neighbours are asked about. */
const NEIGHBOURS = 4;
/** Separators that may stand between two syllables: a hyphen with blanks around it. */
export const MOST_SEPARATORS = 3;
/** Units of markup in all within a match. */
export const PINYIN_MARKUP_LIMIT = 4 * MARKUP_LIMIT;
const [LESS, RIGHT_BRACKET] = [0x3c, 0x5d];

/** What is seen of a text: its units, and their kinds. */
export interface VisibleUnits {
  readonly units: readonly number[];
  readonly kinds: readonly number[];
  /** Kind of a unit, OTHER_UNIT beyond the ends. */
  kindAt(index: number): number;
  /** Whether a letter was written with the mark of a tone, where that is known. */
  isTonedAt?(index: number): boolean;
}

interface UnitTables {
  /** Plain unit of each raw one; 0: none or several. */
  readonly plain: Uint16Array;
  /** Kind of each plain unit. */
  readonly kinds: Uint8Array;
}

let tables: UnitTables | undefined;

/** Kind of a plain unit. */
export function kindOfUnit(unit: number): number {
  return (tables ??= tabulate()).kinds[unit]!;
}

function tabulate(): UnitTables {
  const plain = new Uint16Array(0x10000);
  const kinds = new Uint8Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit++) {
    kinds[unit] = kindOf(unit);
    if (unit >= 0xd800 && unit <= 0xdfff) continue;
    const units = isLineBreak(unit) ? '\n' : plainUnits(unit);
    if (units.length === 1) plain[unit] = units.charCodeAt(0);
  }
  return { plain, kinds };
}

function kindOf(unit: number): number {
  if (unit === LINE_BREAK) return OTHER_UNIT;
  if (syllableOf(unit) !== '') return HAN_UNIT;
  if (unit >= 0x61 && unit <= 0x7a) return LETTER_UNIT;
  if (isSeparator(unit)) return SEPARATOR_UNIT;
  return (classOf(unit) & BOUNDARY) !== 0 ? WORD_UNIT : OTHER_UNIT;
}

/** The latest visible units of a stream, before they become letters, with their places in the original. */
export class PinyinWindow implements VisibleUnits {
  readonly units: number[] = [];
  readonly kinds: number[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  /** UTF-16 units read. */
  position = 0;
  /** Units of the longest match. */
  readonly longest: number;
  /** Where there were too many separators the last time: no match reaches across. */
  brokenAt = 0;
  /** Where such letters begin, in order. */
  private tones: number[] = [];
  private separators = 0;
  private unbrokenTo = 0;
  private readonly tables = (tables ??= tabulate());
  private readonly kept: number;

  /**
   * @param letters of the longest entry
   * @param hasMarkup matches may go through markup, in which separators do not count
   */
  constructor(
    letters: number,
    private readonly hasMarkup: boolean,
  ) {
    this.longest = letters * (1 + MOST_SEPARATORS) + (hasMarkup ? PINYIN_MARKUP_LIMIT : 0);
    this.kept = this.longest + 2 * NEIGHBOURS;
  }

  /** @param text without half of a character at an end, unless the stream has it so */
  append(text: string): void {
    const { plain } = this.tables;
    for (let i = 0; i < text.length;) {
      const raw = text.charCodeAt(i);
      const unit = plain[raw]!;
      if (raw > FIRST_TONED && raw < LAST_TONED && TONED.has(raw)) this.noteTone(raw);
      let width = 1;
      if (unit !== 0) this.add(unit, this.position, this.position + 1);
      else {
        const codePoint = text.codePointAt(i)!;
        if (codePoint > 0xffff) width = 2;
        const units = plainUnits(codePoint);
        for (let j = 0; j < units.length; j++)
          this.add(units.charCodeAt(j), this.position, this.position + width);
      }
      i += width;
      this.position += width;
    }
  }

  isTonedAt(index: number): boolean {
    const { tones } = this;
    const start = this.starts[index];
    if (start === undefined) return false;
    let [low, high] = [0, tones.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tones[middle] ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    return tones[low] === start;
  }

  private noteTone(raw: number): void {
    const start = raw < FIRST_MARK ? this.position : this.starts.at(-1);
    // In order, each once, however many marks one letter has.
    if (start !== undefined && start > (this.tones.at(-1) ?? -1)) this.tones.push(start);
  }

  /** Index of the first unit that ends after `position`. */
  indexAfter(position: number): number {
    let low = 0;
    let high = this.ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ends[middle]! > position) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Kind of a unit, OTHER_UNIT beyond the ends. */
  kindAt(index: number): number {
    return this.kinds[index] ?? OTHER_UNIT;
  }

  /** Cuts off what no match can reach back to. */
  forget(): void {
    const count = this.units.length - this.kept;
    if (count < SLACK || count < this.kept) return;
    for (const list of [this.units, this.kinds, this.starts, this.ends]) list.splice(0, count);
    const first = this.starts[0] ?? this.position;
    this.tones = this.tones.filter((start) => start >= first);
  }

  private add(unit: number, start: number, end: number): void {
    const kind = this.tables.kinds[unit]!;
    this.separators = kind === SEPARATOR_UNIT ? this.separators + 1 : 0;
    if (this.separators > MOST_SEPARATORS && end > this.unbrokenTo) this.brokenAt = end;
    // What begins here may have blanks in it.
    if (this.hasMarkup && (unit === LESS || unit === RIGHT_BRACKET)) this.unbrokenTo = end + MARKUP_LIMIT;
    this.units.push(unit);
    this.kinds.push(kind);
    this.starts.push(start);
    this.ends.push(end);
  }
}
