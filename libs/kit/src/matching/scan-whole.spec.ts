import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exactFold } from './fold.js';
import { MatchList } from './match-list.js';
import { Matcher } from './matcher.js';
import { standardFold } from './standard-fold.js';

const SIGNS = [
  'a',
  'B',
  'ß',
  'ﬁ',
  'i',
  ' ',
  '\n',
  '　',
  '國',
  '国',
  'か',
  '\u3099',
  '\u200b',
  '😀',
  '㍿',
  'é',
  '.',
  '𝐚',
];
const texts = (maxLength: number) =>
  fc.array(fc.constantFrom(...SIGNS), { minLength: 1, maxLength }).map((signs) => signs.join(''));
const entryLists = fc.array(
  fc.record({ text: texts(4), wholeWord: fc.constantFrom(undefined, true, false) }),
  { minLength: 1, maxLength: 12 },
);

function streamed(matcher: Matcher, text: string): string[] {
  const found: string[] = [];
  const cursor = matcher.cursor();
  const note = (entry: number, start: number, end: number) => {
    found.push(`${entry} ${start}-${end}`);
    return false;
  };
  cursor.feed(text, note);
  cursor.finish(note);
  return found.sort();
}

describe('a whole text', () => {
  it.each([
    ['none', exactFold()],
    ['all base folds', standardFold()],
  ])('gives what a stream gives, folds: %s', (_, fold) => {
    fc.assert(
      fc.property(entryLists, texts(40), (list, text) => {
        const visible = list.filter(({ text: word }) => !/^\u200b*$/.test(word));
        const entries = visible.map((entry, i) => ({ id: String(i), ...entry }));
        const matcher = new Matcher(entries, fold);
        const matches = matcher.findAll(text);
        expect(matches.map((m) => `${m.entry} ${m.start}-${m.end}`).sort()).toEqual(streamed(matcher, text));
        expect(matches).toEqual([...matches].sort((a, b) => a.start - b.start || a.end - b.end));
        const numbers = new MatchList();
        matcher.scan(text, numbers);
        expect(matches.map((_match, i) => [numbers.entry(i), numbers.start(i), numbers.end(i)])).toEqual(
          matches.map((m) => [m.entry, m.start, m.end]),
        );
      }),
      { seed: 21, numRuns: 1500 },
    );
  });

  it('takes texts of any length, one after the other', () => {
    const matcher = new Matcher([{ id: 'a', text: '词', wholeWord: false }], exactFold());
    const long = 'x'.repeat(2 ** 20);
    expect(matcher.findAll(`${long}词`)).toMatchObject([{ start: 2 ** 20, end: 2 ** 20 + 1 }]);
    expect(matcher.findAll('词')).toMatchObject([{ start: 0, end: 1 }]);
    expect(matcher.findAll('')).toEqual([]);
    expect(new Matcher([{ id: 'a', text: 'か' }]).findAll('㌕㌖㌕'.repeat(100))).toEqual([]);
  });

  it('gives what a stream gives where a block ends, and a character lies across the parts that are encoded', () => {
    const matcher = new Matcher(
      ['x', 'xy', 'b😀c', 'zz'].map((text, i) => ({ id: String(i), text, wholeWord: false })),
      exactFold(),
    );
    for (let before = 2040; before < 2052; before++) {
      for (const text of [`${'-'.repeat(before)}xyb😀cx`, `${'-'.repeat(before + 2048)}b😀cxyzzzx`]) {
        const matches = matcher.findAll(text);
        expect(matches.length).toBeGreaterThanOrEqual(4);
        expect(matches.map((m) => `${m.entry} ${m.start}-${m.end}`).sort()).toEqual(streamed(matcher, text));
      }
    }
  });

  it('goes on with the automaton where entries overlap too much, in the same order', () => {
    const entries = Array.from({ length: 40 }, (_, i) => ({
      id: String(i),
      text: 'a'.repeat(i + 1),
      wholeWord: false,
    }));
    const matcher = new Matcher(entries, exactFold());
    const text = `${'ab'.repeat(1500)}${'a'.repeat(3000)}b${'a'.repeat(50)}`;
    const matches = matcher.findAll(text);
    expect(matches.map((m) => `${m.entry} ${m.start}-${m.end}`).sort()).toEqual(streamed(matcher, text));
    expect(matches).toEqual([...matches].sort((a, b) => a.start - b.start || a.end - b.end));
    const list = new MatchList();
    matcher.scan('ba', list);
    matcher.scan(text, list);
    expect([list.count, list.start(0), list.start(1)]).toEqual([matches.length + 1, 1, 0]);
  });

  it('takes time in proportion to the text, however entries overlap', () => {
    const matcher = new Matcher(
      [5_000, 4_999].map((length, i) => ({ id: String(i), text: 'a'.repeat(length), wholeWord: false })),
      exactFold(),
    );
    const list = new MatchList();
    // Following the trie from every place would take 25 billion steps, which does not come to its end here.
    matcher.scan(`${'a'.repeat(4_998)}b`.repeat(2_000), list);
    expect(list.count).toBe(0);
  });

  it('adds to the list until it is cleared', () => {
    const matcher = new Matcher([{ id: 'a', text: 'a', wholeWord: false }], exactFold());
    const list = new MatchList();
    matcher.scan('a'.repeat(5000), list);
    matcher.scan('ba', list);
    expect(list.count).toBe(5001);
    expect([list.entry(5000), list.start(5000), list.end(5000)]).toEqual([0, 1, 2]);
    list.clear();
    expect(list.count).toBe(0);
  });
});
