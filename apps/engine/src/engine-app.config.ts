import { z } from 'zod';
import { engineConfigSchema } from '@lorekeep/engine';
import type { ConfigOf } from '@lorekeep/kit/config';

/** Everything that the engine host reads from its environment. */
export const engineAppConfigShape = {
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug'])
    .default('info')
    .describe('Least severe log line that is written'),
  ...engineConfigSchema,
} satisfies z.ZodRawShape;

export type EngineAppConfig = ConfigOf<typeof engineAppConfigShape>;
