import { integer } from '@lorekeep/kit/config';
import { APPEND_QUEUE_MAX, APPEND_TIMEOUT_MS } from './append/append-queue.js';

/** Settings of the domain; apps merge them into their configuration. */
export const auditConfigSchema = {
  AUDIT_TIMEOUT_MS: integer(100, 60_000)
    .default(APPEND_TIMEOUT_MS)
    .describe('Milliseconds within which an audit record must be durable; past it the request fails'),
  AUDIT_QUEUE_MAX: integer(1, 1_000_000)
    .default(APPEND_QUEUE_MAX)
    .describe('Audit records that may wait in one process; beyond it requests fail at once'),
};
