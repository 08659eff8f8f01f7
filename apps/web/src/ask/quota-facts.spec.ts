import { describe, expect, it } from '@jest/globals';
import { quotaFactsOf } from './quota-facts.js';

const refusal = {
  step: 'quota' as const,
  code: 'QUOTA_TOKENS_PER_DAY',
  facts: {
    measure: 'tokens',
    subject: 'user',
    limit: 3000,
    used: 2500,
    requested: 1100,
    resetsAt: '2026-01-06T00:00:00.000Z',
  },
};

describe('quotaFactsOf', () => {
  it('reads what is left, what was asked for and when it returns', () => {
    expect(quotaFactsOf(refusal)).toEqual({
      code: 'QUOTA_TOKENS_PER_DAY',
      subject: 'user',
      limit: 3000,
      left: 500,
      requested: 1100,
      resetsAt: Date.UTC(2026, 0, 6),
      neverEnough: false,
    });
  });

  it('says when waiting does not help: from one token above the limit', () => {
    const at = (limit: number) => quotaFactsOf({ ...refusal, facts: { ...refusal.facts, limit, used: 0 } });
    expect(at(1100)?.neverEnough).toBe(false);
    expect(at(1099)?.neverEnough).toBe(true);
  });

  it('has no time of return for what runs at once, nor for one that cannot be read', () => {
    expect(quotaFactsOf({ ...refusal, code: 'QUOTA_CONCURRENT' })?.resetsAt).toBeNull();
    expect(quotaFactsOf({ ...refusal, facts: { ...refusal.facts, resetsAt: null } })?.resetsAt).toBeNull();
  });

  it('leaves a refusal without facts, or of another step, to the gateway’s own sentence', () => {
    expect(quotaFactsOf({ code: 'QUOTA_TOKENS_PER_DAY' })).toBeNull();
    expect(quotaFactsOf({ ...refusal, code: 'FIREWALL_REFUSED' })).toBeNull();
    expect(quotaFactsOf({ ...refusal, facts: { ...refusal.facts, subject: 'planet' } })).toBeNull();
  });
});
