import { z } from 'zod';
import { route } from './route.js';
import { time } from './shapes.js';
import { ENGINE_STAGES, ENGINE_STATES, USE_CASES } from './vocabulary.js';

const count = z.number().int().min(0);

/** One model as an engine host runs it; the host says it beside its list of models. */
export const engineInstance = z.object({
  id: z.string(),
  model: z.string(),
  state: z.enum(ENGINE_STATES),
  progress: z
    .object({
      stage: z.enum(ENGINE_STAGES),
      percent: z.number().min(0).max(100),
      remainingSeconds: z.number().min(0).nullable().describe('null: no start of it has been timed yet'),
    })
    .nullable()
    .describe('of a start that is under way'),
  reason: z.string().nullable().describe('what ended it last, in the words of the host'),
  retryAt: z.number().nullable().describe('milliseconds since the epoch'),
  rung: count.describe('steps below what was planned'),
  rungs: z
    .array(z.object({ at: z.number(), text: z.string() }))
    .describe('the last ones taken, down and up, in the words of the host; milliseconds since the epoch'),
  restarts: count,
  context: count.describe('tokens of a question and its answer'),
  sequences: count.describe('answers at once'),
  utilization: z.number().describe('share of the memory of each card'),
});
export type EngineInstance = z.infer<typeof engineInstance>;

export const modelServers = z.object({
  state: z
    .enum(['none', 'ok', 'degraded', 'away'])
    .describe('none: no model server is configured; away: none can be asked, answers are quotations'),
  servers: z.array(
    z.object({
      name: z.string().describe('address without credentials'),
      state: z.enum(['up', 'away']),
      reason: z
        .enum(['gone', 'silent', 'faulty', 'unauthorized', 'starting', 'failed'])
        .nullable()
        .describe(
          'gone: not reached; silent: no token comes; unauthorized: it refuses INFERENCE_API_KEY; ' +
            'starting, failed: its engine host is there and its model is not',
        ),
      since: time.nullable().describe('as this gateway has seen it'),
      models: z.array(z.string()),
      instances: z.array(engineInstance).describe('of an engine host; empty for other servers'),
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
  quoted: z.array(z.enum(USE_CASES)).describe('uses that end in quotations now, which nobody has asked for'),
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
