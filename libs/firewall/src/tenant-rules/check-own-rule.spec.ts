import { describe, expect, it } from '@jest/globals';
import { checkOwnRule } from './check-own-rule.js';
import { EXAMPLES_MAX, LITERALS_MAX, REACH_MAX, type AskedRule, type OwnRule } from './own-rule.js';
import { OwnRules } from './own-rules.js';

const GOOD: AskedRule = {
  id: 'own.staging',
  category: 'sql',
  kind: 'artifact',
  severity: 'critical',
  literals: ['staging_'],
  pattern: 'drop {1,3}table {1,3}staging_[a-z]{1,40}',
  catches: ['DROP  TABLE staging_users', 'RFJPUCBUQUJMRSBzdGFnaW5nX3VzZXJz'],
  passes: ['What is in staging_users?'],
};
const pathsOf = (part: Partial<AskedRule>): string[] => {
  const checked = checkOwnRule({ ...GOOD, ...part }, 'rules.0');
  return Array.isArray(checked) ? checked.map(({ path }) => path.slice('rules.0.'.length)) : [];
};

describe('a rule of a tenant', () => {
  it('that is right is taken, and read in every view', () => {
    expect(checkOwnRule(GOOD, '')).toMatchObject({ id: 'own.staging', paranoia: 1, roles: ['user', 'tool'] });
  });

  it.each<[string, Partial<AskedRule>]>([
    ['id', { id: 'sql.quote' }],
    ['category', { category: 'secret' }],
    ['category', { category: 'weather' }],
    ['kind', { kind: 'opinion' }],
    ['severity', { severity: 'dire' }],
    ['severity', { kind: 'judgment' }],
    ['paranoia', { paranoia: 0 }],
    ['roles', { roles: ['cook'] }],
    ['literals', { literals: [] }],
    ['literals.0', { literals: ['st'] }],
    ['literals.0', { literals: ['Staging_'] }],
    ['pattern', { pattern: '' }],
    ['pattern', { pattern: 'staging_[' }],
    ['pattern', { pattern: 'staging_(a+)+$' }],
    ['pattern', { pattern: 'staging_.*' }],
    ['pattern', { pattern: 'drop (?=table) staging_' }],
    ['pattern', { pattern: '(drop) \\1 staging_' }],
    ['pattern', { pattern: '(?:staging_)?' }],
    ['pattern', { pattern: `staging_[a-z]{1,${REACH_MAX - 7}}` }],
    [
      'pattern',
      { pattern: 'staging_(?:(?:a{1,40}b{1,40}){1,4}|c){1,1}(?:x{0,50}y?){0,1}'.replace('{1,4}', '{1,90}') },
    ],
    ['catches', { catches: [] }],
    ['catches.0', { catches: ['nothing'] }],
    ['passes.0', { passes: ['drop table staging_x'] }],
  ])('is refused for its %s: %j', (path, part) => expect(pathsOf(part)).toContain(path));

  it('keeps to its limits at their edges', () => {
    const many = (count: number, text: string) => Array.from({ length: count }, (_, i) => `${text}${i}x`);
    expect(pathsOf({ pattern: `drop {1,3}table {1,3}staging_[a-z]{1,${REACH_MAX - 23}}` })).toEqual([]);
    expect(pathsOf({ pattern: `drop {1,3}table {1,3}staging_[a-z]{1,${REACH_MAX - 22}}` })).toEqual([
      'pattern',
    ]);
    expect(pathsOf({ literals: ['staging_', ...many(LITERALS_MAX - 1, 'abc')] })).toEqual([]);
    expect(pathsOf({ literals: ['staging_', ...many(LITERALS_MAX, 'abc')] })).toEqual(['literals']);
    expect(pathsOf({ passes: many(EXAMPLES_MAX, 'abc') })).toEqual([]);
    expect(pathsOf({ passes: many(EXAMPLES_MAX + 1, 'abc') })).toEqual(['passes']);
  });

  it.each(['', 'b'])('comes to an end whatever the text and the pattern, with %j at the end', (end) => {
    const hard = {
      ...GOOD,
      literals: ['aaa'],
      pattern: '(?:a{1,20}){1,19}b',
      catches: ['aaab'],
      passes: ['b'],
    };
    const rules = new OwnRules([checkOwnRule(hard, '') as OwnRule]);
    const text = 'a'.repeat(32_768) + end;
    expect(rules.match(text, 'user', 1)).toHaveLength(end.length);
  });

  it('tells each place, with words as wide as their surroundings say', () => {
    const words = {
      ...GOOD,
      literals: ['bird'],
      pattern: '\\bbird\\b',
      catches: ['a bird'],
      passes: ['birds'],
    };
    const rules = new OwnRules([checkOwnRule(words, '') as OwnRule]);
    const text = `bird birds ${'blackbird '.repeat(60)}bird, and a bird`;
    const places = rules.match(text, 'user', 1).map(({ start, end }) => [start, text.slice(start, end)]);
    expect(places).toEqual([
      [0, 'bird'],
      [611, 'bird'],
      [623, 'bird'],
    ]);
  });
});
