import {
  ADDRESS,
  ASSIGNED,
  CONNECTION,
  EMAIL,
  IBAN,
  NUMBER,
  PASSPHRASE,
  PHONE,
  TOKEN,
} from './detection-reasons.js';
import { LONGEST_NUMBER } from './find-numbers.js';
import { KINDS } from './plain-units.js';
import { CLASSES } from './trigger-words.js';

/** A stretch of text that is decided about as a whole: a run without blanks, or several that belong together. */
export interface Region {
  readonly start: number;
  /** Union of the traits of its units. */
  seen: number;
  digits: number;
  /** Blanks at its end. */
  blanks: number;
  /** Its last unit. */
  last: number;
  /** Of the words in it and before it. */
  reasons: number;
  curl: boolean;
  /** Length at which a part of it is decided. */
  limit: number;
}

export const LOWER = 1;
export const UPPER = 2;
export const DIGIT = 4;
const AT = 8;
const COLON = 16;
const DOT = 32;
const PLUS = 64;
const OTHER_MARK = 128;
export const GRAPH = LOWER | UPPER | DIGIT | AT | COLON | DOT | PLUS | OTHER_MARK;
export const BLANK = 256;

/** What a unit is; 0 for what ends every run: line breaks, and everything that is not ASCII. */
export const TRAITS = Uint16Array.from({ length: 65536 }, (_, unit) => {
  if (unit === 0x20 || unit === 0x09) return BLANK;
  if (unit < 0x21 || unit > 0x7e) return 0;
  if (unit >= 0x30 && unit <= 0x39) return DIGIT;
  if (unit >= 0x41 && unit <= 0x5a) return UPPER;
  if (unit >= 0x61 && unit <= 0x7a) return LOWER;
  return { 64: AT, 58: COLON, 46: DOT, 43: PLUS }[unit] ?? OTHER_MARK;
});

export const TRAIT_BITS = 0x1ff;
export const CLASS_SHIFT = 9;
export const CLASS_BITS = 0x3f;
/** Of a unit's facts: it may be read otherwise than it stands, see plain-units. */
export const OTHERWISE = 1 << 15;
/** Trait, class in trigger words and OTHERWISE of a unit, so that the fast loop reads one place of memory. */
export const FACTS = TRAITS.map(
  (trait, unit) => trait | ((CLASSES[unit] ?? 0) << CLASS_SHIFT) | ((KINDS[unit] ?? 0) === 0 ? 0 : OTHERWISE),
);

/** How long figures may get before a part of them is decided. */
export const FIGURES = 64;
/** The longest phone number, and what of a run without letters may begin something that has some. */
const LONGEST_FIGURE = 136;

/** Letters and marks, in so few units that no detector asks for them, and that end at the next blank. */
export const PLAIN = LOWER | UPPER | DOT | OTHER_MARK;
export const PLAIN_RUN = 15;

/** Of such units alone, and not told by words: when it ends, nothing is asked about it. */
export function isPlain({ start, seen, blanks, reasons, curl }: Region, position: number): boolean {
  const isShort = position - start <= PLAIN_RUN;
  return isShort && (seen & ~PLAIN) === 0 && blanks === 0 && reasons === 0 && !curl;
}

export function plainRegion(start: number, seen: number, last: number): Region {
  return { start, seen, digits: 0, blanks: 0, last, reasons: 0, curl: false, limit: FIGURES };
}

/** Neither words nor what is told by words: only numbers and addresses can be in it. */
export function isFigures({ seen, reasons, curl }: Region): boolean {
  return reasons === 0 && !curl && (seen & (LOWER | UPPER | AT | COLON)) === 0;
}

/** Where in figures that go on at `position` something may begin that is not complete yet. */
export function undecidedFigures(region: Region, position: number, near: (length: number) => string): number {
  const far = position - LONGEST_FIGURE;
  if ((region.seen & PLUS) !== 0) return far;
  const text = near(LONGEST_FIGURE);
  const run = position - text.length + 1 + Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t'));
  return Math.min(position - LONGEST_NUMBER - 1, Math.max(run, far));
}

/** The region from a later start on. */
export function shortened(region: Region, start: number, text: string): Region {
  let seen = 0;
  let digits = 0;
  for (let i = 0; i < text.length; i++) {
    const trait = TRAITS[text.charCodeAt(i)] ?? 0;
    seen |= trait;
    if ((trait & DIGIT) !== 0) digits++;
  }
  return { ...region, start, seen, digits, limit: text.length + FIGURES / 2 };
}

const LONG_RUN = 16;
const MIXED_RUN = 8;
const SHORTEST_NUMBER = 7;
/** Of a number whose first group is in brackets. */
const AREA_DIGITS = 3;
/** How many blanks may part a value from the end of its line. */
const LINE_BLANKS = 9;
const LONGEST_IBAN = 42;
const IBAN_SO_FAR = /[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){0,7}$/;
const NUMBERED_WORD = 16;
const NUMBERED = /(?:^|[^!-~])(?![A-Za-z]{2}[0-9]{2})[A-Za-z]{1,15}[0-9]{1,15}$/;
const PHRASE_SO_FAR =
  /pass[ -]?phrase["'`*]{0,3}(?:[ \t]{0,3}(?:=>|[:=：＝])[ \t]{0,3}|[ \t]{1,3}(?:is|was)[ \t:]{1,3})[*"'`“]{0,2}(?:[A-Za-z]{3,16}[ \t_-]{1,2}){0,11}[A-Za-z]{0,16}[ \t_-]{0,8}$/iu;
const LONGEST_PHRASE = 300;
const USER_AND_PASSWORD = /^[^\s:]{0,128}:[^\r\n]{0,256}$/;
const LONGEST_QUOTE = 400;
/** The hyphens of SSH2 stand apart: a region begins behind them. */
const HEADER_SO_FAR = /(?:(?:^|-----)BEGIN(?: [A-Z0-9]{0,16}){0,6}|PuTTY-User-Key-File-[0-9]: ?)$/i;
const AUTHORITY_SO_FAR = /:\/\/[^\s/?#"'`<>，。；、）:]{0,128}:[^\s/?#"'`<>，。；、）]{0,512}$/;
const AUTHORITY_END = '，。；、）';

/** Why detectors are to be asked about a region, by what it is made of. */
export function reasonsIn(region: Region, length: number): number {
  const { seen, digits } = region;
  let reasons = region.reasons;
  if ((seen & AT) !== 0) reasons |= EMAIL;
  if (digits >= SHORTEST_NUMBER) {
    reasons |= NUMBER;
    if ((seen & PLUS) !== 0) reasons |= PHONE;
    if ((seen & (UPPER | LOWER)) !== 0) reasons |= IBAN;
  }
  if ((seen & COLON) !== 0) {
    reasons |= ADDRESS;
    if ((seen & OTHER_MARK) !== 0) reasons |= CONNECTION;
  }
  if ((seen & DOT) !== 0 && digits >= 4) reasons |= ADDRESS;
  const letters = (seen & (UPPER | LOWER)) !== 0;
  if (letters && (length >= LONG_RUN || (length >= MIXED_RUN && digits > 0))) reasons |= TOKEN;
  return reasons;
}

/** True when `unit`, which follows a blank or is none of a run, may belong to what the region began. */
export function mayGoOn(
  region: Region,
  unit: number,
  trait: number,
  header: boolean,
  near: (length: number) => string,
  position: number,
): boolean {
  const length = position - region.start;
  if (trait === 0) return unit >= 0x80 && insideText(region, unit, length, near);
  if (header && HEADER_SO_FAR.test(near(Math.min(length, 96)))) return true;
  if (
    (region.reasons & PASSPHRASE) !== 0 &&
    length < LONGEST_PHRASE &&
    PHRASE_SO_FAR.test(near(LONGEST_PHRASE))
  )
    return true;
  if (region.curl && length < LONGEST_QUOTE && inQuotes(near(length))) return true;
  if ((trait & BLANK) !== 0) {
    if ((region.reasons & ASSIGNED) !== 0) return region.blanks < LINE_BLANKS;
    return region.blanks === 0 && unit === 0x20 && mayBeGroup(region, length, near);
  }
  if (region.blanks !== 1) return false;
  if ((trait & DIGIT) !== 0) return endsGroup(region, length, near);
  if (unit === 0x28) return (region.seen & PLUS) !== 0;
  return (trait & UPPER) !== 0 && isIban(region, length, near);
}

/** Where text of other scripts belongs to it: in a password of a URL, or in quotes. */
function insideText(region: Region, unit: number, length: number, near: (length: number) => string): boolean {
  if (region.blanks === 0 && (region.seen & COLON) !== 0 && (region.seen & OTHER_MARK) !== 0) {
    if (
      !AUTHORITY_END.includes(String.fromCharCode(unit)) &&
      AUTHORITY_SO_FAR.test(near(Math.min(length, 700)))
    )
      return true;
  }
  return region.curl && length < LONGEST_QUOTE && inQuotes(near(length));
}

/** Within the quotes of `user:two words`. */
function inQuotes(text: string): boolean {
  const quote = Math.max(text.lastIndexOf('"'), text.lastIndexOf("'"));
  return quote >= 0 && USER_AND_PASSWORD.test(text.slice(quote + 1));
}

function mayBeGroup(region: Region, length: number, near: (length: number) => string): boolean {
  return endsGroup(region, length, near) || isIban(region, length, near);
}

/** After a digit, the X of a resident id, or a bracket of a phone number. */
function endsGroup(region: Region, length: number, near: (length: number) => string): boolean {
  const last = region.blanks === 0 ? region.last : near(2).charCodeAt(0);
  if (TRAITS[last] === DIGIT) return !isNumberedWord(region, length, near);
  if (last === 0x58 || last === 0x78) return region.digits > 0;
  if (last === 0x29) return (region.seen & PLUS) !== 0 || region.digits >= AREA_DIGITS;
  return isIban(region, length, near);
}

/** `Q3`, `w0`: digits within a word begin no number, and no account's begins so. */
function isNumberedWord({ seen, blanks }: Region, length: number, near: (length: number) => string): boolean {
  const isWord = (seen & ~(LOWER | UPPER | DIGIT)) === 0 && (seen & (LOWER | UPPER)) !== 0;
  return isWord && blanks === 0 && length <= NUMBERED_WORD && NUMBERED.test(near(length + 1));
}

function isIban(region: Region, length: number, near: (length: number) => string): boolean {
  if ((region.seen & UPPER) === 0 || region.digits < 2) return false;
  return IBAN_SO_FAR.test(near(Math.min(length, LONGEST_IBAN)).trimEnd());
}
