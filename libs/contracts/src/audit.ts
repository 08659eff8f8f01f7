import { z } from 'zod';
import { FIREWALL_ROLES } from './firewall.js';
import { text, time } from './shapes.js';
import { route } from './route.js';

const filter = z.strictObject({
  from: time.optional(),
  to: time.optional(),
  actorId: z.uuid().optional(),
  kind: text(60).optional(),
  outcome: text(40).optional(),
  reference: z
    .string()
    .regex(/^[0-9a-f]{8,32}$/)
    .describe('a reference, or at least the 8 characters that it begins with')
    .optional(),
  search: text(200).optional(),
  rule: text(80).describe('id of a rule of the firewall').optional(),
});
export const auditRow = z.object({
  sequence: z.number(),
  id: z.uuid(),
  recordedAt: time,
  kind: z.string(),
  reference: z.string().nullable(),
  actorId: z.uuid().nullable(),
  actor: z.string(),
  outcome: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  hash: z.string().describe('SHA-256, hex'),
});
export type AuditRow = z.infer<typeof auditRow>;

export const auditRoutes = {
  audit: route({
    method: 'GET',
    path: '/api/audit',
    permission: 'audit.read',
    summary: 'Records, newest first; the reading is recorded',
    tag: 'audit',
    query: filter.extend({
      before: z.coerce.number().int().min(1).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
    response: z.object({ rows: z.array(auditRow), next: z.number().nullable() }),
  }),
  auditRules: route({
    method: 'GET',
    path: '/api/audit/rules',
    permission: 'audit.read',
    summary: 'Rules of the firewall that the latest questions name, to filter by',
    tag: 'audit',
    response: z.object({ rows: z.array(z.object({ rule: z.string(), questions: z.number() })) }),
  }),
  auditQuestion: route({
    method: 'GET',
    path: '/api/audit/questions/:reference',
    permission: 'audit.read',
    summary: 'All records of one question',
    tag: 'audit',
    params: z.strictObject({ reference: z.string().regex(/^[0-9a-f]{32}$/) }),
    response: z.object({ rows: z.array(auditRow) }),
  }),
  keepFalseAlarm: route({
    method: 'POST',
    path: '/api/audit/questions/:reference/false-alarm',
    permission: 'audit.read',
    summary:
      'Hand a question over as a test of the firewall that it must pass; administrators can read it there',
    tag: 'audit',
    params: z.strictObject({ reference: z.string().regex(/^[0-9a-f]{32}$/) }),
    body: z.strictObject({ role: z.enum(FIREWALL_ROLES) }),
    response: z.object({ id: z.uuid() }),
    status: 201,
  }),
  exportAudit: route({
    method: 'GET',
    path: '/api/audit/export',
    permission: 'audit.read',
    summary: 'JSON lines, the signed head last',
    tag: 'audit',
    query: filter,
    response: 'json-lines',
  }),
  verifyAudit: route({
    method: 'POST',
    path: '/api/audit/verify',
    permission: 'audit.read',
    summary: 'Verify the chain',
    tag: 'audit',
    response: z.object({
      ok: z.boolean(),
      records: z.number(),
      incomplete: z.number(),
      firstBad: z.object({ sequence: z.number(), reason: z.string() }).nullable(),
    }),
  }),
};
