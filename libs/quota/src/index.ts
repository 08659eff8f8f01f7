export {
  Quota,
  RESERVATION_SECONDS_MAX,
  TOKENS_PER_QUESTION_MAX,
  type QuotaOptions,
  type Reservation,
  type ReserveRequest,
} from './quota.js';
export { QuotaPolicies, POLICIES_PER_PAGE_MAX, type PolicyPage } from './quota-policies.js';
export { LIMITS_MAX, type PolicyInput } from './read-policy-input.js';
export type { QuotaPolicy } from './store/policy.repository.js';
export type { MeasureUsage, Usage } from './usage-of.js';
export { MEASURES, SUBJECT_KINDS, type Measure, type SubjectKind } from './subject.js';
export { quotaConfigSchema } from './quota.config.js';
export {
  QUOTA_FAULT_CODES,
  QUOTA_REFUSAL_CODES,
  QuotaFault,
  type QuotaFaultCode,
  type QuotaRefusalCode,
} from './quota.errors.js';
