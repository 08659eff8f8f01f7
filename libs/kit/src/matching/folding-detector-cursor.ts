/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in a loop where a check costs */
import type { DetectorKind } from './detector-kinds.js';
import { DetectorCursor, type OnDetection } from './detector-cursor.js';
import { isDigit } from './finding.js';
import { LeftOut } from './left-out.js';
import { unitsOf } from './piece-units.js';

const MAPPED = 1;
const UNSEEN = 2;
const FIRST = 0xa0;
/** Between these two nothing is written otherwise: most of Chinese. */
const LAST_LOW = 0x3000;
const FIRST_HIGH = 0xfe00;
const BLANKS = '\u00a0\u2002\u2003\u2004\u2005\u2007\u2008\u2009\u200a\u202f\u205f\u3000';
const HYPHENS = '\u2010\u2011\u2012\u2013\u2212\uff0d';
const WIDE = 0xfee0;
const WIDE_SIGNS = '＋．＠＿';
const WIDE_ALPHANUMERIC = /^[０-９Ａ-Ｚａ-ｚ]$/;
/** Default_Ignorable_Code_Point of Unicode, and what some fonts show as nothing. */
const NOT_SEEN = /^\p{Default_Ignorable_Code_Point}$/u;

/** What each unit is to a detector: nothing that it asks for as it is, if it passes for ASCII; or not seen at all. */
const KINDS = new Uint8Array(0x10000);
/** What the mapped ones pass for. */
const PLAIN = new Map<number, number>();
for (let unit = FIRST; unit < 0x10000; unit++) {
  const character = String.fromCharCode(unit);
  if (BLANKS.includes(character)) PLAIN.set(unit, 0x20);
  else if (HYPHENS.includes(character)) PLAIN.set(unit, 0x2d);
  else if (WIDE_ALPHANUMERIC.test(character) || WIDE_SIGNS.includes(character)) PLAIN.set(unit, unit - WIDE);
  if (PLAIN.has(unit)) KINDS[unit] = MAPPED;
  else if (NOT_SEEN.test(character)) KINDS[unit] = UNSEEN;
}

/**
 * Detectors over a text that is written otherwise: full-width letters and digits, blanks and hyphens that do not break,
 * and what is not seen between two digits. Offsets are of the text as it is. For the rest see `DetectorCursor`.
 */
export class FoldingDetectorCursor {
  private readonly cursor: DetectorCursor;
  private readonly leftOut = new LeftOut();
  /** Units behind a digit that are not seen: left out if another digit follows. */
  private pending = '';
  private last = 0;

  constructor(kinds: ReadonlySet<DetectorKind>) {
    this.cursor = new DetectorCursor(kinds);
  }

  get position(): number {
    return this.leftOut.startOf(this.cursor.position) + this.pending.length;
  }

  /** What is being withheld until its end; nothing of it is kept. */
  get swallowing(): DetectorCursor['swallowing'] {
    const { swallowing } = this.cursor;
    if (!swallowing || this.leftOut.isEmpty) return swallowing;
    return { kind: swallowing.kind, start: this.leftOut.startOf(swallowing.start) };
  }

  /** @param given the units of the piece, see `DetectorCursor` */
  feed(piece: string, report: OnDetection, given?: Uint16Array): boolean {
    const { length } = piece;
    const units = given ?? unitsOf(piece);
    if (this.pending === '' && isPlain(units, length)) {
      if (length === 0) return true;
      this.last = units[length - 1]!;
      if (this.leftOut.isEmpty) return this.cursor.feed(piece, report, given);
      return this.feedPlain(piece, report);
    }
    return this.feedPlain(this.plainOf(piece), report);
  }

  finish(report: OnDetection): boolean {
    const { pending } = this;
    this.pending = '';
    if (pending !== '' && !this.cursor.feed(pending, this.placed(report))) return false;
    return this.cursor.finish(this.placed(report));
  }

  undecidedFrom(): number {
    const undecided = this.cursor.undecidedFrom();
    return this.leftOut.isEmpty ? undecided : this.leftOut.startOf(undecided);
  }

  private feedPlain(plain: string, report: OnDetection): boolean {
    if (plain === '') return true;
    this.last = plain.charCodeAt(plain.length - 1);
    const goesOn = this.cursor.feed(plain, this.placed(report));
    if (!this.leftOut.isEmpty && !this.cursor.swallowing) this.leftOut.forget(this.cursor.undecidedFrom());
    return goesOn;
  }

  private placed(report: OnDetection): OnDetection {
    const { leftOut } = this;
    if (leftOut.isEmpty) return report;
    return (kind, start, end) => report(kind, leftOut.startOf(start), leftOut.endOf(end));
  }

  private plainOf(piece: string): string {
    const swallowing = this.cursor.swallowing !== undefined;
    let text = '';
    let last = this.last;
    for (let i = 0; i < piece.length; i++) {
      const raw = piece.charCodeAt(i);
      if (KINDS[raw] === UNSEEN && isDigit(last) && !swallowing) {
        this.pending += piece[i];
        continue;
      }
      const unit = PLAIN.get(raw) ?? raw;
      if (this.pending !== '') {
        if (isDigit(unit)) this.leftOut.add(this.cursor.position + text.length, this.pending.length);
        else text += this.pending;
        this.pending = '';
      }
      text += String.fromCharCode(unit);
      last = unit;
    }
    return text;
  }
}

function isPlain(units: Uint16Array, length: number): boolean {
  for (let i = 0; i < length; i++) {
    const unit = units[i]!;
    if (unit >= FIRST && (unit <= LAST_LOW || unit >= FIRST_HIGH) && KINDS[unit] !== 0) return false;
  }
  return true;
}
