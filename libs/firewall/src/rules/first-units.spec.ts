import { describe, expect, it } from '@jest/globals';
import { RULES } from './all-rules.js';
import { FirstUnits } from './first-units.js';
import { readPattern } from './read-pattern.js';

function unitsOf(text: string): Uint16Array {
  return Uint16Array.from({ length: text.length + 8 }, (_, i) => (i < text.length ? text.charCodeAt(i) : 0));
}

function places(source: string, text: string): number[] {
  const first = FirstUnits.of(source);
  const units = unitsOf(text);
  const all: number[] = [];
  for (let at = first.next(units, 0, text.length); at >= 0; at = first.next(units, at + 1, text.length))
    all.push(at);
  return all;
}

/** Where matches do begin. */
function matchesIn(source: string, text: string): number[] {
  const pattern = new RegExp(source, 'y');
  const all: number[] = [];
  for (let at = 0; at <= text.length; at++) {
    pattern.lastIndex = at;
    if (pattern.test(text)) all.push(at);
  }
  return all;
}

describe('FirstUnits', () => {
  it('passes over places where no match begins', () => {
    expect(places('ignore|forget', 'forge, forget, ignor')).toEqual([0, 7, 15]);
    expect(places('(?:ab|c[de]){2}x', 'abab cdcd cd')).toEqual([0, 5]);
    expect(places('a\\n', 'a\\n a\na')).toEqual([4]);
  });

  it.each([
    'a',
    'a?',
    '$',
    '^a{0,3}b',
    'a{2,3}?c',
    '(a|b)\\1c',
    '(?<=a)b{1,2}[^a]',
    '(?:a?b?){0,3}c',
    '[^a-c]{0,2}a',
    'ab$',
    '(?=ab)a',
    '(?:|a)b',
    '\\u5ffd|\\u7565a',
  ])('misses no match of %s', (source) => {
    const signs = 'abcd \u5ffd\u7565\n';
    let state = 7;
    for (let round = 0; round < 200; round++) {
      let text = '';
      for (let i = 0; i < round % 12; i++) {
        state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
        text += signs.charAt((state >>> 8) % signs.length);
      }
      expect(places(source, text)).toEqual(expect.arrayContaining(matchesIn(source, text)));
    }
  });

  it('misses no example of a rule', () => {
    for (const { pattern, catches } of RULES)
      for (const { source } of readPattern(pattern)) {
        const first = FirstUnits.of(source);
        const search = new RegExp(source, 'g');
        for (const example of catches.slice(0, 3))
          for (const { index } of example.toLowerCase().matchAll(search))
            expect(first.next(unitsOf(example.toLowerCase()), index, index)).toBe(index);
      }
  });
});
