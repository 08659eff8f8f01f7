import { z } from 'zod';
import { cursorPageOf, cursorQuery, id, line, noContent, pageOf, pageQuery, text, time } from './common.js';
import { route } from './route.js';
import { LOCALES, ROLES } from './vocabulary.js';

const group = z.object({ id, name: z.string() });
export const userRow = z.object({
  id,
  email: z.string(),
  displayName: z.string(),
  roles: z.array(z.enum(ROLES)),
  locale: z.enum(LOCALES),
  groups: z.array(group),
  disabledAt: time.nullable(),
  lastSignInAt: time.nullable(),
  createdAt: time,
});
export type UserRow = z.infer<typeof userRow>;
const roles = z.array(z.enum(ROLES)).max(ROLES.length);
const groupIds = z.array(id).max(500);

export const groupRow = z.object({ id, name: z.string(), description: z.string(), members: z.number() });
export type GroupRow = z.infer<typeof groupRow>;

export const SUBJECT_KINDS = ['tenant', 'group', 'user'] as const;
const limit = z.number().int().min(0).max(1_000_000_000).nullable();
export const quotaRow = z.object({
  id,
  subjectKind: z.enum(SUBJECT_KINDS),
  subjectId: id.nullable(),
  subject: z.string(),
  requestsPerMinute: z.number().nullable(),
  tokensPerDay: z.number().nullable(),
  concurrentQuestions: z.number().nullable(),
  usage: z.object({ requests: z.number(), tokens: z.number(), concurrent: z.number() }),
});
export type QuotaRow = z.infer<typeof quotaRow>;

export const WORD_ACTIONS = ['log', 'redact', 'stop'] as const;
const wordText = line(500);
export const wordRow = z.object({
  id,
  text: z.string(),
  category: z.string(),
  action: z.enum(WORD_ACTIONS),
  wholeWord: z.boolean().nullable(),
  createdAt: time,
});
export type WordRow = z.infer<typeof wordRow>;
const newWord = z.strictObject({
  text: wordText,
  category: line(60).default('general'),
  action: z.enum(WORD_ACTIONS).default('redact'),
  wholeWord: z.boolean().nullable().default(null),
});

export const FIREWALL_ACTIONS = ['allow', 'flag', 'redact', 'refuse'] as const;
export const rulesBody = z.strictObject({ actions: z.record(z.string().max(60), z.enum(FIREWALL_ACTIONS)) });
export const rulesResponse = z.object({
  categories: z.array(
    z.object({
      category: z.string(),
      action: z.enum(FIREWALL_ACTIONS),
      builtIn: z.enum(FIREWALL_ACTIONS),
      rules: z.number(),
      allowed: z.array(z.enum(FIREWALL_ACTIONS)),
    }),
  ),
});

export const settings = z.strictObject({
  name: line(),
  keepQuestionText: z.boolean().describe('whether the audit keeps the text of questions'),
  keepAnswerText: z.boolean().describe('whether the audit keeps the text of answers'),
  showReasoning: z.boolean().describe("whether a model's reasoning is shown to callers"),
  passagesPerQuestion: z.number().int().min(1).max(50),
});
export type Settings = z.infer<typeof settings>;

export const adminRoutes = {
  overview: route({
    method: 'GET',
    path: '/api/admin/overview',
    permission: 'admin.settings',
    summary: 'The last 24 hours in figures',
    tag: 'admin',
    response: z.object({
      questions: z.number(),
      people: z.number(),
      refusals: z.array(z.object({ step: z.string(), count: z.number() })),
      tokens: z.number(),
      documents: z.number(),
      passages: z.number(),
      hours: z.array(z.object({ at: time, questions: z.number(), refusals: z.number() })),
    }),
  }),
  users: route({
    method: 'GET',
    path: '/api/admin/users',
    permission: 'admin.users',
    summary: 'Users, by e-mail',
    tag: 'admin',
    query: cursorQuery,
    response: cursorPageOf(userRow),
  }),
  createUser: route({
    method: 'POST',
    path: '/api/admin/users',
    permission: 'admin.users',
    summary: 'Create a user; the initial password is shown once',
    tag: 'admin',
    body: z.strictObject({
      email: z.email().max(320),
      displayName: line(),
      roles: roles.min(1).default(['employee']),
      groupIds: groupIds.default([]),
      locale: z.enum(LOCALES).default('en'),
    }),
    response: userRow.extend({ initialPassword: z.string() }),
    status: 201,
  }),
  user: route({
    method: 'GET',
    path: '/api/admin/users/:id',
    permission: 'admin.users',
    summary: 'One user',
    tag: 'admin',
    response: userRow,
  }),
  updateUser: route({
    method: 'PATCH',
    path: '/api/admin/users/:id',
    permission: 'admin.users',
    summary: 'Change name, roles, groups, or disable',
    tag: 'admin',
    body: z.strictObject({
      displayName: line().optional(),
      roles: roles.min(1).optional(),
      groupIds: groupIds.optional(),
      locale: z.enum(LOCALES).optional(),
      disabled: z.boolean().optional(),
    }),
    response: userRow,
  }),
  resetPassword: route({
    method: 'POST',
    path: '/api/admin/users/:id/password',
    permission: 'admin.users',
    summary: 'Set a new initial password, shown once; ends all sessions',
    tag: 'admin',
    response: z.object({ initialPassword: z.string() }),
  }),
  groups: route({
    method: 'GET',
    path: '/api/admin/groups',
    permission: 'admin.users',
    summary: 'Groups, by name',
    tag: 'admin',
    query: cursorQuery,
    response: cursorPageOf(groupRow),
  }),
  createGroup: route({
    method: 'POST',
    path: '/api/admin/groups',
    permission: 'admin.users',
    summary: 'Create a group',
    tag: 'admin',
    body: z.strictObject({ name: line(), description: z.string().max(2_000).default('') }),
    response: groupRow,
    status: 201,
  }),
  updateGroup: route({
    method: 'PATCH',
    path: '/api/admin/groups/:id',
    permission: 'admin.users',
    summary: 'Rename or describe',
    tag: 'admin',
    body: z.strictObject({ name: line().optional(), description: z.string().max(2_000).optional() }),
    response: groupRow,
  }),
  deleteGroup: route({
    method: 'DELETE',
    path: '/api/admin/groups/:id',
    permission: 'admin.users',
    summary: 'Delete a group; what was granted to it is lost',
    tag: 'admin',
    response: noContent,
    status: 204,
  }),
  groupMembers: route({
    method: 'GET',
    path: '/api/admin/groups/:id/members',
    permission: 'admin.users',
    summary: 'Members',
    tag: 'admin',
    response: z.object({ rows: z.array(z.object({ id, email: z.string(), displayName: z.string() })) }),
  }),
  setGroupMembers: route({
    method: 'PUT',
    path: '/api/admin/groups/:id/members',
    permission: 'admin.users',
    summary: 'Set the members',
    tag: 'admin',
    body: z.strictObject({ userIds: z.array(id).max(10_000) }),
    response: groupRow,
  }),
  quotas: route({
    method: 'GET',
    path: '/api/admin/quotas',
    permission: 'admin.quotas',
    summary: 'Quota policies beside live use',
    tag: 'admin',
    response: z.object({ rows: z.array(quotaRow) }),
  }),
  putQuota: route({
    method: 'PUT',
    path: '/api/admin/quotas',
    permission: 'admin.quotas',
    summary: 'Set the policy of the tenant, a group or a user',
    tag: 'admin',
    body: z.strictObject({
      subjectKind: z.enum(SUBJECT_KINDS),
      subjectId: id.nullable(),
      requestsPerMinute: limit,
      tokensPerDay: limit,
      concurrentQuestions: limit,
    }),
    response: quotaRow,
  }),
  deleteQuota: route({
    method: 'DELETE',
    path: '/api/admin/quotas/:id',
    permission: 'admin.quotas',
    summary: 'Remove a policy',
    tag: 'admin',
    response: noContent,
    status: 204,
  }),
  words: route({
    method: 'GET',
    path: '/api/admin/words',
    permission: 'admin.words',
    summary: 'Forbidden words',
    tag: 'admin',
    query: pageQuery,
    response: pageOf(wordRow),
  }),
  addWords: route({
    method: 'POST',
    path: '/api/admin/words',
    permission: 'admin.words',
    summary: 'Add words; all or nothing',
    tag: 'admin',
    body: z.strictObject({ words: z.array(newWord).min(1).max(10_000) }),
    response: z.object({ added: z.number(), duplicates: z.array(z.string()) }),
    status: 201,
    bodyLimit: 8 * 1024 * 1024,
  }),
  updateWord: route({
    method: 'PATCH',
    path: '/api/admin/words/:id',
    permission: 'admin.words',
    summary: 'Change a word',
    tag: 'admin',
    body: z.strictObject({
      category: line(60).optional(),
      action: z.enum(WORD_ACTIONS).optional(),
      wholeWord: z.boolean().nullable().optional(),
    }),
    response: wordRow,
  }),
  deleteWord: route({
    method: 'DELETE',
    path: '/api/admin/words/:id',
    permission: 'admin.words',
    summary: 'Remove a word',
    tag: 'admin',
    response: noContent,
    status: 204,
  }),
  tryWords: route({
    method: 'POST',
    path: '/api/admin/words/try',
    permission: 'admin.words',
    summary: 'What the scanner does to a text',
    tag: 'admin',
    body: z.strictObject({ text: text(100_000) }),
    response: z.object({
      output: z.string(),
      hits: z.array(
        z.object({
          start: z.number(),
          end: z.number(),
          word: z.string(),
          category: z.string(),
          action: z.enum(WORD_ACTIONS),
        }),
      ),
    }),
  }),
  rules: route({
    method: 'GET',
    path: '/api/admin/rules',
    permission: 'admin.rules',
    summary: 'What the firewall does, by category',
    tag: 'admin',
    response: rulesResponse,
  }),
  setRules: route({
    method: 'PUT',
    path: '/api/admin/rules',
    permission: 'admin.rules',
    summary: 'Set the actions by category',
    tag: 'admin',
    body: rulesBody,
    response: rulesResponse,
  }),
  tryRules: route({
    method: 'POST',
    path: '/api/admin/rules/try',
    permission: 'admin.rules',
    summary: 'What the firewall decides about a text',
    tag: 'admin',
    body: z.strictObject({ text: text(100_000), role: z.enum(['user', 'document']).default('user') }),
    response: z.object({
      action: z.enum(FIREWALL_ACTIONS),
      hits: z.array(z.object({ rule: z.string(), category: z.string(), start: z.number(), end: z.number() })),
      text: z.string(),
    }),
  }),
  settings: route({
    method: 'GET',
    path: '/api/admin/settings',
    permission: 'admin.settings',
    summary: "The tenant's settings",
    tag: 'admin',
    response: settings,
  }),
  setSettings: route({
    method: 'PUT',
    path: '/api/admin/settings',
    permission: 'admin.settings',
    summary: "Change the tenant's settings",
    tag: 'admin',
    body: settings,
    response: settings,
  }),
};
