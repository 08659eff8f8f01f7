import { z } from 'zod';
import { id, line, name } from './shapes.js';

export const SOURCE_KINDS = ['folder', 'git', 'archive', 'bucket'] as const;
export const SOURCE_STATES = ['active', 'paused', 'removing'] as const;
export const SOURCE_RUN_STATES = ['queued', 'running', 'done', 'failed', 'cancelled', 'stopped'] as const;
export const SOURCE_FILE_STATES = ['taken', 'skipped', 'failed'] as const;

const GLOBS_MAX = 100;
const globs = z.array(line(500)).max(GLOBS_MAX);
const optionalPath = z
  .string()
  .max(1_000)
  .refine((value) => !/[\r\n\0]/.test(value) && value.isWellFormed(), { error: 'must be one line' })
  .default('');

export const sourceSettings = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), path: line(1_000) }),
  z.strictObject({
    kind: z.literal('git'),
    address: line(1_000).describe('https://…, or the path of a repository below an allowed folder'),
    branch: z.string().max(200).default('').describe('empty: the one that the repository begins with'),
    folder: optionalPath.describe('only what is in it; empty: everything'),
  }),
  z.strictObject({ kind: z.literal('archive') }),
  z.strictObject({
    kind: z.literal('bucket'),
    endpoint: line(500).describe('https://s3.eu-central-1.amazonaws.com, or that of another provider'),
    region: line(100).default('us-east-1'),
    bucket: z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{1,254}$/, { error: 'must be the name of a bucket' }),
    prefix: optionalPath,
    pathStyle: z
      .boolean()
      .default(true)
      .describe('https://endpoint/bucket instead of https://bucket.endpoint'),
  }),
]);
export type SourceSettings = z.infer<typeof sourceSettings>;

/** Written, never shown. */
export const sourceSecret = z.union([
  z.strictObject({ token: line(4_000), user: line(200).optional() }),
  z.strictObject({
    accessKeyId: line(200),
    secretAccessKey: line(1_000),
    sessionToken: line(4_000).optional(),
  }),
]);
export type SourceSecret = z.infer<typeof sourceSecret>;

export const SOURCE_MINUTES_MIN = 5;
const rules = {
  name: name(),
  include: globs.describe('globs of paths; empty: everything'),
  exclude: globs,
  maxFileBytes: z
    .number()
    .int()
    .min(1)
    .max(1024 ** 3),
  deletionShare: z
    .number()
    .int()
    .min(0)
    .max(100)
    .describe('percent of the documents; beyond it a sync asks first'),
  everyMinutes: z
    .number()
    .int()
    .min(SOURCE_MINUTES_MIN)
    .max(60 * 24 * 31)
    .nullable()
    .describe('null: by hand'),
};

export const newSource = z.strictObject({
  ...rules,
  include: rules.include.default([]),
  exclude: rules.exclude.default([]),
  maxFileBytes: rules.maxFileBytes.default(50 * 1024 * 1024),
  deletionShare: rules.deletionShare.default(30),
  everyMinutes: rules.everyMinutes.default(null),
  collectionId: id,
  target: optionalPath.describe(
    'folder of the collection that the files are kept in; empty: the collection itself',
  ),
  settings: sourceSettings,
  secret: sourceSecret.nullable().default(null),
});
export type NewSource = z.infer<typeof newSource>;

export const sourceChange = z
  .strictObject({
    ...rules,
    settings: sourceSettings,
    secret: sourceSecret.nullable().describe('left out: as it is; null: forgotten'),
  })
  .partial();
export type SourceChange = z.infer<typeof sourceChange>;
