import { describe, expect, it } from '@jest/globals';
import { canonicalText } from '../canonical/canonical-text.js';
import { RULES } from './all-rules.js';
import { packTables, unpackTables } from './built-in-rules.js';
import { PARANOIA_LEVELS, TEXT_ROLES, type Rule } from './rule.js';
import { RuleSet } from './rule-set.js';

/** Of every role and level. */
const SOME = RULES.filter(({ paranoia }, at) => at % 12 === 0 || paranoia !== undefined);

describe('kept tables', () => {
  it('find what tables find that were just made, for every role and level', () => {
    const made = new RuleSet(SOME);
    const tables = unpackTables(SOME, packTables(SOME, made.tables()));
    expect(tables).toEqual(made.tables());
    const kept = new RuleSet(SOME, tables);
    const texts = SOME.flatMap(({ catches, passes }) => [...catches, ...passes]);
    let found = 0;
    for (const text of texts.map((each) => canonicalText(each).text))
      for (const role of TEXT_ROLES)
        for (const paranoia of PARANOIA_LEVELS) {
          const matches = kept.match(text, role, paranoia);
          expect([text, matches]).toEqual([text, made.match(text, role, paranoia)]);
          found += matches.length;
        }
    expect(found).toBeGreaterThan(texts.length);
  });

  it.each<[string, (rule: Rule) => Rule]>([
    ['a pattern', (rule) => ({ ...rule, pattern: `${rule.pattern}|more` })],
    ['a literal', (rule) => ({ ...rule, literals: [...rule.literals, 'more'] })],
    ['a level', (rule) => ({ ...rule, paranoia: 3 })],
    ['a role', (rule) => ({ ...rule, roles: ['assistant'] })],
  ])('are not taken up where %s is another', (_, changed) => {
    const rules = RULES.slice(0, 1);
    const bytes = packTables(rules, new RuleSet(rules).tables());
    expect(unpackTables(rules, bytes)).toBeDefined();
    expect(unpackTables(rules.map(changed), bytes)).toBeUndefined();
  });
});
