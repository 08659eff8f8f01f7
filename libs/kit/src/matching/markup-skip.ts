/* eslint-disable @typescript-eslint/no-non-null-assertion -- tables of all states */
import { BLOCK_NAMES, BREAK_NAME, nameAfter } from './block-names.js';
import * as lines from './line-skip.js';
import { HYPHENS } from './markup-signs.js';

/**
 * Markup that is not seen between two letters, read unit by unit: a tag or comment as browsers tokenize HTML (its slash may be
 * escaped, as in strings of JSON), `[`, `]`, `![`, and behind `]` the address of a link `(…)` or its reference `[…]`. Source:
 * WHATWG HTML 13.2.5, CommonMark 6.3.
 */

/** Characters of markup between two units of an entry; so much text is held at most for markup that does not end. */
export const MARKUP_LIMIT = 256;
/** Parentheses within parentheses in an address. */
const DEPTH_LIMIT = 15;
// Own constants are folded into the code; imported ones would be looked up at every use.
const { BROKEN, HYPHEN_END, LINE, LINE_ESCAPE, LINE_RETURN } = lines;

/** A skip is one number: characters read, then these. */
const STATE_SHIFT = 9;
const COUNT_BITS = (1 << STATE_SHIFT) - 1;
const STATE_BITS = 63;
const DEPTH_SHIFT = 15;
const DEPTH_UNIT = 1 << DEPTH_SHIFT;
const DEPTH_BITS = 15;
const ESCAPED = 1 << 19;
const NAME_SHIFT = 20;
const NAME_BITS = 0xff;
const NAMED = NAME_BITS << NAME_SHIFT;
/** Beside the characters that a reading has left out: marks of emphasis are among them. */
export const MARKED = 1 << 28;
/** The tag is a line break; and it stands behind a hyphen, for whose line this is or is not the end. */
const BREAKS = 1 << 29;
const HYPHENED = 1 << 30;

/** States, more in line-skip; OVER is read to its end, CLOSED too, but it may go on. */
const OVER = 1;
const CLOSED = 2;
const IMAGE = 3;
const OPEN = 4;
/** `<\`, as strings of JSON may have it before a slash. */
const OPEN_ESCAPED = 5;
const END_TAG = 6;
const NAME = 7;
const BLANKS = 8;
const ATTRIBUTE = 9;
const EQUALS = 10;
const VALUE = 11;
const DOUBLE = 12;
const SINGLE = 13;
const DECLARED = 14;
const FIRST_DASH = 15;
const COMMENT_BEGUN = 16;
const COMMENT_DASH = 17;
const COMMENT = 18;
const DASH = 19;
const DASHES = 20;
const DASHES_BANG = 21;
const BOGUS = 22;
const ADDRESS_BEGUN = 23;
const ADDRESS = 24;
const ADDRESS_BLANKS = 25;
const ANGLES = 26;
const TITLE_DOUBLE = 27;
const TITLE_SINGLE = 28;
const TITLE_PARENTHESES = 29;
const REFERENCE = 30;
/** The fewest characters that end each state; of an address, for each open parenthesis. */
const LEAST = Uint8Array.from([
  ...[0, 0, 2, 1, 2, 2, 1, 1, 1, 1, 1, 1, 2, 2, 1, 1, 1, 1, 3, 2, 1],
  ...[1, 1, 1, 1, 1, 2, 2, 2, 2, 1],
  ...lines.LINE_LEAST,
]);

/** What a unit may be; a letter of another script, or half a pair, is none of these. */
const isBlank = (unit: number): boolean => unit === 0x20 || (unit >= 0x09 && unit <= 0x0d && unit !== 0x0b);
const isLetter = (unit: number): boolean => (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a);
const sign = (character: string): number => character.charCodeAt(0);
const [LESS, GREATER, SLASH, BANG, QUESTION] = [...'<>/!?'].map(sign) as [
  number,
  number,
  number,
  number,
  number,
];
const [EQUAL, QUOTATION, APOSTROPHE, HYPHEN, BACKSLASH] = [...'="\'-\\'].map(sign) as [
  number,
  number,
  number,
  number,
  number,
];
const [LEFT, RIGHT, LEFT_ROUND, RIGHT_ROUND] = [...'[]()'].map(sign) as [number, number, number, number];

const [FEED, RETURN] = [0x0a, 0x0d];

const BEGIN = new Map<number, number>([
  [LESS, OPEN],
  [LEFT, OVER],
  [RIGHT, CLOSED],
  [BANG, IMAGE],
  [FEED, LINE],
  [RETURN, LINE_RETURN],
  [BACKSLASH, LINE_ESCAPE],
  ...Array.from(HYPHENS, (hyphen) => [sign(hyphen), HYPHEN_END] as const),
]);

/** A skip that begins with this sign, for a reading that has left out `left` already, see `leftOut`; 0 = no room. */
export function beginSkip(unit: number, left: number): number {
  const count = Math.min(lengthOf(left) + 1, COUNT_BITS);
  return room((BEGIN.get(unit)! << STATE_SHIFT) | (left & MARKED) | count);
}

/** What a reading has left out with one mark of emphasis more; 0 = no room. */
export function markOn(left: number): number {
  return lengthOf(left) < MARKUP_LIMIT ? (left + 1) | MARKED : 0;
}

/** The skip after one more character (of a pair, its first half); 0 = it is none. */
export function nextSkip(skip: number, unit: number): number {
  return room(move(skip + 1, (skip >> STATE_SHIFT) & STATE_BITS, unit));
}

/** What a reading has left out that goes on behind it: how many characters, and MARKED. */
export const leftOut = (skip: number): number => skip & (COUNT_BITS | MARKED);
const lengthOf = (skip: number): number => skip & COUNT_BITS;
const nameOf = (skip: number): number => (skip >> NAME_SHIFT) & NAME_BITS;
/** The two differ in their lengths at most. */
export const isAlike = (one: number, other: number): boolean => ((one ^ other) & ~COUNT_BITS) === 0;
/** The text may go on behind it. */
export function isOver(skip: number): boolean {
  const state = (skip >> STATE_SHIFT) & STATE_BITS;
  return state === OVER || state === CLOSED || lines.endsLine(state);
}
/** Blanks of the text, behind the sign that a line begins with. */
export const isIndented = (skip: number): boolean => lines.isIndented((skip >> STATE_SHIFT) & STATE_BITS);
/** It cannot go on itself. */
export const isDone = (skip: number): boolean => ((skip >> STATE_SHIFT) & STATE_BITS) === OVER;

/** Whether it is, or can only become, a tag that begins a new line. */
export function isBlock(skip: number): boolean {
  if (!BLOCK_NAMES.has(nameOf(skip))) return false;
  const isOpen = ((skip >> STATE_SHIFT) & STATE_BITS) === NAME;
  return !isOpen || MARKUP_LIMIT - lengthOf(skip) < 2;
}

/** Of such a tag, whether it is a line break. */
export const isBreak = (skip: number): boolean => nameOf(skip) === BREAK_NAME;

/** The same tag, once its name has been asked about. */
export function withoutName(skip: number): number {
  const rest = skip & ~NAMED;
  return isBreak(skip) ? (rest & ~HYPHENED) | BREAKS : rest;
}

/** Behind a hyphen, whose line must end. */
export const isHyphened = (skip: number): boolean => (skip & HYPHENED) !== 0;

/** What comes behind a tag that has been read: the end of the line that its hyphen waits for, or that its break may have. */
export function behindTag(skip: number): number {
  if (!isDone(skip) || (skip & (BREAKS | HYPHENED)) === 0) return skip;
  const rest = skip & ~(BREAKS | HYPHENED);
  return room(to(rest, (skip & HYPHENED) === 0 ? BROKEN : HYPHEN_END));
}

/** 0 unless what ends it has room. */
function room(skip: number): number {
  const state = (skip >> STATE_SHIFT) & STATE_BITS;
  const isOpen = state >= ADDRESS_BEGUN && state <= ADDRESS_BLANKS;
  const least = isOpen ? (skip >> DEPTH_SHIFT) & DEPTH_BITS : LEAST[state]!;
  const needed = least + ((skip & ESCAPED) === 0 ? 0 : 1) + ((skip & HYPHENED) === 0 ? 0 : 1);
  const isLong = lengthOf(skip) + (isOver(skip) ? 0 : needed) > MARKUP_LIMIT;
  return skip === 0 || state === 0 || isLong ? 0 : skip;
}

function to(skip: number, state: number): number {
  return (skip & ~(STATE_BITS << STATE_SHIFT)) | (state << STATE_SHIFT);
}

function move(skip: number, state: number, unit: number): number {
  if (state >= LINE) return moveInLine(skip, state, unit);
  if (state >= ADDRESS_BEGUN) return moveInLink(skip, state, unit);
  if (state >= DECLARED) return moveInComment(skip, state, unit);
  switch (state) {
    case CLOSED:
      if (unit === LEFT) return to(skip, REFERENCE);
      return unit === LEFT_ROUND ? to(skip, ADDRESS_BEGUN) + DEPTH_UNIT : 0;
    case IMAGE:
      return unit === LEFT ? to(skip, OVER) : 0;
    case OPEN:
      if (isLetter(unit)) return named(to(skip, NAME), unit, 0);
      if (unit === SLASH) return to(skip, END_TAG);
      if (unit === BACKSLASH) return to(skip, OPEN_ESCAPED);
      return unit === BANG ? to(skip, DECLARED) : unit === QUESTION ? to(skip, BOGUS) : 0;
    case OPEN_ESCAPED:
      return unit === SLASH ? to(skip, END_TAG) : 0;
    case END_TAG:
      if (isLetter(unit)) return named(to(skip, NAME), unit, 0);
      return to(skip, unit === GREATER ? OVER : BOGUS);
    case OVER:
      return 0;
    default:
      return moveInTag(skip, state, unit);
  }
}

function named(skip: number, unit: number, before: number): number {
  // That of `<br\/>` in a string of JSON.
  if (unit === BACKSLASH) return skip;
  return (skip & ~NAMED) | (nameAfter(before, unit) << NAME_SHIFT);
}

function moveInTag(skip: number, state: number, unit: number): number {
  if (state === DOUBLE) return unit === QUOTATION ? to(skip, BLANKS) : skip;
  if (state === SINGLE) return unit === APOSTROPHE ? to(skip, BLANKS) : skip;
  if (unit === GREATER) return to(skip, OVER);
  const isGap = isBlank(unit);
  switch (state) {
    case NAME:
      return isGap || unit === SLASH ? to(skip, BLANKS) : named(skip, unit, nameOf(skip));
    case BLANKS:
      return isGap || unit === SLASH ? skip : to(skip, ATTRIBUTE);
    case ATTRIBUTE:
      return unit === SLASH ? to(skip, BLANKS) : unit === EQUAL ? to(skip, EQUALS) : skip;
    case EQUALS:
      if (isGap) return skip;
      return to(skip, unit === QUOTATION ? DOUBLE : unit === APOSTROPHE ? SINGLE : VALUE);
    default:
      return isGap ? to(skip, BLANKS) : skip;
  }
}

function moveInComment(skip: number, state: number, unit: number): number {
  const isDash = unit === HYPHEN;
  if (unit === GREATER && state !== COMMENT && state !== DASH) return to(skip, OVER);
  switch (state) {
    case DECLARED:
      return to(skip, isDash ? FIRST_DASH : BOGUS);
    case FIRST_DASH:
      return to(skip, isDash ? COMMENT_BEGUN : BOGUS);
    case COMMENT_BEGUN:
      return to(skip, isDash ? COMMENT_DASH : COMMENT);
    case COMMENT_DASH:
    case DASH:
      return to(skip, isDash ? DASHES : COMMENT);
    case DASHES:
      return isDash ? skip : to(skip, unit === BANG ? DASHES_BANG : COMMENT);
    case BOGUS:
      return skip;
    default:
      return to(skip, isDash ? DASH : COMMENT);
  }
}

function moveInLine(skip: number, state: number, unit: number): number {
  if (state === HYPHEN_END && unit === LESS) return to(skip, OPEN) | HYPHENED;
  const next = lines.lineState(state, unit);
  return next === 0 ? 0 : to(skip, next);
}

function moveInLink(skip: number, state: number, unit: number): number {
  if ((skip & ESCAPED) !== 0) return skip & ~ESCAPED;
  if (unit === BACKSLASH) return (state <= ADDRESS_BLANKS ? to(skip, ADDRESS) : skip) | ESCAPED;
  switch (state) {
    case ADDRESS_BEGUN:
      if (isBlank(unit)) return skip;
      return unit === LESS ? to(skip, ANGLES) : moveInAddress(to(skip, ADDRESS), unit);
    case ADDRESS:
      return moveInAddress(skip, unit);
    case ADDRESS_BLANKS:
      if (isBlank(unit)) return skip;
      if (unit === QUOTATION) return to(skip, TITLE_DOUBLE);
      if (unit === APOSTROPHE) return to(skip, TITLE_SINGLE);
      return unit === LEFT_ROUND ? to(skip, TITLE_PARENTHESES) : moveInAddress(to(skip, ADDRESS), unit);
    case ANGLES:
      return unit === GREATER ? to(skip, ADDRESS_BLANKS) : skip;
    case TITLE_DOUBLE:
      return unit === QUOTATION ? to(skip, ADDRESS_BLANKS) : skip;
    case TITLE_SINGLE:
      return unit === APOSTROPHE ? to(skip, ADDRESS_BLANKS) : skip;
    case TITLE_PARENTHESES:
      return unit === RIGHT_ROUND ? to(skip, ADDRESS_BLANKS) : skip;
    default:
      return unit === LEFT ? 0 : unit === RIGHT ? to(skip, OVER) : skip;
  }
}

/** Parentheses in an address are in pairs; blanks end it outside of them. */
function moveInAddress(skip: number, unit: number): number {
  const depth = (skip >> DEPTH_SHIFT) & DEPTH_BITS;
  if (unit === LEFT_ROUND) return depth === DEPTH_LIMIT ? 0 : skip + DEPTH_UNIT;
  if (unit === RIGHT_ROUND) return depth === 1 ? to(skip, OVER) : skip - DEPTH_UNIT;
  return depth === 1 && isBlank(unit) ? to(skip, ADDRESS_BLANKS) : skip;
}
