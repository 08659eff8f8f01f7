import { describe, expect, it } from '@jest/globals';
import { MATCHES_MAX, type RuleMatch } from './rules/rule-set.js';
import type { Rule } from './rules/rule.js';
import { inspectText } from './inspect-text.js';
import { PRESET_POLICIES } from './policy.js';
import { score, type Reading } from './scoring.js';

const rule = (id: string): Rule => ({
  id: `document-instruction.${id}`,
  category: 'document-instruction',
  kind: 'judgment',
  severity: 'medium',
  literals: ['x'],
  pattern: 'x',
  roles: ['document'],
  catches: ['x'],
  passes: ['y'],
});
const [A, B, C] = [rule('a'), rule('b'), rule('c')];
const reading = (...matches: readonly (readonly [Rule, number])[]): Reading => ({
  text: 'x'.repeat(10_000),
  matches: matches.map(([one, start]): RuleMatch => ({ rule: one, start, end: start + 1 })),
  places: matches.map(([, start]) => start),
  disguised: false,
});
const sumOf = (of: Reading, reach?: number): number | undefined => score([of], 'balanced', reach)[0]?.sum;

describe('signs of one message', () => {
  it('add up where they begin within its reach, at its edge too, in whatever order they were found', () => {
    expect(sumOf(reading([A, 0], [B, 9_000]))).toBe(100);
    expect(sumOf(reading([A, 0], [B, 501]), 500)).toBe(50);
    expect(sumOf(reading([A, 0], [B, 500]), 500)).toBe(100);
    expect(sumOf(reading([B, 5_400], [A, 0], [C, 300], [A, 5_000]), 500)).toBe(100);
    expect(sumOf(reading([A, 0], [A, 10], [A, 20]), 500)).toBe(50);
  });

  it('of a rule that matches more often than is looked at, the rest may stand anywhere', () => {
    const often = Array.from({ length: MATCHES_MAX }, (_, at) => [A, at * 10] as const);
    expect(sumOf(reading(...often, [B, 9_000]), 500)).toBe(100);
    expect(sumOf(reading(...often.slice(1), [B, 9_000]), 500)).toBe(50);
  });
});

describe('what one word names', () => {
  it('is one sign, and two where two places name it', () => {
    const named = (id: string): Rule => ({ ...rule(id), id, category: 'jailbreak' });
    const [free, bare] = [named('jailbreak.freed'), named('jailbreak.no-limits')];
    expect(sumOf(reading([free, 10], [bare, 10]))).toBe(50);
    expect(sumOf(reading([free, 10], [bare, 12]))).toBe(100);
    expect(sumOf(reading([free, 10], [named('jailbreak.other'), 10]))).toBe(100);
  });

  it.each([
    ['for opposite day at our kindergarten we need five silly ideas.'],
    ['信里不要道歉,错不在我们。'],
  ])('so that ordinary words refuse nothing: %s', (text) => {
    const { action, hits } = inspectText(PRESET_POLICIES.balanced, text, 'user');
    expect(hits.length).toBeGreaterThan(1);
    expect(action).toBe('flag');
  });
});
