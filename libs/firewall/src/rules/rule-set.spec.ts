import { describe, expect, it } from '@jest/globals';
import { canonicalText } from '../canonical/canonical-text.js';
import { RULES } from './all-rules.js';
import { readPattern } from './read-pattern.js';
import type { Rule } from './rule.js';
import { RuleSet } from './rule-set.js';

const set = new RuleSet(RULES);
const FILLER = 'The printer on the third floor is out of paper again, and nobody knows who ordered it.\n';

function found(text: string): string[] {
  return [...new Set(set.match(text, 'user', 4).map(({ rule }) => rule.id))].sort();
}

/** Every alternative on the whole text, as if nothing were known of it. */
const plain = RULES.filter(({ roles }) => roles.includes('user')).map((rule) => ({
  rule,
  alternatives: readPattern(rule.pattern).map(({ source, isRare }) => ({
    regexp: new RegExp(source),
    isRare,
  })),
}));
function foundPlainly(text: string): string[] {
  const holds = plain.filter(({ rule: { literals }, alternatives }) => {
    const isNear = literals.some((literal) => text.includes(literal));
    return alternatives.some(({ regexp, isRare }) => (isRare || isNear) && regexp.test(text));
  });
  return holds.map(({ rule }) => rule.id).sort();
}

describe('RuleSet', () => {
  const examples = RULES.flatMap(({ catches, passes }) => [...catches, ...passes]).map(
    (text) => canonicalText(text).text,
  );

  // First: expressions that have met only short texts take five times as long for these.
  it('finds it within long texts and beside other examples', () => {
    const filler = canonicalText(FILLER).text.repeat(8);
    examples.forEach((text, at) => {
      if (at % 7 !== 0) return;
      const other = examples[(at * 31) % examples.length] ?? '';
      for (const long of [`${filler}${text}\n${filler}`, `${text} ${other} ${filler}${other}`])
        expect([long, found(long)]).toEqual([long, foundPlainly(long)]);
    });
  });

  it('finds what the patterns find on the whole text', () => {
    for (const text of examples) expect([text, found(text)]).toEqual([text, foundPlainly(text)]);
  });

  it('tells where matches stand, at most eight of a rule', () => {
    const rule = {
      ...(RULES[0] as Rule),
      id: 'sql.here',
      category: 'sql',
      literals: ['needle'],
      pattern: 'needle',
      roles: ['user'],
    } as const;
    const text = 'hay needle '.repeat(20);
    const matches = new RuleSet([rule]).match(text, 'user', 1);
    expect(matches).toHaveLength(8);
    expect(matches.map(({ start, end }) => text.slice(start, end))).toEqual(Array(8).fill('needle'));
  });

  it('lets look-arounds read as far as they look', () => {
    const base = { ...(RULES[0] as Rule), id: 'sql.here', literals: ['needle'], roles: ['user'] } as const;
    const rules = new RuleSet([{ ...base, pattern: '(?<!^at[^.]{0,90})needle(?![^.]{0,90}over)' }]);
    const gap = 'hay '.repeat(20);
    const count = (text: string) => rules.match(text, 'user', 1).length;
    expect(count(`it ${gap}needle ${gap}under`)).toBe(1);
    expect(count(`at ${gap}needle ${gap}under`)).toBe(0);
    expect(count(`it ${gap}needle ${gap}over`)).toBe(0);
    expect(count(`. at ${gap}needle ${gap}. over`)).toBe(1);
  });

  it('runs the rules of a role and level alone', () => {
    const base = { ...(RULES[0] as Rule), literals: ['needle'], pattern: 'needle' };
    const rules = new RuleSet([
      { ...base, id: 'sql.low', roles: ['user'] },
      { ...base, id: 'sql.high', roles: ['user'], paranoia: 3 },
      { ...base, id: 'sql.document', roles: ['document'] },
    ]);
    const idsOf = (role: 'user' | 'document', level: 1 | 3) =>
      rules.match('a needle', role, level).map((match) => match.rule.id);
    expect(idsOf('user', 1)).toEqual(['sql.low']);
    expect(idsOf('user', 3)).toEqual(['sql.low', 'sql.high']);
    expect(idsOf('document', 3)).toEqual(['sql.document']);
  });
});
