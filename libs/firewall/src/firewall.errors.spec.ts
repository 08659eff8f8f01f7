import { describe, expect, it } from '@jest/globals';
import { refuse } from './firewall.errors.js';
import { RULES } from './rules/all-rules.js';
import { CATEGORIES } from './rules/rule.js';

describe.each(CATEGORIES)('what is said of a refusal for %s', (category) => {
  it.each([
    ['en', /\. .*\bplease\b|\. Please\b/, /quotation|quote|\bin a sentence/i],
    ['zh', /。请|，请/, /引号|引用|一句话/],
  ] as const)(
    'in %s says what to do instead, and nothing of how it was noticed',
    (locale, advice, evasion) => {
      const { text, facts } = refuse(category, locale);
      expect(text).toMatch(advice);
      expect(text).not.toMatch(evasion);
      expect(facts).toEqual({ category });
      expect(RULES.filter(({ id }) => text.includes(id))).toEqual([]);
    },
  );
});
