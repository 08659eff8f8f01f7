import { z } from 'zod';
import {
  id,
  idParams,
  line,
  noContent,
  cursorPageOf,
  cursorQuery,
  problem,
  QUESTION_LIMIT,
  text,
  time,
} from './shapes.js';
import { route } from './route.js';
import { GROUNDEDNESS_REASONS, LOCALES, OUTCOMES, STEPS } from './vocabulary.js';

/** Parameters that a caller may set; everything else that a model server understands is ours. */
export const sampling = z.strictObject({
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().gt(0).max(1).optional(),
  maxTokens: z.number().int().min(1).max(32_768).optional(),
});

/** UTF-16 units of what a person says of how to answer. */
export const INSTRUCTIONS_LIMIT = 4_000;
/** Earlier questions that go to the model with a new one. */
export const EARLIER_LIMIT = 5;

export const askBody = z.strictObject({
  question: text(QUESTION_LIMIT),
  conversationId: id.optional().describe('continue this conversation; left out: a new one'),
  collectionIds: z.array(id).max(50).optional().describe('search only these collections'),
  documents: z.enum(['auto', 'none']).default('auto').describe('none: no retrieval, the model alone answers'),
  model: line().optional(),
  instructions: text(INSTRUCTIONS_LIMIT)
    .optional()
    .describe('how to answer: a system prompt below our own; screened like the question'),
  earlier: z
    .number()
    .int()
    .min(0)
    .max(EARLIER_LIMIT)
    .optional()
    .describe('earlier questions of the conversation that go along, with their answers; left out: what fits'),
  parameters: sampling.optional(),
});
export type AskBody = z.input<typeof askBody>;

export const citation = z.object({
  number: z.number().int(),
  passageId: id,
  documentId: id,
  title: z.string(),
  heading: z.string(),
  page: z.number().int().nullable(),
  collection: z.string(),
  /** The passage's beginning, for the tooltip. */
  excerpt: z.string(),
});
export type Citation = z.infer<typeof citation>;

const refusalBody = problem
  .omit({ type: true, title: true })
  .extend({ step: z.enum(STEPS), text: z.string() });
export type RefusalEvent = z.infer<typeof refusalBody>;

/** A sentence that its sources do not support; offsets into the answer's text, in UTF-16 units. */
export const groundednessMark = z.object({
  start: z.number().int(),
  end: z.number().int(),
  reason: z.enum(GROUNDEDNESS_REASONS),
  /** A placeholder stands there in its place. */
  withheld: z.boolean(),
});
export type GroundednessMark = z.infer<typeof groundednessMark>;

/** What `POST /api/ask` and `POST /api/drafts` stream: `event: <kind>`, `data: <JSON without kind>`. */
export const askEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('accepted'),
    reference: z.string(),
    conversationId: id.nullable(),
    messageId: id.nullable(),
  }),
  z.object({
    kind: z.literal('step'),
    step: z.enum(STEPS),
    state: z.enum(['done', 'skipped']),
    milliseconds: z.number(),
    /** retrieval: `passages` found, `leftOut` for words that stop an answer; firewall: what was taken out, as kinds. */
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  }),
  z.object({
    kind: z.literal('model'),
    model: z.string(),
    driver: z.enum(['extractive', 'openai-compatible']),
  }),
  /** The question waits for its turn with the model. Comes again when that has changed; over with the first `model`. */
  z.object({ kind: z.literal('waiting'), position: z.number().int(), seconds: z.number() }),
  /** What was left out so that the rest fits the model: earlier questions with their answers, and passages. */
  z.object({ kind: z.literal('shortened'), turns: z.number().int(), passages: z.number().int() }),
  z.object({ kind: z.literal('citations'), citations: z.array(citation) }),
  /** No document holds the words of the question: the question with words that the caller's documents have. */
  z.object({ kind: z.literal('suggestion'), text: z.string() }),
  z.object({ kind: z.literal('text'), text: z.string(), channel: z.enum(['content', 'reasoning']) }),
  z.object({ kind: z.literal('withheld'), reference: z.string(), action: z.enum(['redact', 'stop']) }),
  groundednessMark.extend({ kind: z.literal('groundedness') }),
  z.object({ kind: z.literal('refusal'), refusal: refusalBody }),
  z.object({
    kind: z.literal('end'),
    outcome: z.enum(OUTCOMES),
    finishReason: z.string().nullable(),
    usage: z.object({ promptTokens: z.number(), completionTokens: z.number(), estimated: z.boolean() }),
    seconds: z.number(),
    messageId: id.nullable(),
  }),
  z.object({ kind: z.literal('error'), error: problem }),
]);
export type AskEvent = z.infer<typeof askEvent>;

export const conversationRow = z.object({
  id,
  title: z.string(),
  pinned: z.boolean(),
  createdAt: time,
  updatedAt: time,
});
export type ConversationRow = z.infer<typeof conversationRow>;

export const message = z.object({
  id,
  role: z.enum(['user', 'assistant']),
  content: z.string(),
  citations: z.array(citation),
  marks: z.array(groundednessMark).describe('sentences that their sources do not support'),
  suggestion: z.string().nullable().describe('nothing was found: the question as it may have been meant'),
  outcome: z.enum(OUTCOMES).nullable(),
  refusal: refusalBody.partial().nullable(),
  reference: z.string().nullable(),
  model: z.string().nullable(),
  usage: z
    .object({ promptTokens: z.number(), completionTokens: z.number(), seconds: z.number() })
    .partial()
    .nullable(),
  rating: z.enum(['good', 'bad']).nullable(),
  createdAt: time,
});
export type Message = z.infer<typeof message>;

export const suggestion = z.object({ text: z.string(), language: z.enum(['en', 'zh']) });

export const askRoutes = {
  ask: route({
    method: 'POST',
    path: '/api/ask',
    permission: 'ask',
    summary: 'Ask; the answer is streamed',
    tag: 'ask',
    body: askBody,
    response: 'event-stream',
  }),
  suggestions: route({
    method: 'GET',
    path: '/api/suggestions',
    permission: 'ask',
    summary: 'Questions for an empty conversation',
    tag: 'ask',
    query: z.strictObject({
      language: z.enum(LOCALES).optional().describe('of most of them; default: of the caller'),
    }),
    response: z.object({ rows: z.array(suggestion) }),
  }),
  models: route({
    method: 'GET',
    path: '/api/models',
    permission: 'ask',
    summary: 'Models that may be asked',
    tag: 'ask',
    response: z.object({
      rows: z.array(z.object({ id: z.string(), driver: z.string(), available: z.boolean() })),
    }),
  }),
  conversations: route({
    method: 'GET',
    path: '/api/conversations',
    permission: 'ask',
    summary: 'Own conversations, newest first',
    tag: 'conversations',
    query: cursorQuery,
    response: cursorPageOf(conversationRow),
  }),
  conversation: route({
    method: 'GET',
    path: '/api/conversations/:id',
    permission: 'ask',
    summary: 'One conversation with its messages',
    tag: 'conversations',
    params: idParams,
    response: conversationRow.extend({ messages: z.array(message) }),
  }),
  updateConversation: route({
    method: 'PATCH',
    path: '/api/conversations/:id',
    permission: 'ask',
    summary: 'Rename or pin',
    tag: 'conversations',
    body: z.strictObject({ title: line().optional(), pinned: z.boolean().optional() }),
    response: conversationRow,
  }),
  deleteConversation: route({
    method: 'DELETE',
    path: '/api/conversations/:id',
    permission: 'ask',
    summary: 'Delete; can be restored for a while',
    tag: 'conversations',
    response: noContent,
    status: 204,
  }),
  restoreConversation: route({
    method: 'POST',
    path: '/api/conversations/:id/restore',
    permission: 'ask',
    summary: 'Undo a deletion',
    tag: 'conversations',
    response: conversationRow,
  }),
  exportConversation: route({
    method: 'GET',
    path: '/api/conversations/:id/export',
    permission: 'ask',
    summary: 'As Markdown or JSON',
    tag: 'conversations',
    query: z.strictObject({ format: z.enum(['markdown', 'json']).default('markdown') }),
    response: 'text',
  }),
  rateMessage: route({
    method: 'PUT',
    path: '/api/messages/:id/rating',
    permission: 'ask',
    summary: 'Good or not good',
    tag: 'conversations',
    body: z.strictObject({
      rating: z.enum(['good', 'bad']).nullable(),
      reason: text(2_000).nullable().default(null),
    }),
    response: noContent,
    status: 204,
  }),
};
