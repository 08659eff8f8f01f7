import { isAlphanumeric, isDigit } from './finding.js';
import { FORMULA_HALF, KINDS, PLAIN_UNITS, UNSEEN } from './plain-units.js';
import { REFERENCE_BEGINNINGS, REFERENCES } from './reference-names.js';

/**
 * `more`: it may go on; `none`: the unit is none of it, and what came before is text as it stands. A `unit` of NOTHING:
 * what is not seen.
 */
export type EscapeState = 'more' | 'none' | { readonly unit: number; readonly takes: boolean };

export const NOTHING = -1;

const BLANK = 0x20;
const UNSEEN_RUN = /^[^*~`_]+$/;
/** Marks of emphasis, deletion and code; one `_` or `~` belongs to names and keys. */
const MARKS = /^(?:[*`]|~~+|__+)+$/;
const VISIBLE = /[*~`_]/g;
/** Longest run that is taken out. */
export const HIDDEN_LIMIT = 256;
/** What parts of addresses and keys are joined by. */
const JOINTS = '@-_/+=';
/** Between digits alone: behind a word these end a clause. */
const STOPS = '.:';
/** What a reader of Markdown or JSON shows without the backslash before it. */
export const BARE = '/_@-.';
/** Of a string of JSON; one within another, and one more, doubles the backslashes. `%40`: of addresses. */
const OF_UNICODE = /^(?:\\{2,4}|\\{1,4}(?:u[0-9a-f]{0,4}|x[0-9a-f]{0,2})|%[0-9a-f]{0,2})$/i;
const WHOLE = /^(?:\\+(?:u([0-9a-f]{4})|x([0-9a-f]{2}))|%([0-9a-f]{2}))$/i;
const BACKSLASHES = /^\\+$/;
const OF_REFERENCE = /^&(?:#(?:[0-9]{0,7}|x[0-9a-f]{0,6}))?$/i;
const NAME = /^&[a-z][a-z0-9]*;?$/i;
const NUMBER = /^&#(?:x(?=[0-9a-f])|(?=[0-9]))[0-9a-f]+$/i;

export interface Surroundings {
  /** The unit before and the one behind. */
  readonly before: number;
  readonly after: number;
  /** Whether something that goes on behind blanks has begun. */
  readonly isOpen: boolean;
  /** Whether the text is already read otherwise. */
  readonly isForked: boolean;
}

/** Whether a run of marks and units that are not seen may be none of the number, address or key around it. */
export function isHidden(run: string, { before, after, isOpen, isForked }: Surroundings): boolean {
  const opens = before === BLANK && isOpen;
  const closes = after === BLANK && (isForked || isDigit(before));
  if (UNSEEN_RUN.test(run)) return (isGraph(before) || opens) && (isGraph(after) || closes);
  if (!MARKS.test((run.match(VISIBLE) ?? []).join(''))) return false;
  if (isAlphanumeric(before)) return closes || joins(after, isForked || isDigit(before));
  return isAlphanumeric(after) && (opens || joins(before, isForked || isDigit(after)));
}

/** Whether such a run may begin behind a unit. */
export function mayHide(before: number, isMark: boolean, isOpen: () => boolean): boolean {
  if (before === BLANK) return isOpen();
  return isMark ? joins(before, true) : isGraph(before);
}

/** What `escape` with one more unit stands for; `takes`: whether the unit is part of it. */
export function readOn(escape: string, unit: number, before: number): EscapeState {
  const character = String.fromCharCode(unit);
  const all = escape + character;
  if (escape.charCodeAt(0) === FORMULA_HALF) return ofFormula(all);
  if (OF_UNICODE.test(all)) {
    const [, unicode, hex, percent] = WHOLE.exec(all) ?? [];
    const digits = unicode ?? hex ?? percent;
    return digits === undefined ? 'more' : standsFor(Number.parseInt(digits, 16), true);
  }
  if (OF_REFERENCE.test(all)) return 'more';
  if (NAME.test(all)) return named(all.slice(1));
  if (BACKSLASHES.test(escape))
    return BARE.includes(character) && isGraph(before) ? { unit, takes: true } : 'none';
  if (!NUMBER.test(escape)) return 'none';
  const isHex = escape[2] === 'x' || escape[2] === 'X';
  return standsFor(Number.parseInt(escape.slice(isHex ? 3 : 2), isHex ? 16 : 10), character === ';');
}

/** A letter or digit of a formula, in its two units. */
function ofFormula(pair: string): EscapeState {
  const plain = pair.normalize('NFKD');
  return plain.length === 1 && isAlphanumeric(plain.charCodeAt(0))
    ? { unit: plain.charCodeAt(0), takes: true }
    : 'none';
}

/** `&commat;`; without the semicolon a name is none. */
function named(name: string): EscapeState {
  if (!name.endsWith(';')) return REFERENCE_BEGINNINGS.has(name) ? 'more' : 'none';
  const value = REFERENCES.get(name.slice(0, -1));
  return value === undefined ? 'none' : standsFor(value, true);
}

function standsFor(value: number, takes: boolean): EscapeState {
  if (KINDS[value] === UNSEEN) return { unit: NOTHING, takes };
  const unit = PLAIN_UNITS.get(value) ?? value;
  const isPart = isAlphanumeric(unit) || unit === BLANK || joins(unit, true);
  return isPart ? { unit, takes } : 'none';
}

export function joins(unit: number, stops: boolean): boolean {
  if (isAlphanumeric(unit)) return true;
  const character = String.fromCharCode(unit);
  return JOINTS.includes(character) || (stops && STOPS.includes(character));
}

function isGraph(unit: number): boolean {
  return unit > 0x20 && unit < 0x7f;
}
