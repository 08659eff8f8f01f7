import { z } from 'zod';
import { route } from './route.js';
import { time } from './shapes.js';

/** What a question is for; each may have models of its own. */
export const MODEL_USES = [
  'question',
  'drafting',
  'code',
  'creative',
  'batch',
  'embedding',
  'transcription',
] as const;

export const modelServers = z.object({
  state: z
    .enum(['none', 'ok', 'degraded', 'away'])
    .describe('none: no model server is configured; away: none can be asked, answers are quotations'),
  servers: z.array(
    z.object({
      name: z.string().describe('address without credentials'),
      state: z.enum(['up', 'away']),
      reason: z
        .enum(['gone', 'silent', 'faulty', 'unauthorized'])
        .nullable()
        .describe('gone: not reached; silent: no token comes; unauthorized: it refuses INFERENCE_API_KEY'),
      since: time.nullable().describe('as this gateway has seen it'),
      models: z.array(z.string()),
    }),
  ),
  served: z.array(z.string()).describe('models that may be named, best first'),
  unserved: z.array(
    z.object({
      model: z.string(),
      from: z.enum(['allowedModels', 'modelRoutes', 'INFERENCE_MODELS', 'INFERENCE_ROUTES']),
      certain: z.boolean().describe('false: a server that is away may serve it'),
    }),
  ),
  quoted: z.array(z.enum(MODEL_USES)).describe('uses that end in quotations now, which nobody has asked for'),
  entailment: z
    .object({
      state: z.enum(['off', 'loading', 'ready', 'failed']).describe('off: none is configured'),
      reason: z.string().nullable().describe('why it failed'),
    })
    .describe('the model that compares sentences with the passages that they cite'),
});
export type ModelServers = z.infer<typeof modelServers>;

export const modelServerRoutes = {
  modelServers: route({
    method: 'GET',
    path: '/api/admin/model-servers',
    permission: 'admin.settings',
    summary: 'Which model servers can be asked, what they serve, and what is missing',
    tag: 'admin',
    response: modelServers,
  }),
};
