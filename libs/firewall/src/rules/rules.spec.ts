import { describe, expect, it } from '@jest/globals';
import { readViews } from '../views/read-views.js';
import { RULES } from './all-rules.js';
import { RuleSet } from './rule-set.js';

const set = new RuleSet(RULES);
/** As rules read it. */
const read = (text: string): string => readViews(text).views[0]?.text ?? '';
const firesOn = (rule: (typeof RULES)[number], text: string): boolean =>
  set.match(read(text), rule.roles[0]!, 4).some((match) => match.rule.id === rule.id);

/** Quantifiers without an upper bound, outside of character classes. */
function unbounded(pattern: string): string[] {
  const outside = pattern.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  return [...outside.matchAll(/[*+]|\{\d+,\}/g)].map((match) => match[0]);
}

describe('rules', () => {
  it('have names of their own', () => {
    expect(new Set(RULES.map((rule) => rule.id)).size).toBe(RULES.length);
  });

  describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
    it('catches and passes what it says', () => {
      for (const text of rule.catches) expect([text, firesOn(rule, text)]).toEqual([text, true]);
      for (const text of rule.passes) expect([text, firesOn(rule, text)]).toEqual([text, false]);
    });

    it('is well formed: canonical literals, bounded repetitions, judgments below certainty', () => {
      expect(rule.id.startsWith(`${rule.category}.`)).toBe(true);
      if (rule.kind === 'judgment') expect(rule.severity).not.toBe('critical');
      expect(unbounded(rule.pattern)).toEqual([]);
      expect(rule.catches.length).toBeGreaterThan(0);
      expect(rule.passes.length).toBeGreaterThan(0);
      for (const literal of rule.literals) expect(read(literal)).toBe(literal);
    });
  });
});
