import { integer, list } from '@lorekeep/kit/config';
import { z } from 'zod';

/** Settings of the inference step. An empty INFERENCE_URL means: quotations only, no model. */
export const inferenceConfigSchema = {
  INFERENCE_URL: z
    .string()
    .refine(
      (url) => url === '' || /^https?:\/\/[^\s/?#]+(?:\/[^\s?#]*)?$/.test(url),
      'must be an http(s) address',
    )
    .default('')
    .describe(
      'Address of the model server (vLLM or another OpenAI-compatible one), without /v1; empty: answers are quotations',
    ),
  INFERENCE_API_KEY: z.string().optional().describe('Key that the model server wants, if it wants one'),
  INFERENCE_MODELS: list()
    .default([])
    .describe(
      'Models that may be asked, best first, separated by commas; empty: those that the model server lists',
    ),
  INFERENCE_SALT_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters')
    .optional()
    .describe('Secret that keeps the prefix caches of tenants apart; needed with INFERENCE_URL'),
  INFERENCE_CONNECT_TIMEOUT_MS: integer(50, 60_000)
    .default(2_000)
    .describe('Time to reach the model server, in milliseconds'),
  INFERENCE_FIRST_TOKEN_TIMEOUT_MS: integer(50, 600_000)
    .default(30_000)
    .describe('Time until the first token, waiting in the queue of the model server included'),
  INFERENCE_TOKEN_TIMEOUT_MS: integer(50, 600_000)
    .default(5_000)
    .describe('Silence between two tokens after which an answer counts as stalled'),
  INFERENCE_TOTAL_TIMEOUT_MS: integer(50, 3_600_000).default(300_000).describe('Time for a whole answer'),
  INFERENCE_MAX_TOKENS: integer(1, 131_072)
    .default(2_048)
    .describe('Length of an answer, reasoning included, where the request sets none'),
  INFERENCE_CONNECTIONS: integer(1, 10_000)
    .default(256)
    .describe('Connections to the model server; further questions wait for one'),
};

export type InferenceConfig = z.infer<z.ZodObject<typeof inferenceConfigSchema>>;
