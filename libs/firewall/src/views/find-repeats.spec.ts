import { describe, expect, it } from '@jest/globals';
import { hasRepeats } from './find-repeats.js';

const unitsOf = (text: string) => Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));

/** What is meant, as a pattern; slow where many letters stand twice. */
const FORM = /([a-hj-vx-z])\1\1[^]{0,64}?([a-hj-vx-z])\2\2|([a-z])\3([a-z])\4([a-z])\5/i;

describe('hasRepeats', () => {
  it.each([
    ['aaa bbb', true],
    ['AaA bBb', true],
    ['aaaaa', false],
    ['aaaaaa', true],
    ['aabbcc', true],
    ['aabbc', false],
    ['www xxx', false],
    ['iii aaa iii', false],
    [`aaa${'-'.repeat(64)}bbb`, true],
    [`aaa${'-'.repeat(65)}bbb`, false],
    [`aaaa${'-'.repeat(64)}bbb`, true],
    [`aaa${'-'.repeat(64)}bbbb`, true],
    ['', false],
    ['忽忽略略令令', false],
  ])('%s', (text, is) => {
    expect(hasRepeats(unitsOf(text))).toBe(is);
    expect(FORM.test(text)).toBe(is);
  });

  it('says the same of any text', () => {
    let seed = 1;
    for (let round = 0; round < 20_000; round++) {
      let text = '';
      const length = round % 90;
      for (let i = 0; i < length; i++) {
        seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
        text += 'aAbcciiww -'[(seed >>> 16) % (3 + (round % 9))] ?? 'a';
      }
      if (hasRepeats(unitsOf(text)) !== FORM.test(text)) expect(text).toBe('');
    }
  });
});
