import { describe, expect, it } from '@jest/globals';
import { readPattern } from './read-pattern.js';

const setsOf = (pattern: string) =>
  readPattern(pattern).flatMap(({ sets }) => sets.map((set) => [...set].sort()));

describe('readPattern', () => {
  it.each<[string, string[][]]>([
    ['ignore', [['ignore']]],
    ['(?:ignore|forget) the rules', [['forget the rules', 'ignore the rules']]],
    ['ignore[ \\n]{1,3}[a-z]{0,9}rules', [['ignore'], ['rules']]],
    ['(?:please )?ignore', [['ignore']]],
    ['(?:very ){1,3}loudly', [['loudly'], ['very ']]],
    ['忽略[^。]{0,9}(?:指令|规则)', [['忽略'], ['指令', '规则']]],
    ['ignore|forget[a-z]{1,3}rules', [['ignore'], ['forget'], ['rules']]],
    // Not every match has a string of its own.
    ['(?:ignore|[a-z]{9})', []],
    ['[a-z]{3}', []],
    // A blank is no string to look for.
    ['[a-z] [a-z]', []],
    ['(?=ignore)[a-z]{6}', []],
  ])('strings of %s', (pattern, sets) => expect(setsOf(pattern)).toEqual(sets));

  it.each([
    ['ignore', 6],
    ['a{2,5}(?:bc|d)?', 7],
    ['(?:ab){3}[^\\n]{0,10}$', 16],
    ['(a|bcd)\\1', 6],
    ['a*', Infinity],
  ])('reach of %s', (pattern, reach) => expect(readPattern(pattern)[0]?.reach).toBe(reach));

  it.each([
    ['^ignore$', true, true],
    ['^ignore|forget$', true, false],
    ['ignore', false, false],
  ])('edges of %s', (pattern, fromStart, toEnd) =>
    expect(readPattern(pattern)[0]).toMatchObject({ fromStart, toEnd }),
  );

  it('refuses what is no pattern', () => expect(() => readPattern('(a')).toThrow(SyntaxError));
});
