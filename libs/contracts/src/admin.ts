import { z } from 'zod';
import { id, line, noContent, pageOf, pageQuery, text, time } from './shapes.js';
import { route } from './route.js';
import { POLICY_ACTIONS, ROLES, SCAN_ACTIONS } from './vocabulary.js';

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

const wordText = line(500);
export const wordRow = z.object({
  id,
  text: z.string(),
  category: z.string(),
  action: z.enum(SCAN_ACTIONS),
  wholeWord: z.boolean().nullable(),
  allow: z.boolean().describe('an exception: what lies within it is not found'),
  createdAt: time,
});
export type WordRow = z.infer<typeof wordRow>;
const newWord = z.strictObject({
  text: wordText,
  category: line(60).default('general'),
  action: z.enum(SCAN_ACTIONS).default('redact'),
  wholeWord: z.boolean().nullable().default(null),
  allow: z.boolean().default(false),
});

export const settings = z.strictObject({
  name: line(),
  keepQuestionText: z.boolean().describe('whether the audit keeps the text of questions'),
  keepAnswerText: z.boolean().describe('whether the audit keeps the text of answers'),
  showReasoning: z.boolean().describe("whether a model's reasoning is shown to callers"),
  giveBackSecrets: z
    .boolean()
    .describe(
      'whether callers see the secrets that they typed, and the model was not shown, again in its answer; never kept',
    ),
  passagesPerQuestion: z.number().int().min(1).max(50),
  groundedness: z
    .enum(['off', 'mark', 'withhold'])
    .default('mark')
    .describe('what becomes of a sentence of an answer that the passages it cites do not support'),
  allowedModels: z
    .array(line())
    .max(50)
    .optional()
    .describe('models that may be asked; none: all; left out: as before'),
  modelRoutes: z
    .string()
    .max(4_000)
    .optional()
    .describe('models by use case, best first: question: a*9|b*1, c; code: b; left out: as before'),
  firstRoles: z
    .array(z.enum(ROLES))
    .max(ROLES.length)
    .optional()
    .describe('roles whose people go first where questions wait for a model; left out: as before'),
});
export type Settings = z.infer<typeof settings>;

const vectorStatus = z.object({
  models: z.array(z.string()),
  reranker: z.string().nullable(),
  pgvector: z.string().nullable(),
  search: z.enum(['index', 'exact', 'signature', 'none', 'words']),
  summary: z.string(),
  sets: z.array(
    z.object({
      model: z.string(),
      state: z.enum(['building', 'active', 'retired']),
      dimensions: z.number().nullable(),
      done: z.number().describe('passages that have vectors'),
      total: z.number().describe('passages that are searched'),
      skipped: z.number(),
      remainingSeconds: z.number().nullable(),
      failure: z.string().nullable(),
      failedAt: time.nullable(),
      retryAt: time.nullable(),
    }),
  ),
});

export const ACTIVITY_RANGES = ['day', 'week', 'month'] as const;
const activityCounts = z.object({
  questions: z.number(),
  tokens: z.number().describe('prompt and completion together'),
  firstToken: z
    .object({ p50: z.number(), p95: z.number() })
    .nullable()
    .describe('milliseconds to the first word that a model wrote; null where none wrote'),
});

export const adminRoutes = {
  overview: route({
    method: 'GET',
    path: '/api/admin/overview',
    permission: 'admin.settings',
    summary: 'The last day, week or month of the tenant in figures',
    tag: 'admin',
    query: z.strictObject({
      range: z.enum(ACTIVITY_RANGES).default('day'),
      offset: z.coerce
        .number()
        .int()
        .min(-840)
        .max(840)
        .default(0)
        .describe(
          'minutes that the reader’s clock is ahead of UTC: periods begin at its hours and midnights',
        ),
    }),
    response: activityCounts.extend({
      people: z.number(),
      refusals: z.array(z.object({ step: z.string(), count: z.number() })),
      models: z.array(z.object({ model: z.string(), tokens: z.number() })),
      since: time
        .nullable()
        .describe('more was asked than is counted: what is counted began then; null: all of it is'),
      documents: z.number(),
      passages: z.number(),
      seconds: z.number().describe('of one period'),
      periods: z.array(activityCounts.extend({ at: time, refusals: z.number() })),
    }),
  }),
  vectors: route({
    method: 'GET',
    path: '/api/admin/vectors',
    permission: 'admin.settings',
    summary: 'How far the vectors of the passages are, and how they are searched',
    tag: 'admin',
    response: vectorStatus,
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
    body: z.strictObject({
      words: z.array(newWord).min(1).max(10_000),
      confirmed: z
        .boolean()
        .default(false)
        .describe('words that would hit nearly every answer are meant; without it they are refused (422)'),
    }),
    response: z.object({
      added: z.number(),
      duplicates: z.array(z.string()),
      instead: z
        .array(z.object({ category: z.string(), action: z.enum(POLICY_ACTIONS) }))
        .describe('categories whose policy decides instead of the action that the words have'),
    }),
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
      action: z.enum(SCAN_ACTIONS).optional(),
      wholeWord: z.boolean().nullable().optional(),
      allow: z.boolean().optional(),
      confirmed: z
        .boolean()
        .default(false)
        .describe('that the word then hits nearly every answer is meant; without it this is refused (422)'),
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
          action: z.enum(SCAN_ACTIONS),
        }),
      ),
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
