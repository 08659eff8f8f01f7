import { Fault } from '@lorekeep/kit/errors';

export const AUDIT_FAULT_CODES = [
  'AUDIT_UNAVAILABLE',
  'AUDIT_TIMEOUT',
  'AUDIT_OVERLOADED',
  'AUDIT_RECORD_INVALID',
  'AUDIT_CHAIN_BROKEN',
  'AUDIT_HEAD_UNUSABLE',
] as const;
export type AuditFaultCode = (typeof AUDIT_FAULT_CODES)[number];

const TEXTS: Record<AuditFaultCode, { status: number; text: string }> = {
  AUDIT_UNAVAILABLE: {
    status: 503,
    text: 'This could not be recorded, so it was not done. Please try again.',
  },
  AUDIT_TIMEOUT: { status: 503, text: 'This could not be recorded in time. Please try again.' },
  AUDIT_OVERLOADED: { status: 503, text: 'Too much is waiting to be recorded. Please try again shortly.' },
  AUDIT_RECORD_INVALID: { status: 500, text: 'This could not be recorded, so it was not done.' },
  AUDIT_CHAIN_BROKEN: { status: 500, text: 'The audit chain does not continue its signed head.' },
  AUDIT_HEAD_UNUSABLE: { status: 500, text: 'The signed head of the audit chain cannot be read or written.' },
};

/** Something could not be recorded, or the record is not what was signed: nothing may be released. */
export class AuditFault extends Fault<AuditFaultCode> {
  constructor(code: AuditFaultCode, cause?: unknown) {
    super(code, TEXTS[code].text, { cause, status: TEXTS[code].status, step: 'audit' });
    this.name = 'AuditFault';
  }
}
