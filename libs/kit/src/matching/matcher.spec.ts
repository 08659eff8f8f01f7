import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exactFold } from './fold.js';
import { Matcher, type MatcherEntry } from './matcher.js';
import { START_LIMIT } from './unit-class.js';

const found = (
  entries: (string | Omit<MatcherEntry, 'id'>)[],
  text: string,
  fold?: ReturnType<typeof exactFold>,
) =>
  new Matcher(
    entries.map((entry, i) => ({ id: String(i), ...(typeof entry === 'string' ? { text: entry } : entry) })),
    fold,
  )
    .findAll(text)
    .map(({ start, end }) => text.slice(start, end));

describe('Matcher', () => {
  it('finds all overlapping matches', () => {
    expect(found(['敏感', '敏感词', '感词', '词'], '敏感词')).toEqual(['敏感', '敏感词', '感词', '词']);
  });

  it('finds what a search at every position finds', () => {
    const text = fc.stringMatching(/^[abc中]{0,30}$/);
    const words = fc.uniqueArray(fc.stringMatching(/^[abc中]{1,5}$/), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(words, text, (patterns, haystack) => {
        const entries = patterns.map((pattern) => ({ id: pattern, text: pattern, wholeWord: false }));
        const matches = new Matcher(entries, exactFold()).findAll(haystack);
        const expected: string[] = [];
        for (let end = 1; end <= haystack.length; end++) {
          for (const pattern of patterns) {
            if (haystack.slice(0, end).endsWith(pattern))
              expected.push(`${end - pattern.length}-${end} ${pattern}`);
          }
        }
        expect(matches.map((m) => `${m.start}-${m.end} ${m.id}`).sort()).toEqual(expected.sort());
      }),
      { seed: 7, numRuns: 2000 },
    );
  });

  it('finds every word of a large list, and nothing else', () => {
    const words = Array.from(
      { length: 20_000 },
      (_, i) => `${String.fromCharCode(0x4e00 + ((i * 7919) % 9000))}${i.toString(36)}。`,
    );
    const matcher = new Matcher(
      words.map((text) => ({ id: text, text })),
      exactFold(),
    );
    const matches = matcher.findAll(words.join(''));
    expect(matches.map((match) => match.id)).toEqual(words);
    expect(matcher.findAll('nothing of this is in the list')).toEqual([]);
  });

  it('reports entries that fold to the same text one by one', () => {
    const matcher = new Matcher([
      { id: 'a', text: 'Secret' },
      { id: 'b', text: 'ＳＥＣＲＥＴ' },
    ]);
    expect(matcher.findAll('a secret.').map((match) => match.id)).toEqual(['a', 'b']);
  });

  it.each([
    ['class pass', ['ass'], []],
    ['my ass.', ['ass'], ['ass']],
    ['使用ass吗', ['ass'], ['ass']],
    ['_ass_', ['ass'], ['ass']],
    ['ass1', ['ass'], []],
    ['cl\u200bass', ['ass'], []],
    ['café', ['caf'], []],
    ['大麻烦', ['大麻'], ['大麻']],
    ['T恤衫', ['T恤'], ['T恤']],
    ['CT恤衫', ['T恤'], []],
    ['c++ and c+++', ['c++'], ['c++', 'c++']],
  ])('whole words by default, for spaced scripts: %s', (text, entries, expected) => {
    expect(found(entries, text)).toEqual(expected);
  });

  it('overrides the whole-word rule by entry', () => {
    expect(found([{ text: 'ass', wholeWord: false }], 'class')).toEqual(['ass']);
    expect(found([{ text: '大麻', wholeWord: true }], '大麻烦')).toEqual([]);
    expect(found([{ text: '大麻', wholeWord: true }], '«大麻»')).toEqual(['大麻']);
  });

  it('does not end a match inside a syllable', () => {
    expect(found(['가'], '각 가')).toEqual(['가']);
    expect(found(['か'], 'が か か\u3099')).toEqual(['か']);
  });

  it('covers whole characters where one stands for several', () => {
    expect(found(['会社'], 'X㍿Y')).toEqual(['㍿']);
    expect(found([{ text: 'in', wholeWord: false }], 'ﬁne')).toEqual(['ﬁn']);
  });

  it('includes what is skipped inside a match, not around it', () => {
    expect(found(['secret'], 'a \u200bs\u200bec\u0301ret\u200b.')).toEqual(['s\u200bec\u0301ret']);
  });

  it('refuses entries that could never match', () => {
    expect(() => found(['\u200b'], '')).toThrow(/no visible character/);
    expect(() => found([''], '')).toThrow(/no visible character/);
    expect(() => found(['a\ud800'], '')).toThrow(/well-formed/);
  });

  it('takes an empty list', () => {
    const matcher = new Matcher([]);
    expect(matcher.findAll('anything 任何')).toEqual([]);
    const cursor = matcher.cursor();
    cursor.feed('abc', () => false);
    expect(cursor.undecidedFrom()).toBe(3);
  });

  it('reads as far as its positions go, and no further', () => {
    const cursor = new Matcher([{ id: 'ab', text: 'ab', wholeWord: false }]).cursor();
    const matches: number[][] = [];
    const collect = (_: number, start: number, end: number): boolean => matches.push([start, end]) < 0;
    cursor.position = START_LIMIT - 2;
    cursor.feed('ab', collect);
    expect(matches).toEqual([[START_LIMIT - 2, START_LIMIT]]);
    expect(() => cursor.feed('a', collect)).toThrow(RangeError);
  });
});
