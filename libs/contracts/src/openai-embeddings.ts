import { z } from 'zod';
import { OPENAI_BODY_LIMIT } from './openai.js';
import { route } from './route.js';
import { QUESTION_LIMIT, text } from './shapes.js';

/** Texts in one request, as OpenAI allows; all of them together are bound by CHAT_TEXT_LIMIT. */
export const EMBEDDING_INPUT_LIMIT = 2_048;
/** Ids of tokens in one list: they are read only to say that they are not taken. */
const TOKEN_LIMIT = 131_072;

const tokens = z.array(z.number().int()).min(1).max(TOKEN_LIMIT);
const input = text(QUESTION_LIMIT * 4);

/** OpenAI's request for embeddings. `user` is accepted and dropped; unknown fields are refused. */
export const embeddingsBody = z.strictObject({
  model: text(200).describe(
    'A model that makes embeddings, or lorekeep-embedding for the one that is routed to',
  ),
  input: z.union([
    input,
    z.array(input).min(1).max(EMBEDDING_INPUT_LIMIT),
    tokens,
    z.array(tokens).min(1).max(EMBEDDING_INPUT_LIMIT),
  ]),
  encoding_format: z.enum(['float', 'base64']).nullable().optional(),
  dimensions: z.number().int().min(1).max(32_768).nullable().optional(),
  user: text(500, 0).optional(),
});
export type EmbeddingsBody = z.infer<typeof embeddingsBody>;

export const embeddingsRoutes = {
  embeddings: route({
    method: 'POST',
    path: '/v1/embeddings',
    permission: 'ask',
    summary: "OpenAI's embeddings, where a model server makes them",
    tag: 'v1',
    body: embeddingsBody,
    response: z.record(z.string(), z.unknown()),
    bodyLimit: OPENAI_BODY_LIMIT,
  }),
};
