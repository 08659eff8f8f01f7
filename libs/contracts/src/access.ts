import { z } from 'zod';
import { id } from './shapes.js';

export const readerRow = z.strictObject({
  principal: z
    .string()
    .regex(/^(everyone|(user|group):[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/)
    .describe('everyone, user:<id> or group:<id>'),
  effect: z.enum(['allow', 'deny']).default('allow'),
});
export const readersBody = z.strictObject({ readers: z.array(readerRow).max(1_000) });
export const readersResponse = z.object({
  readers: z.array(z.object({ principal: z.string(), effect: z.enum(['allow', 'deny']), name: z.string() })),
  inherited: z.array(
    z.object({ principal: z.string(), effect: z.enum(['allow', 'deny']), name: z.string() }),
  ),
});

/** Where an entry of a list of readers stands. */
export const ACCESS_SCOPES = ['collection', 'folder', 'document'] as const;
/** What decides whether somebody can read something, in one word. */
export const ACCESS_VERDICTS = ['allowed', 'denied', 'nobody', 'others', 'notReady', 'disabled'] as const;

export const accessExplanation = z.object({
  readable: z.boolean(),
  verdict: z
    .enum(ACCESS_VERDICTS)
    .describe(
      'nobody: no scope allows anybody; others: the deciding scope allows others; notReady: nobody can read it yet; disabled: they cannot sign in',
    ),
  because: z
    .array(
      z.object({
        source: z.enum(ACCESS_SCOPES),
        sourceId: id,
        sourceName: z.string(),
        principal: z.string(),
        effect: z.enum(['allow', 'deny']),
        name: z.string(),
        decides: z.boolean().describe('false: overridden by something nearer, or by a denial'),
      }),
    )
    .describe('the entries that concern the person, those that decide first'),
  scopes: z
    .array(
      z.object({
        kind: z.enum(ACCESS_SCOPES),
        id,
        name: z.string(),
        allows: z.number(),
        denies: z.number(),
        decides: z.boolean().describe('the nearest that allows anybody'),
      }),
    )
    .describe('what it is in, nearest first'),
});
