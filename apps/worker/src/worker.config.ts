import { z } from 'zod';
import { auditConfigSchema } from '@lorekeep/audit';
import { documentPathConfigSchema } from '@lorekeep/document-path';
import { firewallConfigSchema } from '@lorekeep/firewall';
import { integer, type ConfigOf } from '@lorekeep/kit/config';
import { quotaConfigSchema } from '@lorekeep/quota';
import { vectorConfigSchema } from '@lorekeep/retrieval';
import { scannerConfigSchema } from '@lorekeep/scanner';
import { sourceConfigSchema } from '@lorekeep/sources';

/** Everything that the worker reads from its environment; names shared with the gateway mean the same. */
export const workerConfigShape = {
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .describe("postgres:// URL of the application's role (no owner, no bypass of row security)"),
  DATABASE_STATEMENT_TIMEOUT_MS: integer(100, 600_000)
    .default(30_000)
    .describe('Longest time for one SQL statement, in milliseconds'),
  DATA_DIR: z
    .string()
    .default('.lorekeep')
    .describe('Folder for what is kept outside the database: signed audit heads'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug'])
    .default('info')
    .describe('Least severe log line that is written'),
  WORKER_CONCURRENCY: integer(1, 64)
    .default(4)
    .describe(
      'Jobs that one worker runs at once: twice the cores, as they wait for the database half of their time',
    ),
  ...documentPathConfigSchema,
  ...vectorConfigSchema,
  ...quotaConfigSchema,
  ...firewallConfigSchema,
  ...auditConfigSchema,
  ...sourceConfigSchema,
  ...scannerConfigSchema,
} satisfies z.ZodRawShape;

export type WorkerConfig = ConfigOf<typeof workerConfigShape>;
