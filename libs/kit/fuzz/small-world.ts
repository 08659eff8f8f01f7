import { HOMOGLYPH, LEET } from '../src/matching/fold-names.js';
import type { MatcherEntry } from '../src/matching/matcher.js';
import { addressEnds } from './markup-by-definition.js';

export const SPACED = 1;
export const UNSPACED = 2;

/** The whole world of the definition: characters and what the base folds make of them. */
export const FOLDED: Record<string, string> = {
  ...{ c: 'c', o: 'o', C: 'c', ｏ: 'o', ó: 'o', с: 'с', о: 'о', '0': '0', 中: '中', 國: '国', 国: '国' },
  ...{
    ' ': ' ',
    '\n': ' ',
    '\r': ' ',
    '-': '-',
    '，': ',',
    '*': '*',
    '😀': '😀',
    '\u200b': '',
    '\u00ad': '',
    '\u0301': '',
  },
  ...{ _: '_', '\\': '\\', '&': '&', '#': '#', ';': ';', u: 'u' },
};
export const CHARACTERS = Object.keys(FOLDED);
/** What a text is made of beside single characters. */
export const SEQUENCES = [
  '\\u0063',
  '&#99;',
  '&#111;',
  '\\-',
  '&shy;',
  '&#99',
  '&#111',
  '&shy',
  '\\n',
  '\r\n',
  '中\n国',
  '-\n',
  '\u00ad\n',
  '\\r\\n',
  'c_o',
  '\\t',
  '\\u200b',
  '\\u4e2d',
  '\\\n',
  'cc',
  'ccc',
  'oo',
  'c-o',
  'c o',
  '中*',
];
/** Markup, whole and in parts. */
export const MARKUP_PARTS = [
  ...[
    '<b>',
    '</c>',
    '<\\/c>',
    '<br>',
    '<c o>',
    '<c o="c',
    '<!--o-->',
    '<!--',
    '-->',
    '<',
    '>',
    '<b',
    '"',
    "'",
    '=',
    '/',
  ],
  ...['[', ']', '](c)', '](', ' "', ')', '(', '][', '!', '![', '\n> ', '\n//', '<br>\n'],
];
/** What ends markup that is open. */
const MARKUP_ENDS = [
  ...['/>', '>', 'x>', '">', "'>", '->', '-->', ')', '))', ')))', '")', "')", '>)', 'x)', ']', 'x]', '['],
];
/** Of what entries are made: letters of two kinds, with blanks inside. */
export const LETTERS = ['c', 'o', '中', '国'];

export const PASSES_FOR: Record<string, readonly (readonly [string, number])[]> = {
  с: [['c', HOMOGLYPH]],
  о: [['o', HOMOGLYPH]],
  c: [['с', HOMOGLYPH]],
  o: [['о', HOMOGLYPH]],
  '0': [['o', LEET]],
  '<': [['c', LEET]],
  '(': [['c', LEET]],
};
export interface Unit {
  readonly unit: string;
  readonly start: number;
  readonly end: number;
  readonly isClause: boolean;
  /** Lines that end in it. */
  readonly lines: number;
}

export function classOf(unit: string | undefined): number {
  if (unit === undefined) return 0;
  if (unit === '中' || unit === '国') return UNSPACED;
  return /^[\p{L}\p{N}]$/u.test(unit) ? SPACED : 0;
}

/** Ends a clause where it stands as it is. */
export const isClauseEnd = (unit: string): boolean => ',;:!?<>[](){}"'.includes(unit);

export const isForeign = (unit: string): boolean => unit === 'с' || unit === 'о';

export function unitsOf(text: string): Unit[] {
  const units: Unit[] = [];
  let at = 0;
  let seen = '';
  for (const character of text) {
    const unit = FOLDED[character] ?? (character < '\x80' ? character : '\ufffd');
    const end = at + character.length;
    const last = units.at(-1);
    const isEnd = character === '\n' || character === '\r';
    const isClause = isClauseEnd(unit || 'x') || isEnd;
    const lines = isEnd && !(character === '\n' && seen === '\r') ? 1 : 0;
    if (unit !== '') seen = character;
    if (unit === ' ' && last?.unit === ' ') {
      // A run of blanks is one; a line that ends in it ends for all.
      units[units.length - 1] = {
        ...last,
        isClause: last.isClause || isClause,
        lines: last.lines + lines,
      };
    } else if (unit !== '') units.push({ unit, start: at, end, isClause, lines });
    at = end;
  }
  return units;
}

/** Lines that end in the blanks within which this is; one, if it is an escape. */
export function linesBefore(units: readonly Unit[], lineEnd: number | undefined): number {
  const unit = lineEnd === undefined ? undefined : units.findLast(({ start }) => start < lineEnd);
  return unit?.unit === ' ' ? Math.max(1, unit.lines) : 1;
}

/** Continuations that complete what can be completed, of every entry from every unit on. */
export function continuationsOf(entries: readonly MatcherEntry[], text: string): string[] {
  const ends = new Set(/[<\]!]/.test(text) ? [...MARKUP_ENDS, ...addressEnds(text)] : []);
  if (/(?:\n|\\[nr])[\t ]*$/.test(text)) ends.add('>');
  if (/(?:\n|\\[nr])[\t ]*\/$/.test(text)) ends.add('/');
  for (const line of ['\n', '\\n'])
    if (/[-\u00ad][^\n]*$/.test(text)) for (const end of ['', ...MARKUP_ENDS]) ends.add(end + line);
  if (/(?:[-\u00ad]|<br>)[\t ]*\\$/.test(text)) ends.add('n');
  const all = new Set(['', ...CHARACTERS, ...SEQUENCES]);
  for (const { text } of entries) {
    for (let from = 0; from <= text.length; from++) {
      const rest = [...text.slice(from)];
      const last = text[from - 1] ?? '';
      for (const begin of ['', '-', '-\n', '\n', last, last + last]) {
        all.add(begin + rest.join(''));
        all.add(begin + rest.join('-'));
        all.add(begin + rest.map((letter) => letter.repeat(3)).join(''));
        all.add(begin + rest.map((letter, i) => (i === 0 ? letter.repeat(3) : letter)).join(''));
      }
      for (const end of ends) {
        all.add(end + rest.join(''));
        all.add(end + rest.join('-'));
      }
    }
  }
  return [...all];
}
