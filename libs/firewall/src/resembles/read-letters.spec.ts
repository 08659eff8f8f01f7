import { describe, expect, it } from '@jest/globals';
import { Once, readLetters } from './read-letters.js';

function lettersOf(text: string, start = 0, end = text.length): Set<number> {
  const letters = new Once(15);
  letters.clear();
  readLetters(text, start, end, letters);
  return new Set(letters.numbers);
}

/** How much of the first stands in the second as well. */
function shared(one: string, other: string): number {
  const [own, others] = [lettersOf(one), lettersOf(other)];
  return [...own].filter((number) => others.has(number)).length / own.size;
}

describe('readLetters', () => {
  it.each([
    ['disregarding', 'disregarded', 0.5],
    ['instructons', 'instructions', 0.4],
    ['忽略规则', '规则忽略', 0.6],
  ])('finds much of %s in %s', (one, other, least) => {
    expect(shared(one, other)).toBeGreaterThan(least);
  });

  it.each([
    ['disregard', 'invoice'],
    ['rule', 'overruled'],
    ['忽略', '发票'],
  ])('finds little of %s in %s', (one, other) => {
    expect(shared(one, other)).toBeLessThan(0.4);
  });

  it('knows each piece once, and no other parts of the text', () => {
    expect(lettersOf('free free free')).toEqual(lettersOf('free'));
    expect(lettersOf('obey! free?', 6, 10)).toEqual(lettersOf('free'));
    expect(lettersOf('?! …\n').size).toBe(0);
  });

  it('takes an apostrophe for a part of a word only between letters', () => {
    expect(shared("don't", "'don't'")).toBe(1);
  });
});
