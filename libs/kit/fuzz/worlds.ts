import fc from 'fast-check';
import { ALL_CONTEXT_FOLDS } from '../src/matching/fold-names.js';
import type { MatcherEntry } from '../src/matching/matcher.js';
import { CHARACTERS, LETTERS, MARKUP_PARTS, SEQUENCES } from './small-world.js';

/** Entries of one to four letters, some with a blank inside, of any folds. */
const entryText = fc
  .tuple(
    fc.array(fc.constantFrom(...LETTERS), { minLength: 1, maxLength: 4 }),
    fc.integer({ min: 0, max: 8 }),
  )
  .map(([letters, blank]) =>
    letters.map((letter, i) => (i > 0 && i === blank ? ` ${letter}` : letter)).join(''),
  );

export const entryLists = (allows: boolean): fc.Arbitrary<MatcherEntry[]> =>
  fc
    .array(
      fc.record({
        text: entryText,
        wholeWord: fc.constantFrom(undefined, false, true),
        holds: fc.constantFrom(true, true, false),
        folds: fc.oneof(
          fc.constantFrom(0, ALL_CONTEXT_FOLDS),
          fc.integer({ min: 0, max: ALL_CONTEXT_FOLDS }),
        ),
        allow: allows ? fc.constantFrom(false, false, true) : fc.constant(false),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((list) => list.map((entry, i) => ({ id: String(i), ...entry })));

const token = fc.oneof(
  { arbitrary: fc.constantFrom(...LETTERS), weight: 6 },
  { arbitrary: fc.constantFrom(...CHARACTERS), weight: 5 },
  { arbitrary: fc.constantFrom(...SEQUENCES), weight: 2 },
  { arbitrary: fc.constantFrom(...MARKUP_PARTS), weight: 4 },
);

/** A text in pieces; pieces are cut between UTF-16 units, so through characters too. */
const inPieces = (tokens: fc.Arbitrary<string[]>): fc.Arbitrary<string[]> =>
  fc.tuple(tokens, fc.infiniteStream(fc.integer({ min: 0, max: 2 }))).map(([all, cuts]) => {
    const pieces = [''];
    for (const unit of all.join('').split('')) {
      pieces[pieces.length - 1] += unit;
      if (cuts.next().value === 0) pieces.push('');
    }
    return pieces;
  });

export const chunkedTexts = inPieces(fc.array(token, { maxLength: 10 }));

const parts = (most: number, ...of: string[]) =>
  fc.array(fc.constantFrom(...of), { maxLength: most }).map((all) => all.join(''));
const joined = (...all: fc.Arbitrary<string>[]) => fc.tuple(...all).map((of) => of.join(''));
/** Markup, most of it whole, of the characters that decide where it ends. */
const markup = fc.oneof(
  joined(
    fc.constantFrom('<', '</', '<\\/', '<\\'),
    fc.constantFrom('b', 'br', 'c', 'brx', ''),
    parts(4, ' ', '/', '\\/', '=', '"', "'", 'c', '>'),
    fc.constantFrom('>', '>', '">', ''),
  ),
  joined(
    fc.constantFrom('<!--', '<!-', '<!', '<?', '</'),
    parts(4, '-', '>', '!', 'c'),
    fc.constantFrom('-->', '>', '--!>', ''),
  ),
  joined(
    fc.constantFrom(']', '](', '](', '][', '](<', '](c "'),
    parts(4, '\\', '(', ')', ' ', '"', "'", '<', '>', 'c', ']'),
    fc.constantFrom(')', '")', '))', ']', ''),
  ),
  fc.constantFrom('[', '![', ']', '!', ' ', '*', '-', '*****', '~~`'),
  // Ends of lines: one is a blank.
  fc.constantFrom(
    '\n',
    '\r\n',
    ' \n ',
    '\n\n',
    '\\n',
    '<br>',
    '<br>\n',
    '\n* ',
    '**\n**',
    '\u200b\n',
    '\\\n',
    '\\r\\n',
    '\\r\\n> ',
    '<br> \n> ',
    '\n// ',
  ),
  // Hyphens at ends of lines.
  joined(
    fc.constantFrom('-', '-', '\u00ad'),
    parts(2, ' ', '*', '<b>', '</b>', '<br>', '<!--c-->', '\\'),
    fc.constantFrom('\n', '\n', '\r\n', '\\n', '\\r\\n', '<br>', ''),
    parts(2, ' ', '> ', '//', '>', '*', '\n'),
  ),
  joined(
    fc.constantFrom('\n', '\n', '\\n', ' \n', ''),
    fc.constantFrom('* ', '> ', '>', '> > ', ' >>', '>**', ' ', '\n> '),
  ),
);

/** Entries, and a text that has one of them with markup between its letters, in pieces. */
export const markupWorlds: fc.Arbitrary<[MatcherEntry[], string[]]> = entryLists(false).chain((entries) => {
  const letters = fc.constantFrom(...entries.map(({ text }) => [...text]));
  const gaps = fc.array(
    fc.array(markup, { maxLength: 2 }).map((all) => all.join('')),
    { minLength: 6, maxLength: 6 },
  );
  const tokens = fc
    .tuple(fc.constantFrom('', '', 'c', '中', ' '), letters, gaps, fc.integer({ min: 0, max: 2 }))
    .map(([before, all, between, cut]) => {
      const text = [before, ...all.flatMap((letter, i) => [letter, between[i] ?? ''])];
      return text.slice(0, text.length - cut);
    });
  return fc.tuple(fc.constant(entries), inPieces(tokens));
});

const PLAIN = ['a', 'b', 'A', ' ', '-', '大', '麻', '\u200b', 'é', '😀'];

/** Distinct words without any fold, and texts of the same characters. */
export const plainLists: fc.Arbitrary<string[]> = fc.uniqueArray(
  fc.array(fc.constantFrom(...PLAIN), { minLength: 1, maxLength: 5 }).map((all) => all.join('')),
  { minLength: 1, maxLength: 12 },
);
export const plainTexts: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...PLAIN), { maxLength: 40 })
  .map((all) => all.join(''));
