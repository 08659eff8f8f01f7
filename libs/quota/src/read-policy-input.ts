import { RequestError } from '@lorekeep/kit/errors';
import { isUuid } from '@lorekeep/kit/sql';
import { SUBJECT_KINDS, type SubjectKind } from './subject.js';

/** Far above any deployment; keeps sums within what counters and pages can hold. */
export const LIMITS_MAX = {
  requestsPerMinute: 1_000_000,
  tokensPerDay: 1_000_000_000_000,
  concurrentQuestions: 100_000,
} as const;
const LIMIT_NAMES = ['requestsPerMinute', 'tokensPerDay', 'concurrentQuestions'] as const;

export interface PolicyInput {
  subjectKind: SubjectKind;
  /** null or absent for the tenant. */
  subjectId?: string | null;
  /** null or absent: not limited. 0: nothing is admitted. */
  requestsPerMinute?: number | null;
  tokensPerDay?: number | null;
  concurrentQuestions?: number | null;
}

export type ValidPolicy = Required<PolicyInput>;

/** Checks everything and reports all mistakes at once as RequestError 422. */
export function readPolicyInput(input: PolicyInput): ValidPolicy {
  const details: { path: string; message: string }[] = [];
  const subjectId = input.subjectId ?? null;
  if (!SUBJECT_KINDS.includes(input.subjectKind)) {
    details.push({ path: 'subjectKind', message: `one of ${SUBJECT_KINDS.join(', ')}` });
  } else if (input.subjectKind === 'tenant') {
    if (subjectId !== null) details.push({ path: 'subjectId', message: 'must be absent for the tenant' });
  } else if (subjectId === null || !isUuid(subjectId)) {
    details.push({ path: 'subjectId', message: 'the id of a group or user' });
  }
  const limits = { requestsPerMinute: null, tokensPerDay: null, concurrentQuestions: null } as Pick<
    ValidPolicy,
    (typeof LIMIT_NAMES)[number]
  >;
  for (const name of LIMIT_NAMES) {
    const value = input[name] ?? null;
    if (value !== null && (!Number.isInteger(value) || value < 0 || value > LIMITS_MAX[name])) {
      details.push({ path: name, message: `a whole number from 0 to ${LIMITS_MAX[name]}, or null` });
    }
    limits[name] = value;
  }
  if (LIMIT_NAMES.every((name) => limits[name] === null)) {
    details.push({ path: '', message: 'at least one limit; remove the policy to lift them all' });
  }
  if (details.length > 0) {
    throw new RequestError(422, 'QUOTA_POLICY_INVALID', 'The policy is not valid.', details);
  }
  return { subjectKind: input.subjectKind, subjectId, ...limits };
}
