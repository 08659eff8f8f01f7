import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalText } from '../canonical/canonical-text.js';
import { countSteps } from '../testing/count-steps.js';
import { RULES } from './all-rules.js';
import { boundSteps } from './bound-steps.js';
import { readPattern } from './read-pattern.js';

const LETTERS = ['a', 'b', 'c'];
/** Patterns of three letters, so that parts get in each other's way. */
const { pattern } = fc.letrec<{ pattern: string; sequence: string; piece: string; atom: string }>((tie) => ({
  pattern: fc.array(tie('sequence'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('|')),
  sequence: fc.array(tie('piece'), { maxLength: 4 }).map((parts) => parts.join('')),
  piece: fc.oneof(
    tie('atom'),
    fc
      .tuple(tie('atom'), fc.nat(3), fc.nat(3), fc.constantFrom('', '?'))
      .map(([atom, min, more, lazy]) => `${atom}{${min},${min + more}}${lazy}`),
    fc.constantFrom('^', '$', '\\b'),
    fc
      .tuple(fc.constantFrom('?=', '?!', '?<=', '?<!'), tie('sequence'))
      .map(([kind, inner]) => `(${kind}${inner})`),
  ),
  atom: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...LETTERS, '[ab]', '[^a]', '.', '\\w'),
    tie('pattern').map((inner) => `(?:${inner})`),
  ),
}));
const text = fc.array(fc.constantFrom(...LETTERS, ' '), { maxLength: 12 }).map((units) => units.join(''));

describe('boundSteps', () => {
  it('is never below what an engine takes, whatever the pattern and the text', () => {
    fc.assert(
      fc.property(pattern, text, (source, given) => {
        // One pattern in thousands takes a hundred times as long as all the others.
        const { steps, end } = countSteps(source, given, 0, 500_000);
        expect(boundSteps(source)).toBeGreaterThanOrEqual(steps);
        if (end === undefined) return;
        // The engine that counts must be one: it finds what the real one finds.
        const real = new RegExp(source, 'y').exec(given);
        expect(end).toBe(real && real[0].length);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is never below what the rules take on their own examples', () => {
    const below: string[] = [];
    for (const rule of RULES)
      for (const { source } of readPattern(rule.pattern)) {
        if (/\\[1-9]/.test(source)) continue;
        const example = canonicalText(rule.catches[0] ?? '').text.slice(0, 40);
        const bound = boundSteps(source);
        for (let at = 0; at < example.length; at += 13)
          if (bound < countSteps(source, example, at).steps) below.push(source);
      }
    expect(below).toEqual([]);
  });

  it.each([
    ['abc', 5],
    ['[a-z]{0,40} x', 170],
    ['(?:[a-z]{1,12} ){0,5}x', 300],
  ])('%s is small: what follows cannot be what is repeated', (source, most) => {
    expect(boundSteps(source)).toBeLessThan(most);
  });

  it.each(['(?:a{0,20}){0,20}b', '(?:a|a){0,30}b', 'a{0,400}a{0,400}a{0,400}b'])(
    '%s is large: it can be read in many ways',
    (source) => {
      expect(boundSteps(source)).toBeGreaterThan(10_000_000);
    },
  );

  it('counts what a group may have matched where it is referred to', () => {
    expect(boundSteps('(a|bc{0,300})\\1')).toBeGreaterThan(300);
    expect(boundSteps('(a)\\1')).toBeLessThan(10);
  });

  it('is infinite without an upper bound', () => {
    for (const source of ['a+', '(?:ab*){1,3}', '(?=a{2,})b']) expect(boundSteps(source)).toBe(Infinity);
  });
});
