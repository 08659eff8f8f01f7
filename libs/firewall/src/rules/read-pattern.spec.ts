import { describe, expect, it } from '@jest/globals';
import { BEGINS, ENDS } from './edges.js';
import { reachOf } from './reach-of.js';
import { readPattern } from './read-pattern.js';

/** Strings of all sets, `<` where none but a letter may not stand before, `>` behind, and how far they lie. */
const setsOf = (pattern: string) =>
  readPattern(pattern).flatMap(({ sets }) =>
    sets.map(({ strings, from, until }) => [
      strings.map((text) => text.replace(BEGINS, '<').replace(ENDS, '>')).sort(),
      from,
      until,
    ]),
  );

describe('readPattern', () => {
  it.each<[string, [string[], number, number][]]>([
    ['ignore', [[['ignore'], 0, 6]]],
    ['(?:ignore|forget) rules', [[['forget rules', 'ignore rules'], 0, 12]]],
    [
      'ignore[ \\n]{1,3}[a-z]{0,9}rules',
      [
        [['ignore\n', 'ignore '], 0, 7],
        [['rules'], 7, 23],
      ],
    ],
    ['(?:please )?ignore', [[['ignore'], 0, 13]]],
    [
      '(?:very ){1,3}loudly',
      [
        [['very loudly'], 0, 21],
        [['very '], 0, 5],
      ],
    ],
    [
      '忽略[^。]{0,9}(?:指令|规则)',
      [
        [['忽略'], 0, 2],
        [['指令', '规则'], 2, 13],
      ],
    ],
    [
      'ignore|forget[a-z]{1,3}rules',
      [
        [['ignore'], 0, 6],
        [['forget'], 0, 6],
        [['rules'], 7, 14],
      ],
    ],
    // What stands beside a string and is no letter: a border, or one that is read.
    ['(?<![a-z])forget(?![a-z])', [[['<forget>'], 0, 6]]],
    ['\\bforget\\b', [[['<forget>'], 0, 6]]],
    ['(?:^|[^a-z])forget(?:[.,;:! ]|$)', [[['<forget>'], 0, 7]]],
    ['[a-z]forget[^.]', [[['forget'], 1, 7]]],
    ['(?:forget|ignored)\\d{1,3}x', [[['forget>', 'ignored>'], 0, 7]]],
    // Longer strings are cut.
    ['(?:disregarding|disregarding them|forget)', [[['disregarding', 'forget'], 0, 17]]],
    // Not every match has a string of its own.
    ['(?:ignore|[a-z]{9})', []],
    ['[a-z]{3}', []],
    // A blank is no string to look for.
    ['[a-z] [a-z]', []],
    ['(?=ignore)[a-z]{6}', []],
  ])('strings of %s', (pattern, sets) => expect(setsOf(pattern)).toEqual(sets));

  it.each<[string, string | undefined]>([
    ['(?:ignore|forget|i)', 'fi'],
    ['(?<!never )(?:do )?not', 'dn'],
    ['(?:ignore|forget[a-z]{3}|[xy])(?: all)?', 'fixy'],
    ['(?:no){1,3}[a-z]', 'n'],
    ['(?:^|[^a-z])ignore', undefined],
    ['(?:ignore)?[a-z]', undefined],
    ['[a-z]{0,3}ignore', undefined],
  ])('units that %s begins with', (pattern, units) =>
    expect(readPattern(pattern)[0]?.heads?.toSorted().join('')).toBe(units),
  );

  it.each([
    ['forget', true],
    ['[a-z] [a-z]', false],
    // Rare enough to narrow down where others look, and no more.
    ['[a-z]=[a-z]', false],
  ])('rare strings of %s', (pattern, isRare) => expect(readPattern(pattern)[0]?.isRare).toBe(isRare));

  it.each([
    ['ignore', 6],
    ['a{2,5}(?:bc|d)?', 7],
    ['(?:ab){3}[^\\n]{0,10}$', 16],
    ['(a|bcd)\\1', 6],
    ['a*', Infinity],
    ['(?:){0,}a[^]', 2],
    ['(?<=ab)\\bc(?!d{9})[e-g]\\d?', 3],
  ])('reach of %s', (pattern, reach) => {
    expect(readPattern(pattern)[0]?.reach).toBe(reach);
    expect(reachOf(pattern)).toBe(reach);
  });

  it.each([
    ['ignore', 1],
    ['ignore(?! all of)', 8],
    ['(?<!never |not )ignore(?=[ ,](?!that))', 12],
    ['ignore(?=.*x)', Infinity],
  ])('units beside %s that are read', (pattern, beside) =>
    expect(readPattern(pattern)[0]?.beside).toBe(beside),
  );

  it.each([
    ['^ignore$', true, true],
    ['^ignore|forget$', true, false],
    ['ignore', false, false],
  ])('edges of %s', (pattern, fromStart, toEnd) =>
    expect(readPattern(pattern)[0]).toMatchObject({ fromStart, toEnd }),
  );

  it('refuses what is no pattern', () => expect(() => readPattern('(a')).toThrow(SyntaxError));
});

describe('readPattern of what refers back to groups', () => {
  const sourcesOf = (pattern: string): string[] => readPattern(pattern).map(({ source }) => source);

  it('counts the groups of each alternative from one', () => {
    expect(sourcesOf('(a)x|([bc])0\\2|(?:(d)(e)\\4){2}\\3')).toEqual([
      '(a)x',
      '([bc])0(?:\\1)',
      '(?:(d)(e)(?:\\2)){2}(?:\\1)',
    ]);
    expect(sourcesOf('a|(?<sign>[bc])\\k<sign>')).toEqual(['a', '(?<sign>[bc])\\k<sign>']);
  });

  it('matches the same', () => {
    const pattern = '(["\'])x\\1|([ab])([cd])\\3\\2|y';
    for (const text of ['"x"', '"x\'', 'acca', 'accb', 'bddb', 'y', ''])
      expect([text, sourcesOf(pattern).some((source) => new RegExp(source).test(text))]).toEqual([
        text,
        new RegExp(pattern).test(text),
      ]);
  });

  it('leaves whole what refers to a group of another alternative', () => {
    expect(sourcesOf('(a)|b\\1')).toEqual(['(a)|b\\1']);
  });
});
