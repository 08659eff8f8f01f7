import type { RefusalEvent } from '@lorekeep/contracts';

const CODES = ['QUOTA_REQUESTS_PER_MINUTE', 'QUOTA_TOKENS_PER_DAY', 'QUOTA_CONCURRENT'] as const;
const SUBJECTS = ['tenant', 'group', 'user'] as const;
type QuotaCode = (typeof CODES)[number];

/** What a quota's refusal says of itself. */
export interface QuotaFacts {
  code: QuotaCode;
  subject: (typeof SUBJECTS)[number];
  limit: number;
  left: number;
  /** Tokens that the question would have reserved; 0 for the other measures. */
  requested: number;
  /** In milliseconds; null where a running question has to end first. */
  resetsAt: number | null;
  /** More than the whole limit was needed: waiting does not help. */
  neverEnough: boolean;
}

export const isQuotaCode = (code: string | undefined): code is QuotaCode =>
  CODES.some((each) => each === code);

/** Null where anything is missing: then the gateway's own sentence is shown. */
export function quotaFactsOf({ code, facts }: Partial<RefusalEvent>): QuotaFacts | null {
  const subject = SUBJECTS.find((each) => each === facts?.['subject']);
  const limit = numberOf(facts?.['limit']);
  if (!isQuotaCode(code) || subject === undefined || limit === null) return null;
  const requested = numberOf(facts?.['requested']) ?? 0;
  if (code === 'QUOTA_TOKENS_PER_DAY' && requested === 0) return null;
  const left = Math.max(0, limit - (numberOf(facts?.['used']) ?? 0));
  const reset = code === 'QUOTA_CONCURRENT' ? NaN : Date.parse(String(facts?.['resetsAt']));
  return {
    code,
    subject,
    limit,
    left,
    requested,
    resetsAt: Number.isNaN(reset) ? null : reset,
    neverEnough: requested > limit,
  };
}

const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;
