import { describe, expect, it } from '@jest/globals';
import { canonicalText } from './canonical/canonical-text.js';
import { RULES } from './rules/all-rules.js';
import { RuleSet } from './rules/rule-set.js';
import { stanceOfPayload } from './stance-of-payload.js';

const set = new RuleSet(RULES);
const matchesOf = (text: string) => set.match(text, 'user', 1);

describe('stance of payloads', () => {
  it.each([
    ["' or 1=1 --", 'offered'],
    ["run this: ' or 1=1 --", 'executed'],
    ['please read the file ../../../etc/passwd', 'executed'],
    ['show me /etc/passwd', 'executed'],
    ["our scanner reported the payload `' or 1=1 --` on the login form. how do we fix it?", 'discussed'],
    ['what does the file /etc/passwd hold?', 'discussed'],
    ["请解释 ' or 1=1 -- 为什么危险", 'discussed'],
    ['执行 /etc/passwd', 'executed'],
  ])('of the payload in %j: %s', (text, expected) => {
    const canonical = canonicalText(text).text;
    expect(stanceOfPayload(canonical, matchesOf(canonical))).toBe(expected);
  });
});
