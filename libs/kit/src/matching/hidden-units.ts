import { isAlphanumeric, isDigit } from './finding.js';

/** `more`: it may go on; `none`: the unit is none of it, and what came before is text as it stands. */
export type EscapeState = 'more' | 'none' | { readonly unit: number; readonly takes: boolean };

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
export const BARE = '/_@-';
const OF_UNICODE = /^\\(?:u[0-9a-f]{0,4}|x[0-9a-f]{0,2})$/i;
const WHOLE = /^\\(?:u[0-9a-f]{4}|x[0-9a-f]{2})$/i;
const OF_REFERENCE = /^&(?:#(?:[0-9]{0,7}|x[0-9a-f]{0,6}))?$/i;
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
  if (OF_UNICODE.test(all)) return WHOLE.test(all) ? standsFor(all.slice(2), 16, true) : 'more';
  if (OF_REFERENCE.test(all)) return 'more';
  if (escape === '\\') return BARE.includes(character) && isGraph(before) ? { unit, takes: true } : 'none';
  if (!NUMBER.test(escape)) return 'none';
  const isHex = escape[2] === 'x' || escape[2] === 'X';
  return standsFor(escape.slice(isHex ? 3 : 2), isHex ? 16 : 10, character === ';');
}

function standsFor(digits: string, radix: number, takes: boolean): EscapeState {
  const unit = Number.parseInt(digits, radix);
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
