import { z } from 'zod';
import { CHAT_MESSAGE_LIMIT, lorekeepOptions, OPENAI_BODY_LIMIT } from './openai.js';
import { route } from './route.js';
import { QUESTION_LIMIT, text } from './shapes.js';

const long = text(QUESTION_LIMIT * 4, 0);
const short = text(200, 0);
const parts = z.array(z.object({ type: z.enum(['input_text', 'output_text', 'text']), text: long })).max(100);
const content = z.union([long, parts]);

const message = z.object({
  type: z.literal('message').optional(),
  role: z.enum(['user', 'assistant', 'system', 'developer']),
  content,
});
const functionCall = z.object({
  type: z.literal('function_call'),
  call_id: short,
  name: short,
  arguments: text(QUESTION_LIMIT, 0),
});
const functionOutput = z.object({
  type: z.literal('function_call_output'),
  call_id: short,
  output: content,
});
/** What an earlier answer thought: taken back by clients that send all of it, and dropped. */
const reasoning = z.object({ type: z.literal('reasoning') });
export const responsesItem = z.union([message, functionCall, functionOutput, reasoning]);
export type ResponsesItem = z.infer<typeof responsesItem>;

const format = z.union([
  z.object({ type: z.enum(['text', 'json_object']) }),
  z.object({
    type: z.literal('json_schema'),
    name: short,
    description: text(20_000, 0).optional(),
    schema: z.record(z.string(), z.unknown()),
    strict: z.boolean().nullable().optional(),
  }),
]);

/**
 * OpenAI's request for a response. Nothing is kept between two of them: what would need that (`previous_response_id`,
 * `conversation`, `background`) is refused. Fields that change nothing here (`store`, `truncation`, `user` and the like)
 * are accepted and dropped; unknown fields are refused; `lorekeep` is ours.
 */
export const responsesBody = z.strictObject({
  model: text(200),
  input: z.union([text(QUESTION_LIMIT * 4), z.array(responsesItem).min(1).max(CHAT_MESSAGE_LIMIT)]),
  instructions: long.nullable().optional(),
  stream: z.boolean().nullable().optional(),
  stream_options: z.object({}).nullable().optional(),
  temperature: z.number().min(0).max(2).nullable().optional(),
  top_p: z.number().gt(0).max(1).nullable().optional(),
  max_output_tokens: z.number().int().min(1).max(131_072).nullable().optional(),
  tools: z
    .array(
      z.object({
        type: short.describe('function: others are refused'),
        name: short.optional(),
        description: text(20_000, 0).nullable().optional(),
        parameters: z.record(z.string(), z.unknown()).nullable().optional(),
        strict: z.boolean().nullable().optional(),
      }),
    )
    .max(128)
    .optional(),
  tool_choice: z
    .union([z.enum(['none', 'auto', 'required']), z.object({ type: z.literal('function'), name: short })])
    .optional(),
  parallel_tool_calls: z.boolean().nullable().optional(),
  text: z.object({ format: format.optional(), verbosity: short.nullable().optional() }).nullable().optional(),
  reasoning: z
    .object({ effort: z.enum(['low', 'medium', 'high']).nullable().optional() })
    .nullable()
    .optional(),
  include: z.array(text(100, 0)).max(20).nullable().optional(),
  top_logprobs: z.number().int().nullable().optional(),
  previous_response_id: short.nullable().optional(),
  conversation: z.unknown().optional(),
  prompt: z.unknown().optional(),
  background: z.boolean().nullable().optional(),
  store: z.boolean().nullable().optional(),
  truncation: z.enum(['auto', 'disabled']).nullable().optional(),
  metadata: z.record(text(64, 0), text(512, 0)).nullable().optional(),
  service_tier: text(50, 0).nullable().optional(),
  safety_identifier: text(500, 0).nullable().optional(),
  prompt_cache_key: text(500, 0).nullable().optional(),
  user: text(500, 0).optional(),
  lorekeep: lorekeepOptions,
});
export type ResponsesBody = z.infer<typeof responsesBody>;

export const responsesRoutes = {
  responses: route({
    method: 'POST',
    path: '/v1/responses',
    permission: 'ask',
    summary: "OpenAI's responses over your documents; nothing is kept between two of them",
    tag: 'v1',
    body: responsesBody,
    response: z.record(z.string(), z.unknown()),
    bodyLimit: OPENAI_BODY_LIMIT,
  }),
};
