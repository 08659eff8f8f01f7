/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { isKnown } from './lexicon.js';
import type { Visible } from './fold-visible.js';
import type { MappedText } from './mapped-text.js';
import { type Piece, splice } from './splice.js';
import type { Traits } from './traits.js';
import { BRIEF, isHanPair, readLanguage } from './text-like.js';

/** Where one literal ends and the next begins: `"a" + "b"`, `'a'.'b'`, `"a" "b"`, `"a", "b"`, `"a" || "b"`. */
const JOINT = /(["'`\u201d\u2019])(?:\s{0,4}(?:\+|\.|\|\||&|,|\.\.|<<)\s{0,4}|[ ]{1,2})(["'`\u201c\u2018])/y;
/** What gives a name a literal: `= "…"`, `: "…"`, `is "…"`; sought by its quotation mark, of which there are fewer. */
const GIVEN =
  /["'`\u201c](?<=(?::=|=>|[:=\uff1a]|\bis\b|\u662f|\u4e3a)\s{0,4}[^])(?:(?<=")([^"\n]{1,256})"|(?<=')([^'\n]{1,256})'|(?<=`)([^`\n]{1,256})`|(?<=\u201c)([^\u201d\n]{1,256})\u201d)/y;
const GIVES = /(?::=|=>|[:=\uff1a]|is|\u662f|\u4e3a)\s{0,4}$/;
const NAME = /(?<![\p{L}\p{N}_])([\p{L}_$][\p{L}\p{N}_$]{0,31}|[\p{L}]{1,16} \d{1,3})\s{0,4}$/gu;
const NAME_MAX = 48;
/** Names that are put together. */
const SUM =
  /(?<![\p{L}\p{N}_])[\p{L}_$][\p{L}\p{N}_$]{0,31}(?:\s{0,4}(?:\+|\.|\|\||&)\s{0,4}[\p{L}_$][\p{L}\p{N}_$]{0,31}){1,64}/uy;
/** Names that sums are sought by, and places where one could be. */
const NAMES_MAX = 32;
const PLACES_MAX = 2_048;
const LITERALS_MIN = 2;

/** Literals side by side, as the one that they are together. */
export function guessJoinedLiterals(source: Visible, { quotesAt }: Traits): MappedText | undefined {
  const { text } = source;
  const pieces = joints(text, quotesAt);
  const isMeant = text.length <= BRIEF || pieces.some((piece) => isWithinWord(text, piece));
  return isMeant ? splice(source, pieces) : undefined;
}

/** Units from one mark to the next at most. */
const JOINT_MAX = 11;

/** Where a quotation mark stands and another one soon after. */
function jointsAmong(quotesAt: readonly number[]): number[] {
  return quotesAt.filter((at, i) => (quotesAt[i + 1] ?? Infinity) - at <= JOINT_MAX);
}

/** Matches of a sticky pattern at places in order, apart from each other. */
function* matchesAt(pattern: RegExp, text: string, places: Iterable<number>): Generator<RegExpExecArray> {
  let next = 0;
  for (const at of places) {
    if (at < next) continue;
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) continue;
    next = at + match[0].length;
    yield match;
  }
}

/** Lists are put together only where the text says so. */
const PUT_TOGETHER = /join|concat|combin|together|拼|连接|合并|组合/i;

function joints(text: string, quotesAt: readonly number[]): Piece[] {
  const pieces: Piece[] = [];
  let isList: boolean | undefined;
  for (const { index, 0: joint, 1: first, 2: second } of matchesAt(JOINT, text, jointsAmong(quotesAt))) {
    if (!isPair(first ?? '', second ?? '')) continue;
    if (joint.includes(',') && !(isList ??= PUT_TOGETHER.test(text))) continue;
    pieces.push({ start: index, end: index + joint.length, text: '' });
  }
  return pieces;
}

const WORD_MAX = 24;

/** What stands on either side is a word together, or two characters that often stand together. */
function isWithinWord(text: string, { start, end }: Piece): boolean {
  if (isHanPair(text.charCodeAt(start - 1), text.charCodeAt(end))) return true;
  const before = /[a-z]+$/i.exec(text.slice(Math.max(0, start - WORD_MAX), start))?.[0];
  const after = /^[a-z]+/i.exec(text.slice(end, end + WORD_MAX))?.[0];
  if (before === undefined || after === undefined) return false;
  const isWhole =
    before.length > 2 && after.length > 2 && isKnown(before.toLowerCase()) && isKnown(after.toLowerCase());
  return !isWhole && isKnown((before + after).toLowerCase());
}

function isPair(first: string, second: string): boolean {
  return (
    first === second ||
    (first === '\u201d' && second === '\u201c') ||
    (first === '\u2019' && second === '\u2018')
  );
}

interface Literal {
  readonly name: string;
  readonly value: string;
}

/** Sums of names, as what the names were given; without a sum, what was given to all of them in turn. */
export function guessAssigned(source: Visible, { quotesAt }: Traits): MappedText | undefined {
  const { text } = source;
  const places = givenIn(source.units, quotesAt);
  if (places.length < LITERALS_MIN) return undefined;
  const literals: Literal[] = [];
  let start = 0;
  let end = 0;
  for (const { index, 0: all, 1: a, 2: b, 3: c, 4: d } of matchesAt(GIVEN, text, places)) {
    const name = nameBefore(text.slice(Math.max(0, index - NAME_MAX), index).replace(GIVES, ''));
    if (!name) continue;
    if (literals.length === 0) start = Math.max(0, index - NAME_MAX) + name.index;
    literals.push({ name: name[1] ?? '', value: a ?? b ?? c ?? d ?? '' });
    end = index + all.length;
  }
  if (literals.length < LITERALS_MIN) return undefined;
  const values = new Map(literals.map(({ name, value }) => [name, value]));
  const summed = splice(source, sums(text, values));
  if (summed) return summed;
  const all = literals.map(({ value }) => value).join('');
  if (text.length > BRIEF && !isMore(all, literals)) return undefined;
  return splice(source, [{ start: text.length > BRIEF ? start : 0, end, text: all }]);
}

/** A name at the end. It begins behind the last two signs of ASCII before it, but blanks, that no name holds. */
function nameBefore(text: string): RegExpExecArray | null {
  let from = text.trimEnd().length;
  for (let signs = 0; from > 0; from--) {
    const unit = text.charCodeAt(from - 1);
    if (unit >= ASCII || IN_NAME[unit] === 1) continue;
    if (unit !== BLANK || ++signs > 1) break;
  }
  NAME.lastIndex = from;
  return NAME.exec(text);
}
const ASCII = 128;
const BLANK = 0x20;
const IN_NAME = Uint8Array.from({ length: ASCII }, (_, unit) =>
  /[\w$]/.test(String.fromCharCode(unit)) ? 1 : 0,
);

/** Whether what SUM asks for may stand around a name, by single units; most names are parts of words. */
function mayBeginSum(text: string, start: number, end: number): boolean {
  const before = text.charCodeAt(start - 1);
  if (before < ASCII && IN_NAME[before] === 1 && before !== DOLLAR) return false;
  let at = end;
  while (at < end + BLANKS_MAX && text.charCodeAt(at) <= BLANK) at++;
  const unit = text.charCodeAt(at);
  return (
    unit >= ASCII || '+.|&'.includes(text.charAt(at)) || unit <= BLANK || (at === end && IN_NAME[unit] === 1)
  );
}
const DOLLAR = 0x24;

/** What stands before a literal that is given to a name: the last sign of `=`, `=>`, `:`, `is`, and of the Chinese ones. */
const GIVERS = '=>:\uff1as\u662f\u4e3a';
const BLANKS_MAX = 4;

/** Where GIVEN could match: a look at the quotation marks and what stands before them. */
function givenIn(units: Uint16Array, quotesAt: readonly number[]): number[] {
  return quotesAt.filter((at) => {
    let before = at - 1;
    while (before > 0 && at - before <= BLANKS_MAX && units[before]! <= 0x20) before--;
    return before >= 0 && GIVERS.includes(String.fromCharCode(units[before]!));
  });
}

/** Pieces of words make more words together than each alone. */
function isMore(all: string, literals: readonly Literal[]): boolean {
  const alone = readLanguage(literals.map(({ value }) => value).join('\n'));
  const together = readLanguage(all);
  return together.known > alone.known + 2 || together.hanPairs > alone.hanPairs;
}

function sums(text: string, values: ReadonlyMap<string, string>): Piece[] {
  const found: Piece[] = [];
  let places = 0;
  for (const first of [...values.keys()].slice(0, NAMES_MAX))
    for (
      let at = text.indexOf(first);
      at >= 0 && places < PLACES_MAX;
      at = text.indexOf(first, at + 1), places++
    ) {
      if (!mayBeginSum(text, at, at + first.length)) continue;
      SUM.lastIndex = at;
      const sum = SUM.exec(text)?.[0];
      const parts = sum?.split(/\s*(?:\+|\.|\|\||&)\s*/).map((name) => values.get(name));
      if (sum !== undefined && parts?.every((value) => value !== undefined))
        found.push({ start: at, end: at + sum.length, text: parts.join('') });
    }
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}

const HYPHENATED = /(?<=[a-z])[-\u2010] {0,2}\n {0,8}(?=[a-z])/g;

/** Words that were parted at the ends of lines. */
export function guessHyphenated(source: MappedText): MappedText | undefined {
  if (!/[-\u2010] {0,2}\n/.test(source.text)) return undefined;
  const pieces = [...source.text.matchAll(HYPHENATED)].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
    text: '',
  }));
  return splice(source, pieces);
}
