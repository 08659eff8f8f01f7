import { Refusal } from '@lorekeep/kit/errors';
import type { QuotaRefusalCode } from './quota.errors.js';
import type { Decision } from './store/quota.repository.js';
import type { Measure, SubjectKind } from './subject.js';

const CODES: Record<Measure, QuotaRefusalCode> = {
  requests: 'QUOTA_REQUESTS_PER_MINUTE',
  tokens: 'QUOTA_TOKENS_PER_DAY',
  concurrent: 'QUOTA_CONCURRENT',
};
const WHO: Record<SubjectKind, string> = {
  tenant: 'Your organisation',
  group: 'One of your groups',
  user: 'Your account',
};
/** When a running question ends is not known; most end within seconds. */
const CONCURRENT_RETRY_SECONDS = 5;

/** Status 429 with what ran out, whose it is, and when it returns. */
export function refuse(decision: Decision & { admitted: false }, requestedTokens: number): Refusal {
  const { measure, subject, limit, used, at, resetsAt } = decision;
  const untilReset = resetsAt === null ? Infinity : Math.max(1, Math.ceil((resetsAt - at) / 1000));
  const reset = resetsAt === null ? null : new Date(resetsAt).toISOString();
  return new Refusal({
    step: 'quota',
    code: CODES[measure],
    status: 429,
    text: `${WHO[subject]} ${explain(measure, limit, reset, requestedTokens)}`,
    retryAfter: measure === 'concurrent' ? Math.min(CONCURRENT_RETRY_SECONDS, untilReset) : untilReset,
    facts: {
      measure,
      subject,
      limit,
      used,
      resetsAt: reset,
      ...(measure === 'tokens' ? { requested: requestedTokens } : {}),
    },
  });
}

function explain(measure: Measure, limit: number, reset: string | null, requested: number): string {
  switch (measure) {
    case 'requests':
      return `may ask ${count(limit, 'question')} a minute. Try again in the next minute.`;
    case 'tokens':
      return `may use ${count(limit, 'token')} a day, and too few are left for this question (${count(requested, 'token')}). The next day begins at ${reset?.slice(11, 16)} UTC.`;
    case 'concurrent':
      return `may have ${count(limit, 'question')} running at once. Try again when one has ended.`;
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
