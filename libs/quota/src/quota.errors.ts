import { Fault } from '@lorekeep/kit/errors';

/** Refusals: ordinary outcomes, status 429. */
export const QUOTA_REFUSAL_CODES = [
  'QUOTA_REQUESTS_PER_MINUTE',
  'QUOTA_TOKENS_PER_DAY',
  'QUOTA_CONCURRENT',
] as const;
export type QuotaRefusalCode = (typeof QUOTA_REFUSAL_CODES)[number];

export const QUOTA_FAULT_CODES = ['QUOTA_UNAVAILABLE', 'QUOTA_TIMEOUT', 'QUOTA_INVALID'] as const;
export type QuotaFaultCode = (typeof QUOTA_FAULT_CODES)[number];

const TEXTS: Record<QuotaFaultCode, { status: number; text: string }> = {
  QUOTA_UNAVAILABLE: { status: 503, text: 'The quota could not be checked. Please try again.' },
  QUOTA_TIMEOUT: { status: 503, text: 'The quota could not be checked in time. Please try again.' },
  QUOTA_INVALID: { status: 500, text: 'The quota was asked for an impossible amount.' },
};

/** The quota could not decide: nothing may be spent. */
export class QuotaFault extends Fault<QuotaFaultCode> {
  constructor(code: QuotaFaultCode, cause?: unknown) {
    super(code, TEXTS[code].text, { cause, status: TEXTS[code].status, step: 'quota' });
    this.name = 'QuotaFault';
  }
}
