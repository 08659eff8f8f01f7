import { z } from 'zod';
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
  auditQuestion: route({
    method: 'GET',
    path: '/api/audit/questions/:reference',
    permission: 'audit.read',
    summary: 'All records of one question',
    tag: 'audit',
    params: z.strictObject({ reference: z.string().regex(/^[0-9a-f]{32}$/) }),
    response: z.object({ rows: z.array(auditRow) }),
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
