import type { FoldName } from '@lorekeep/kit/matching';
import * as signs from './evasion-signs.js';

/** Which characters of a word are changed. */
const EXTENTS = ['every', 'one', 'random'] as const;
type Extent = (typeof EXTENTS)[number];
type Random = () => number;

export interface Evasion {
  /** The row of the scorecard. */
  readonly fold: string;
  readonly style: string;
  /** Folds that must be on for it to be found. */
  readonly needs: readonly FoldName[];
  /** The word as an evader writes it; undefined where the style does not apply to the word. */
  readonly write: (word: string, random: Random) => string | undefined;
}

const HAN = /\p{Script=Han}/u;
const LATIN_LETTERS = /^[a-z]+(?: [a-z]+)*$/i;
/** Two letters with something in between are no word spelled out. */
const SPELLED_LETTERS = 3;

const pick = <T>(of: readonly T[], random: Random): T | undefined => of[Math.floor(random() * of.length)];
const isLetter = (character: string) => /[\p{L}\p{N}]/u.test(character);

/** Of `places` those that the extent names; undefined when that would be all for an extent of some. */
function placesOf(places: readonly number[], extent: Extent, random: Random): Set<number> | undefined {
  if (places.length === 0) return undefined;
  if (extent === 'every') return new Set(places);
  if (places.length === 1 && extent === 'random') return undefined;
  const some = extent === 'one' ? [] : places.filter(() => random() < 0.5);
  return new Set(some.length > 0 ? some : [pick(places, random) ?? 0]);
}

type Change = (character: string, random: Random) => string | undefined;

/** Changes the characters that `change` knows, so many of them as the extent says. */
function changed(word: string, extent: Extent, random: Random, change: Change): string | undefined {
  const characters = Array.from(word);
  const news = characters.map((character) => change(character, random));
  const places = [...characters.keys()].filter((i) => news[i] !== undefined && news[i] !== characters[i]);
  const chosen = placesOf(places, extent, random);
  return chosen && characters.map((character, i) => (chosen.has(i) ? (news[i] ?? '') : character)).join('');
}

function byCharacter(fold: string, needs: readonly FoldName[], style: string, change: Change): Evasion[] {
  return EXTENTS.map((extent) => ({
    ...{ fold, needs, style: `${style}, ${extent}` },
    write: (word, random) => changed(word, extent, random, change),
  }));
}

type Signs = ReadonlyMap<string, readonly string[]>;
const bySigns =
  (known: Signs): Change =>
  (character, random) =>
    pick(known.get(character) ?? known.get(character.toLowerCase()) ?? [], random);
const after =
  (marks: readonly string[], count = 1): Change =>
  (character, random) =>
    isLetter(character)
      ? character + Array.from({ length: count }, () => pick(marks, random)).join('')
      : undefined;

function interleaved(
  style: string,
  separator: (random: Random) => string,
  needs: readonly FoldName[] = ['interleave'],
): Evasion[] {
  const latin = (word: string, random: Random): string | undefined => {
    if (!LATIN_LETTERS.test(word) || word.replaceAll(' ', '').length < SPELLED_LETTERS) return undefined;
    const words = word.split(' ').map((part) => Array.from(part).reduce((a, b) => a + separator(random) + b));
    return words.reduce((a, b) => a + (random() < 0.5 ? separator(random) : ' ') + b);
  };
  const chinese = (extent: Extent) => (word: string, random: Random) => {
    const characters = Array.from(word);
    const gaps = [...characters.keys()].filter(
      (i) => HAN.test(characters[i] ?? '') && HAN.test(characters[i + 1] ?? ''),
    );
    const chosen = placesOf(gaps, extent, random);
    return chosen && characters.map((one, i) => (chosen.has(i) ? one + separator(random) : one)).join('');
  };
  return [
    { fold: 'interleave, Latin', needs, style, write: latin },
    ...EXTENTS.map((extent): Evasion => ({
      ...{
        fold: 'interleave, Chinese',
        needs,
        style: `${style}, ${extent}`,
        write: chinese(extent),
      },
    })),
  ];
}

/** The words of a phrase joined by a sign. */
function joinedWords(sign: string): Evasion {
  const write = (word: string): string | undefined =>
    LATIN_LETTERS.test(word) && word.includes(' ') ? word.replaceAll(' ', sign) : undefined;
  return { fold: 'interleave, Latin', needs: ['interleave'], style: `words joined by ${sign}`, write };
}

/** A word parted by a hyphen at the end of a line, as typesetters do. */
function hyphenated(end: string): Evasion {
  const write = (word: string, random: Random): string | undefined => {
    const places = Array.from(word.matchAll(/(?<=[a-z])(?=[a-z])/gi), ({ index }) => index);
    const at = pick(places, random);
    return at === undefined ? undefined : `${word.slice(0, at)}-${end}${word.slice(at)}`;
  };
  return { fold: 'markup', needs: ['markup', 'case'], style: `hyphen and ${JSON.stringify(end)}`, write };
}

const INTERLEAVED = [
  ...signs.SEPARATORS.flatMap((sign) => interleaved(sign === ' ' ? 'blank' : sign, () => sign)),
  ...interleaved('doubled', (random) => (pick(['-', '.', '*', ' ', '😀'], random) ?? '').repeat(2)),
  ...interleaved('tripled', (random) => (pick(['-', '.', '_'], random) ?? '').repeat(3)),
  ...interleaved('any', (random) => pick(signs.SEPARATORS, random) ?? ''),
  // All blanks are one with any base fold.
  ...interleaved('blank of Braille', () => '\u2800', ['interleave', 'case']),
  ...['-', '_'].map((sign) => joinedWords(sign)),
  ...interleaved('end of a line', (random) => pick(signs.LINE_ENDS, random) ?? '', ['interleave', 'case']),
];

const SELDOM_DOUBLED = /[ahijkquvwxy]/i;

/** Repeats the letters at the places that `choose` takes of all; what is literally there anyway is not counted. */
function repeated(style: string, times: number, choose: (word: string, random: Random) => number[]): Evasion {
  const write = (word: string, random: Random): string | undefined => {
    const isHan = Array.from(word).every((character) => HAN.test(character));
    if (!isHan && !LATIN_LETTERS.test(word)) return undefined;
    const chosen = choose(word, random);
    if (chosen.length === 0) return undefined;
    return Array.from(word, (one, i) => (chosen.includes(i) ? one.repeat(times) : one)).join('');
  };
  return { fold: 'repeat', needs: ['repeat'], style, write };
}

const lettersOf = (word: string) => [...Array.from(word).keys()].filter((i) => word[i] !== ' ');
const isChinese = (word: string) => HAN.test(word);
const someOf = (places: readonly number[], random: Random) => [
  ...(placesOf(places, 'random', random) ?? new Set<number>()),
];

const REPEATED = [
  repeated('every doubled', 2, lettersOf),
  repeated('every tripled', 3, lettersOf),
  repeated('one tripled', 3, (word, random) => [pick(lettersOf(word), random) ?? 0]),
  repeated('one five times', 5, (word, random) => [pick(lettersOf(word), random) ?? 0]),
  repeated('last eight times', 8, (word) => [Array.from(word).length - 1]),
  repeated('some tripled', 3, (word, random) => someOf(lettersOf(word), random)),
  repeated('two doubled', 2, (word, random) => {
    const letters = lettersOf(word);
    const first = Math.floor(random() * (letters.length - 1));
    return letters.length < 2 ? [] : letters.slice(first, first + 2);
  }),
  repeated('one doubled', 2, (word, random) => {
    const letters = lettersOf(word).filter((i) => isChinese(word) || SELDOM_DOUBLED.test(word.charAt(i)));
    return letters.length === 0 ? [] : [pick(letters, random) ?? 0];
  }),
];

const hex = (character: string, digits: number) => character.charCodeAt(0).toString(16).padStart(digits, '0');
const isUnit = (character: string) => character.length === 1 && isLetter(character);
const escapes = (
  style: string,
  change: (character: string) => string,
  needs: readonly FoldName[] = ['markup'],
) => byCharacter('markup', needs, style, (character) => (isUnit(character) ? change(character) : undefined));

/** Marks around a part of the word: `**fu**ck`. */
function emphasised(mark: string): Evasion {
  const write = (word: string, random: Random) => {
    const characters = Array.from(word);
    if (characters.length < 2) return undefined;
    const from = Math.floor(random() * (characters.length - 1));
    const to = from + 1 + Math.floor(random() * (characters.length - from));
    return [characters.slice(0, from), characters.slice(from, to), characters.slice(to)]
      .map((part) => part.join(''))
      .join(mark);
  };
  return { fold: 'markup', needs: ['markup'], style: `${mark} around a part`, write };
}

const TAGS = ['<b>|</b>', '<i class="x">|</i>', '<span title="a > b">|</span>', '<U>|</U>', '[|](/a)'];
const LINKS = ['[|](http://x.example/a_(b) "t)")', '[|][1]', '[|](<a b>)'];
const VOID = ['<wbr>', '<!-->', '<b></b>', '<!-- x -->', '<img src=x alt="">', '<?x?>', '![](/a)', '</>'];

/** Markup that is not seen around a part of the word: `he<b>lio</b>`, and the part at an end of it as well. */
function wrapped(style: string): Evasion {
  const [open = '', close = ''] = style.split('|');
  const write = (word: string, random: Random) => {
    const characters = Array.from(word);
    if (characters.length < 2) return undefined;
    const from = Math.floor(random() * characters.length);
    const to = from + 1 + Math.floor(random() * (characters.length - from));
    if (from === 0 && to === characters.length) return undefined;
    const cut = (a: number, b: number) => characters.slice(a, b).join('');
    return cut(0, from) + open + cut(from, to) + close + cut(to, characters.length);
  };
  return { fold: 'markup, tags and links', needs: ['markup'], style, write };
}

const HIDDEN = [
  ...[...TAGS, ...LINKS].map(wrapped),
  ...VOID.flatMap((mark) =>
    byCharacter('markup, tags and links', ['markup'], mark, (character) =>
      isLetter(character) ? character + mark : undefined,
    ),
  ),
];

const MARKED = [
  ...['\n', '\r\n', '\n  '].map(hyphenated),
  ...['*', '**', '***', '~~', '`'].map(emphasised),
  ...['*', '**', '`'].map((mark): Evasion => ({
    ...{ fold: 'markup', needs: ['markup'], style: `${mark} between all` },
    write: (word) =>
      LATIN_LETTERS.test(word) || isChinese(word)
        ? Array.from(word).join(mark).replaceAll(`${mark} ${mark}`, ' ')
        : undefined,
  })),
  ...escapes('\\uXXXX', (character) => `\\u${hex(character, 4)}`),
  ...escapes('\\u{X}', (character) => `\\u{${hex(character, 1)}}`),
  ...escapes('&#xX;', (character) => `&#x${hex(character, 1)};`),
  ...escapes('&#D;', (character) => `&#${character.charCodeAt(0)};`),
  ...escapes('\\xXX', (character) =>
    character.charCodeAt(0) < 0x100 ? `\\x${hex(character, 2)}` : `\\u${hex(character, 4)}`,
  ),
  // What they stand for is invisible: that is left out with any base fold.
  ...escapes('&zwj;', (character) => `${character}&zwj;`, ['markup', 'case']),
  ...escapes('&#8203;', (character) => `${character}&#8203;`, ['markup', 'case']),
];

const keycap: Change = (character) => (/\d/.test(character) ? `${character}\ufe0f\u20e3` : undefined);

/** Every style of every fold. */
export const EVASIONS: readonly Evasion[] = [
  ...byCharacter('case', ['case'], 'capitals', (character) => character.toUpperCase()),
  ...byCharacter('width', ['width'], 'full width', bySigns(signs.FULL_WIDTH)),
  ...signs.COMPATIBLE.flatMap(([style, known]) =>
    byCharacter('compatibility', ['compatibility'], style, bySigns(known)),
  ),
  ...signs.COMPATIBLE_CAPITALS.flatMap(([style, known]) =>
    byCharacter('compatibility', ['compatibility', 'case'], style, bySigns(known)),
  ),
  ...byCharacter('compatibility', ['compatibility'], 'keycaps', keycap),
  ...byCharacter('traditional', ['traditional'], 'traditional', bySigns(signs.TRADITIONAL)),
  ...byCharacter('zero-width', ['case'], 'one', after(signs.INVISIBLE)),
  ...byCharacter('zero-width', ['case'], 'five', after(signs.INVISIBLE, 5)),
  ...byCharacter('combining', ['compatibility'], 'one', after(signs.COMBINING)),
  ...byCharacter('combining', ['compatibility'], 'eight', after(signs.COMBINING, 8)),
  ...byCharacter('homoglyph', ['homoglyph'], 'Cyrillic', bySigns(signs.CYRILLIC)),
  ...byCharacter('homoglyph', ['homoglyph'], 'Greek', bySigns(signs.GREEK)),
  ...byCharacter('homoglyph', ['homoglyph', 'case'], 'several scripts', bySigns(signs.MIXED_SCRIPTS)),
  ...byCharacter('homoglyph', ['homoglyph'], 'small capitals', bySigns(signs.SMALL_CAPITALS)),
  ...INTERLEAVED,
  ...REPEATED,
  ...byCharacter('leet', ['leet'], 'digits', bySigns(signs.LEET)),
  ...byCharacter('leet', ['leet'], 'signs', bySigns(signs.LEET_SIGNS)),
  ...byCharacter('leet', ['leet'], 'any', bySigns(signs.LEET_MORE)),
  ...MARKED,
  ...HIDDEN,
];
