import { z } from 'zod';
import { QUESTION_LIMIT, text } from './shapes.js';
import { route } from './route.js';

/** Messages in one request, and the text of all of them together in UTF-16 units. */
export const CHAT_MESSAGE_LIMIT = 500;
export const CHAT_TEXT_LIMIT = 400_000;
export const CHAT_CHOICE_LIMIT = 8;

const parts = z.array(z.object({ type: z.literal('text'), text: text(QUESTION_LIMIT * 4, 0) })).max(100);
const content = z.union([text(QUESTION_LIMIT * 4, 0), parts]);
const toolCall = z.object({
  id: text(200, 0),
  type: z.literal('function'),
  function: z.object({ name: text(200, 0), arguments: text(QUESTION_LIMIT, 0) }),
});

export const chatMessage = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: content.nullable().optional(),
  name: text(200, 0).optional(),
  tool_call_id: text(200, 0).optional(),
  tool_calls: z.array(toolCall).max(100).optional(),
});

const tool = z.object({
  type: z.literal('function'),
  function: z.object({
    name: text(200, 0),
    description: text(20_000, 0).optional(),
    parameters: z.record(z.string(), z.unknown()).optional(),
    strict: z.boolean().nullable().optional(),
  }),
});

const jsonSchema = z.object({
  name: text(200),
  description: text(20_000, 0).optional(),
  schema: z.record(z.string(), z.unknown()).optional(),
  strict: z.boolean().nullable().optional(),
});

/** Bytes of a request of OpenAI's: a long conversation, or many texts to embed. */
export const OPENAI_BODY_LIMIT = 4 * 1024 * 1024;

/** What a caller of OpenAI's doors may say to Lorekeep. */
export const lorekeepOptions = z
  .strictObject({
    documents: z.enum(['auto', 'none']).default('auto'),
    collections: z.array(z.uuid()).max(50).optional(),
  })
  .optional()
  .describe('documents: none answers without retrieval');

/**
 * OpenAI's chat completion. Fields that change nothing here (`user`, `metadata`, `store`, `service_tier`) are accepted
 * and dropped; unknown fields are refused; `lorekeep` is ours.
 */
export const chatBody = z.strictObject({
  model: text(200),
  messages: z.array(chatMessage).min(1).max(CHAT_MESSAGE_LIMIT),
  stream: z.boolean().nullable().optional(),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullable().optional(),
  temperature: z.number().min(0).max(2).nullable().optional(),
  top_p: z.number().gt(0).max(1).nullable().optional(),
  max_tokens: z.number().int().min(1).max(131_072).nullable().optional(),
  max_completion_tokens: z.number().int().min(1).max(131_072).nullable().optional(),
  n: z.number().int().min(1).max(CHAT_CHOICE_LIMIT).nullable().optional(),
  stop: z
    .union([text(200), z.array(text(200)).max(4)])
    .nullable()
    .optional(),
  seed: z.number().int().nullable().optional(),
  presence_penalty: z.number().min(-2).max(2).nullable().optional(),
  frequency_penalty: z.number().min(-2).max(2).nullable().optional(),
  reasoning_effort: z.enum(['low', 'medium', 'high']).nullable().optional(),
  tools: z.array(tool).max(128).optional(),
  tool_choice: z
    .union([
      z.enum(['none', 'auto', 'required']),
      z.object({ type: z.literal('function'), function: z.object({ name: text(200, 0) }) }),
    ])
    .optional(),
  parallel_tool_calls: z.boolean().optional(),
  response_format: z
    .union([
      z.object({ type: z.enum(['text', 'json_object']) }),
      z.object({ type: z.literal('json_schema'), json_schema: jsonSchema }),
    ])
    .optional(),
  logprobs: z.boolean().nullable().optional(),
  top_logprobs: z.number().int().nullable().optional(),
  user: text(500, 0).optional(),
  metadata: z.record(text(64, 0), text(512, 0)).nullable().optional(),
  store: z.boolean().nullable().optional(),
  service_tier: text(50, 0).nullable().optional(),
  lorekeep: lorekeepOptions,
});
export type ChatBody = z.infer<typeof chatBody>;

export const openaiRoutes = {
  chat: route({
    method: 'POST',
    path: '/v1/chat/completions',
    permission: 'ask',
    summary: "OpenAI's chat completions over your documents",
    tag: 'v1',
    body: chatBody,
    response: z.record(z.string(), z.unknown()),
    bodyLimit: OPENAI_BODY_LIMIT,
  }),
  listModels: route({
    method: 'GET',
    path: '/v1/models',
    permission: 'ask',
    summary: 'Models that may be asked',
    tag: 'v1',
    response: z.object({
      object: z.literal('list'),
      data: z.array(
        z.object({ id: z.string(), object: z.literal('model'), created: z.number(), owned_by: z.string() }),
      ),
    }),
  }),
  getModel: route({
    method: 'GET',
    path: '/v1/models/:model',
    permission: 'ask',
    summary: 'One model',
    tag: 'v1',
    params: z.strictObject({ model: text(200) }),
    response: z.object({
      id: z.string(),
      object: z.literal('model'),
      created: z.number(),
      owned_by: z.string(),
    }),
  }),
};
