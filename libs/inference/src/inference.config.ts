import { integer, list } from '@lorekeep/kit/config';
import { z } from 'zod';
import { entailmentConfigSchema } from './entailment/entailment.config.js';
import { parseRoutes } from './routes/parse-routes.js';

const ADDRESS = /^https?:\/\/[^\s/?#,]+(?:\/[^\s?#,]*)?$/;
const WEIGHT = /^[0-9a-f-]{36}=(?:[1-9]\d{0,2})$/i;
/** More than one gateway should have to look after. */
const REPLICAS_MAX = 64;

/** Settings of the inference step. An empty INFERENCE_URL means: quotations only, no model. */
export const inferenceConfigSchema = {
  INFERENCE_URL: z
    .string()
    .refine((urls) => {
      const all = addresses(urls);
      const distinct = new Set(all).size === all.length;
      return all.length <= REPLICAS_MAX && distinct && all.every((url) => ADDRESS.test(url));
    }, `must be up to ${REPLICAS_MAX} different http(s) addresses, separated by commas`)
    .default('')
    .describe(
      'Addresses of the model servers (vLLM or other OpenAI-compatible ones), without /v1, separated by commas; empty: answers are quotations',
    ),
  INFERENCE_API_KEY: z.string().optional().describe('Key that the model server wants, if it wants one'),
  INFERENCE_REGISTRATION_KEY: z
    .string()
    .min(32, 'must have at least 32 characters')
    .optional()
    .describe(
      'Key with which engine hosts register themselves (their ENGINE_REGISTRATION_KEY); without it none can',
    ),
  INFERENCE_TLS_CA: z
    .string()
    .default('')
    .describe(
      "File of the authority that signs the model servers' certificates (PEM); empty: the well-known ones",
    ),
  INFERENCE_TLS_CERT: z
    .string()
    .default('')
    .describe('File of the certificate that an engine host elsewhere asks the gateway for (PEM)'),
  INFERENCE_TLS_KEY: z.string().default('').describe("File of that certificate's key (PEM)"),
  INFERENCE_MODELS: list()
    .default([])
    .describe(
      'Models that may be asked, best first, separated by commas; empty: those that the model server lists',
    ),
  INFERENCE_SALT_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters')
    .optional()
    .describe(
      'Secret that keeps the prefix caches of tenants apart; needed with INFERENCE_URL and INFERENCE_REGISTRATION_KEY where gateways are started by themselves: npm start makes one of its own',
    ),
  INFERENCE_CONNECT_TIMEOUT_MS: integer(50, 60_000)
    .default(2_000)
    .describe('Time to reach the model server, in milliseconds'),
  INFERENCE_FIRST_TOKEN_TIMEOUT_MS: integer(50, 600_000)
    .default(30_000)
    .describe('Time until the first token, waiting in the queue of the model server included'),
  INFERENCE_TOKEN_TIMEOUT_MS: integer(50, 600_000)
    .default(2_800)
    .describe('Silence between two tokens after which an answer counts as stalled'),
  INFERENCE_TOTAL_TIMEOUT_MS: integer(50, 3_600_000).default(300_000).describe('Time for a whole answer'),
  INFERENCE_MAX_TOKENS: integer(1, 131_072)
    .default(2_048)
    .describe('Length of an answer, reasoning included, where the request sets none'),
  INFERENCE_CONNECTIONS: integer(1, 10_000)
    .default(256)
    .describe('Connections to each model server; at least as many as INFERENCE_SEQUENCES and a few are used'),
  INFERENCE_SEQUENCES: integer(1, 10_000)
    .default(256)
    .describe(
      "Answers that each model server works on at once (vLLM's --max-num-seqs), of all gateways together; further questions wait in a fair queue",
    ),
  INFERENCE_QUEUE_SIZE: integer(0, 10_000)
    .default(500)
    .describe('Questions that may wait in one gateway; beyond, they are refused with 429'),
  INFERENCE_QUEUE_SECONDS: integer(1, 3_600)
    .default(60)
    .describe('Longest time that a question waits for its turn, in seconds'),
  INFERENCE_WEIGHTS: z
    .string()
    .default('')
    .refine(
      (text) => parts(text).every((part) => WEIGHT.test(part)),
      'must be like <tenant id>=2, separated by commas, weights from 1 to 999',
    )
    .transform((text) => new Map(parts(text).map((part) => [part.slice(0, 36), Number(part.slice(37))])))
    .describe("Weights of tenants in the queue, like <tenant's id>=2, separated by commas; others have 1"),
  INFERENCE_ROUTES: z
    .string()
    .default('')
    .refine((text) => parseRoutes(text) !== null, 'must be like question: a*9|b*1, c; code: b')
    .describe(
      'Models by use case (question, drafting, code, creative, batch, embedding, transcription), best first: question: a*9|b*1, c; code: b sends nine of ten conversations to a, and to c where neither is there; without a route, small models answer questions and code, larger ones drafts and creative texts',
    ),
  INFERENCE_WATCH_MS: integer(200, 600_000)
    .default(5_000)
    .describe('How often every model server is looked after, in milliseconds'),
  ...entailmentConfigSchema,
};

/** The model servers that are configured. */
export function modelServerUrls({ INFERENCE_URL }: { INFERENCE_URL: string }): string[] {
  return addresses(INFERENCE_URL);
}

function addresses(urls: string): string[] {
  return parts(urls).map((url) => url.replace(/\/+$/, ''));
}

function parts(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

export type InferenceConfig = z.infer<z.ZodObject<typeof inferenceConfigSchema>>;
