import { describe, expect, it } from '@jest/globals';
import { layOutFinder } from './finder-tables.js';
import { LiteralFinder } from './literal-finder.js';
import { MatchList } from './match-list.js';

const finderOf = (literals: readonly string[]): LiteralFinder => new LiteralFinder(layOutFinder(literals));

function found(finder: LiteralFinder, text: string): [number, number, number][] {
  const list = new MatchList();
  finder.scan(text, list);
  return Array.from({ length: list.count }, (_, i) => [list.entry(i), list.start(i), list.end(i)]);
}

/** Every literal at every place. */
function foundPlainly(literals: readonly string[], text: string): [number, number, number][] {
  const all: [number, number, number][] = [];
  for (let start = 0; start < text.length; start++)
    literals.forEach((literal, at) => {
      if (text.startsWith(literal, start)) all.push([at, start, start + literal.length]);
    });
  return all.sort((a, b) => a[1] - b[1] || a[2] - b[2]);
}

/** Numbers that are the same in every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

describe('LiteralFinder', () => {
  it('finds what stands there, the shorter first where they begin together', () => {
    const finder = finderOf(['he', 'she', 'hers', 's', '\u5ffd\u7565']);
    expect(found(finder, 'ushers \u5ffd\u7565')).toEqual([
      [3, 1, 2],
      [1, 1, 4],
      [0, 2, 4],
      [2, 2, 6],
      [3, 5, 6],
      [4, 7, 9],
    ]);
  });

  it('finds nothing in an empty text, and nothing of a text before', () => {
    const finder = finderOf(['abc']);
    expect(found(finder, 'xxabc')).toHaveLength(1);
    expect(found(finder, 'xxab')).toEqual([]);
    expect(found(finder, '')).toEqual([]);
  });

  it.each([
    ['few units', 'ab'],
    ['many', 'abcdefgh \n.-_0123'],
    ['units beyond ASCII', 'ab\u5ffd\u7565\ud83d\ude00\uffff\u0000'],
  ])('finds what a search for each literal finds: %s', (_, alphabet) => {
    const random = randomFrom(alphabet.length);
    const word = (longest: number): string =>
      Array.from({ length: 1 + random(longest) }, () => alphabet.charAt(random(alphabet.length))).join('');
    for (let round = 0; round < 20; round++) {
      const literals = [...new Set(Array.from({ length: 60 }, () => word(7)))];
      const finder = finderOf(literals);
      for (const length of [1, 30, 300]) {
        const text = word(length) + word(9);
        expect(found(finder, text)).toEqual(foundPlainly(literals, text));
      }
    }
  });

  it('finds thousands of literals of hundreds of units', () => {
    const random = randomFrom(7);
    const word = (): string =>
      String.fromCharCode(...Array.from({ length: 1 + random(4) }, () => 0x4e00 + random(700)));
    const literals = [...new Set(Array.from({ length: 3_000 }, word))];
    const finder = finderOf(literals);
    for (const literal of literals) expect(found(finder, literal)).toEqual(foundPlainly(literals, literal));
  });

  it('has room for a match of every length at every place of a long text', () => {
    const literals = Array.from({ length: 40 }, (_, i) => 'a'.repeat(i + 1));
    expect(found(finderOf(literals), 'a'.repeat(5_000))).toHaveLength(40 * 5_000 - (39 * 40) / 2);
  });

  it('adds to the list, and lends the units with zeros behind them', () => {
    const list = new MatchList();
    const finder = finderOf(['b']);
    finder.scan('abab', list);
    const units = finder.scan('b\u5ffd', list);
    expect([0, 1, 2].map((i) => list.start(i))).toEqual([1, 3, 0]);
    expect([...units.subarray(0, 10)]).toEqual([0x62, 0x5ffd, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('refuses more units than its codes', () => {
    const literals = Array.from({ length: 4_095 }, (_, i) => String.fromCharCode(0x4e00 + i));
    expect(() => finderOf(literals)).toThrow(RangeError);
    expect(found(finderOf(literals.slice(1)), literals[4_094] ?? '')).toEqual([[4_093, 0, 1]]);
  });
});
