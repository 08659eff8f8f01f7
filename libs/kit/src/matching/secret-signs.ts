/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { isInsideWord, TOKEN_STARTS } from './token-starts.js';
import { ASSIGNED, CREDENTIAL } from './detection-reasons.js';
import { CURL, startsOfTriggers, triggerAt } from './trigger-words.js';
import { unitsOf } from './piece-units.js';

/** What pairs of units say may stand in a text: without the pair, none does. Bits. */
export const ADDRESS = 1;
export const JWT = 2;
export const SIGNATURE = 4;
export const SLACK = 8;
export const PRIVATE = 16;
const TOKEN = 32;
const TRIGGER = 64;
/** Marks of tokens begin at this bit; see find-marked-tokens. */
const MARKS_SHIFT = 8;

const DIGITS = [...'0123456789'];
const HEX = [...DIGITS, ...'abcdef'];
/** Pairs of `find-marked-tokens`, in its order: the common marks, then the rare ones. */
const MARKS: readonly (readonly string[])[] = [
  ['Q~'],
  DIGITS.map((digit) => `${digit}|`),
  [':A'],
  HEX.map((digit) => `${digit}.`),
  HEX.map((digit) => `${digit}-`),
  DIGITS.map((digit) => `${digit}/`),
  ['sv'],
  ['_m'],
  ['6~'],
  ['NR'],
  ['yJ'],
  ['_s'],
  ['.a'],
];

const ASCII = 128;
const ASCII_SHIFT = 7;
/** What pairs say, and 32 bits of what may come third where a token or a trigger begins so: such pairs stand in every text. */
const SIGNS = [0];
const THIRDS = [0];
/** For each pair the place of what it says: bytes, of which the nearest cache holds all that a text has. */
const PAIRS = new Uint8Array(ASCII * ASCII);
/** Units beyond ASCII that triggers begin with, or that are another form of a letter of theirs. */
const OTHERS = new Uint8Array(0x10000);

const said = new Map<number, { signs: number; thirds: number }>();

function put(units: string, sign: number): void {
  const [first, second] = [units.charCodeAt(0), units.charCodeAt(1)];
  if (first < ASCII && second < ASCII) {
    const pair = (first << ASCII_SHIFT) | second;
    const { signs, thirds } = said.get(pair) ?? { signs: 0, thirds: 0 };
    const third = units.length > 2 ? 1 << (units.charCodeAt(2) & 31) : -1;
    const isBegin = sign === TOKEN || sign === TRIGGER;
    said.set(pair, { signs: signs | sign, thirds: isBegin ? thirds | third : thirds });
  } else for (const unit of [first, second]) if (unit >= ASCII) OTHERS[unit] = 1;
}
put(':/', ADDRESS);
put('yJ', JWT);
put('g=', SIGNATURE);
put('ks', SLACK);
put('--', PRIVATE);
put('Pu', PRIVATE);
MARKS.forEach((pairs, mark) => {
  for (const pair of pairs) put(pair, 1 << (MARKS_SHIFT + mark));
});
for (const start of TOKEN_STARTS) put(start, TOKEN);
for (const start of startsOfTriggers()) put(start, TRIGGER);
for (const [pair, { signs, thirds }] of said) {
  const same = SIGNS.findIndex((other, place) => place > 0 && other === signs && THIRDS[place] === thirds);
  if (same < 0) THIRDS.push(thirds);
  PAIRS[pair] = same < 0 ? SIGNS.push(signs) - 1 : same;
}

/** Beyond all places in SIGNS. */
const OTHER = 0xff;
if (SIGNS.length > OTHER) throw new RangeError('too many pairs of units say something else');

export interface SecretSigns {
  /** Bits of what may stand there. */
  readonly signs: number;
  /** The reasons of all trigger words. */
  readonly triggers: number;
  /** Where tokens may begin, and where words begin that a value is assigned to; in order. */
  readonly tokens: readonly number[];
  readonly assigned: readonly number[];
  /** Where headers, schemes and programs are named that credentials follow, and where curl is. */
  readonly credentials: readonly number[];
  readonly curls: readonly number[];
}

/** What one pass over a text tells of the secrets that may be in it: most texts have hardly a sign. */
export function secretSigns(text: string): SecretSigns {
  const [pairs, units] = [PAIRS, unitsOf(text)];
  const tokens: number[] = [];
  const assigned: number[] = [];
  const credentials: number[] = [];
  const curls: number[] = [];
  const last = text.length - 1;
  let [signs, triggers] = [0, 0];
  let next = units[0]!;
  for (let at = 0; at < last; at++) {
    const unit = next;
    next = units[at + 1]!;
    const kind =
      (unit | next) < ASCII
        ? pairs[(unit << ASCII_SHIFT) | next]!
        : OTHERS[unit]! | OTHERS[next]!
          ? OTHER
          : 0;
    if (kind === 0) continue;
    const found = kind === OTHER ? TRIGGER : SIGNS[kind]!;
    signs |= found;
    if (kind !== OTHER && ((THIRDS[kind]! >>> (units[at + 2]! & 31)) & 1) === 0) continue;
    if ((found & TOKEN) !== 0 && !isInsideWord(text, at)) tokens.push(at);
    if ((found & TRIGGER) === 0) continue;
    const reasons = triggerAt(text, at);
    triggers |= reasons;
    if ((reasons & ASSIGNED) !== 0) assigned.push(at);
    if ((reasons & CREDENTIAL) !== 0) credentials.push(at);
    if ((reasons & CURL) !== 0) curls.push(at);
  }
  return { signs, triggers, tokens, assigned, credentials, curls };
}

/** Whether a mark of `find-marked-tokens` may stand there. */
export function mayHoldMark(signs: number, mark: number): boolean {
  return (signs & (1 << (MARKS_SHIFT + mark))) !== 0;
}
