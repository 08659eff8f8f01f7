import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { RULES } from './all-rules.js';
import type { Rule } from './rule.js';
import {
  keyOf,
  MICROS_MAX,
  mistakeOf,
  patternsOf,
  STEPS_MAX,
  type Verdict,
  type Verdicts,
} from './verdicts.js';

const kept = JSON.parse(readFileSync(new URL('./verdicts.json', import.meta.url), 'utf8')) as Verdicts;
const ruleOf = (pattern: string): Rule => ({ ...(RULES[0] as Rule), id: 'sql.one', pattern });
/** What is said of a pattern for which this is kept. */
const said = (pattern: string, part: Partial<Verdict>) => {
  const [run] = patternsOf([ruleOf(pattern)]);
  if (!run) throw new Error('no pattern');
  const verdict: Verdict = { rule: 'sql.one', by: 'steps', steps: 0, micros: 1, ms: 1, ...part };
  return mistakeOf(run, { [run.key]: verdict });
};

describe('verdicts', () => {
  it('are kept of every pattern that is run, each proven; what is changed needs a new one', () => {
    const mistakes = patternsOf(RULES).flatMap((pattern) => {
      const mistake = mistakeOf(pattern, kept);
      return mistake === undefined ? [] : [`${pattern.rule.id} ${mistake}`];
    });
    expect([...new Set(mistakes)]).toEqual([]);
  });

  it('are kept of nothing else', () => {
    const keys = new Set(patternsOf(RULES).map(({ key }) => key));
    expect(Object.keys(kept).filter((key) => !keys.has(key))).toEqual([]);
  });

  it('hold for one pattern and its flags alone', () => {
    expect(keyOf('a{1,3}', '')).not.toBe(keyOf('a{1,4}', ''));
    expect(keyOf('a{1,3}', '')).not.toBe(keyOf('a{1,3}', 'i'));
    const [run] = patternsOf([ruleOf('a{1,3}')]);
    expect(run && mistakeOf(run, {})).toMatch(/no verdict/);
  });

  it('are no verdicts where they are of another bound, too dear, unbounded or vulnerable', () => {
    expect(said('ab', { steps: 3 })).toBeUndefined();
    expect(said('ab', { steps: 2 })).toMatch(/another bound/);
    expect(said('ab', { steps: 3, by: 'vulnerable', search: 'exponential' })).toMatch(
      /vulnerable: exponential/,
    );
    expect(said('ab', { steps: 3, micros: MICROS_MAX })).toBeUndefined();
    expect(said('ab', { steps: 3, micros: MICROS_MAX + 1 })).toMatch(/for 32 kB/);
    expect(said('a+b', { steps: Infinity })).toMatch(/without a bound/);
    expect(said('(?:a{0,90}){0,40}b', {})).toMatch(/another bound/);
    const steps = Number(/: (\S+) steps/.exec(said('(?:a{0,90}){0,40}b', {}) ?? '')?.[1]);
    expect(steps).toBeGreaterThan(STEPS_MAX);
    expect(said('(?:a{0,90}){0,40}b', { steps })).toMatch(/was not measured/);
    expect(said('(?:a{0,90}){0,40}b', { steps, by: 'measured' })).toBeUndefined();
  });
});
