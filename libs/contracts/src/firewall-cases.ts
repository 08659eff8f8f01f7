import { z } from 'zod';
import { FIREWALL_ROLES, FIREWALL_TEXT_LIMIT, firewallAction } from './firewall.js';
import { id, noContent, text, time } from './shapes.js';
import { route } from './route.js';

const caseRow = z.object({
  id,
  text: z.string(),
  role: z.enum(FIREWALL_ROLES),
  expected: firewallAction,
  got: firewallAction.describe('what is decided now'),
  note: z.string(),
  reference: z.string().nullable().describe('trace id of the question that it was made of'),
  groupIds: z.array(id).describe('it is tried as for a member of these'),
  createdBy: z.string(),
  createdAt: time,
});
export type FirewallCase = z.infer<typeof caseRow>;

const admin = { permission: 'admin.rules', tag: 'admin' } as const;

export const firewallCaseRoutes = {
  firewallCases: route({
    ...admin,
    method: 'GET',
    path: '/api/admin/firewall/cases',
    summary: 'Texts that the setup is tried with at every change',
    response: z.object({ rows: z.array(caseRow) }),
  }),
  addFirewallCase: route({
    ...admin,
    method: 'POST',
    path: '/api/admin/firewall/cases',
    summary: 'Keep a text as a test: a false alarm, or an attack that was missed',
    body: z.strictObject({
      text: text(FIREWALL_TEXT_LIMIT),
      role: z.enum(FIREWALL_ROLES).default('user'),
      expected: firewallAction.default('allow'),
      note: z.string().max(500).default(''),
      reference: z
        .string()
        .regex(/^[0-9a-f]{32}$/)
        .nullable()
        .default(null)
        .describe('trace id of a question: tried as for who asked it; needs the right to read the audit'),
    }),
    response: z.object({ id }),
    status: 201,
  }),
  addDocumentCase: route({
    ...admin,
    method: 'POST',
    path: '/api/admin/firewall/cases/of-document',
    summary:
      'Keep the words for which a document is in quarantine as a test that they must pass; needs the right to write documents',
    body: z.strictObject({
      documentId: id,
      finding: z.number().int().min(0).max(49).describe('place among the notes of the document'),
    }),
    response: z.object({ id }),
    status: 201,
  }),
  deleteFirewallCase: route({
    ...admin,
    method: 'DELETE',
    path: '/api/admin/firewall/cases/:id',
    summary: 'Remove a test',
    response: noContent,
    status: 204,
  }),
};
