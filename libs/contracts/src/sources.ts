import { z } from 'zod';
import { DOCUMENT_STATES } from './documents.js';
import { id, line, noContent, pageOf, pageQuery, time } from './shapes.js';
import { route } from './route.js';

export const SOURCE_KINDS = ['folder', 'git', 'archive', 'bucket'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];
export const SOURCE_STATES = ['active', 'paused', 'removing'] as const;
export const SOURCE_RUN_STATES = ['queued', 'running', 'done', 'failed', 'cancelled', 'stopped'] as const;
export const SOURCE_FILE_STATES = ['taken', 'skipped', 'failed'] as const;

const GLOBS_MAX = 100;
const globs = z.array(line(500)).max(GLOBS_MAX);
const path = (maximum: number) => line(maximum);
const optionalPath = z
  .string()
  .max(1_000)
  .refine((value) => !/[\r\n\0]/.test(value) && value.isWellFormed(), { error: 'must be one line' })
  .default('');

export const sourceSettings = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), path: path(1_000) }),
  z.strictObject({
    kind: z.literal('git'),
    address: path(1_000).describe('https://…, or the path of a repository below an allowed folder'),
    branch: z.string().max(200).default('').describe('empty: the one that the repository begins with'),
    folder: optionalPath.describe('only what is in it; empty: everything'),
  }),
  z.strictObject({ kind: z.literal('archive') }),
  z.strictObject({
    kind: z.literal('bucket'),
    endpoint: path(500).describe('https://s3.eu-central-1.amazonaws.com, or that of another provider'),
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
  name: line(),
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

export const sourceRun = z.object({
  id,
  cause: z.enum(['schedule', 'person', 'removal']),
  state: z.enum(SOURCE_RUN_STATES),
  phase: z.enum(['listing', 'reading', 'deleting']),
  listed: z.number(),
  processed: z.number(),
  toProcess: z.number(),
  added: z.number(),
  changed: z.number(),
  moved: z.number(),
  deleted: z.number(),
  unchanged: z.number(),
  skipped: z.number(),
  failed: z.number(),
  missing: z.number().describe('documents that wait for a decision before they are deleted'),
  errorCode: z.string().nullable(),
  error: z.string().nullable().describe('in one sentence'),
  createdAt: time,
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  secondsLeft: z.number().nullable().describe('while it reads, judged by what is done'),
});
export type SourceRun = z.infer<typeof sourceRun>;

export const sourceRow = z.object({
  id,
  name: z.string(),
  kind: z.enum(SOURCE_KINDS),
  settings: sourceSettings,
  hasSecret: z.boolean(),
  collectionId: id,
  target: z.string(),
  include: z.array(z.string()),
  exclude: z.array(z.string()),
  maxFileBytes: z.number(),
  deletionShare: z.number(),
  everyMinutes: z.number().nullable(),
  state: z.enum(SOURCE_STATES),
  pauseReason: z.enum(['person', 'deletions']).nullable(),
  nextRunAt: time.nullable(),
  createdAt: time,
  archive: z.object({ fileName: z.string(), bytes: z.number(), uploadedAt: time }).nullable(),
  files: z.object({ taken: z.number(), skipped: z.number(), failed: z.number() }),
  lastRun: sourceRun.nullable(),
});
export type SourceRow = z.infer<typeof sourceRow>;

export const sourceFile = z.object({
  path: z.string(),
  bytes: z.number().nullable(),
  state: z.enum(SOURCE_FILE_STATES),
  reasonCode: z.string().nullable(),
  reason: z.string().nullable(),
  updatedAt: time,
  document: z
    .object({ id, title: z.string(), state: z.enum(DOCUMENT_STATES), reason: z.string().nullable() })
    .nullable(),
});
export type SourceFile = z.infer<typeof sourceFile>;

const admin = { permission: 'admin.settings', tag: 'sources' } as const;

export const sourceRoutes = {
  sources: route({
    ...admin,
    method: 'GET',
    path: '/api/admin/sources',
    summary: 'Sources of documents with their last sync',
    response: z.object({ rows: z.array(sourceRow) }),
  }),
  sourceOptions: route({
    ...admin,
    method: 'GET',
    path: '/api/admin/sources/options',
    summary: 'What the operator allows',
    response: z.object({
      folders: z.array(z.string()).describe('folders of the server below which sources may lie'),
      privateAddresses: z.boolean(),
      plainHttp: z.boolean(),
      archiveMaxBytes: z.number(),
    }),
  }),
  testSource: route({
    ...admin,
    method: 'POST',
    path: '/api/admin/sources/test',
    summary: 'Try to reach what a source would be made of; nothing is stored',
    body: z.strictObject({
      settings: sourceSettings,
      secret: sourceSecret.nullable().default(null),
      sourceId: id.optional().describe('whose stored secret is used where none is given'),
    }),
    response: z.object({
      ok: z.boolean(),
      code: z.string().nullable(),
      message: z.string().nullable(),
      files: z.array(z.string()).describe('the first paths that were found'),
    }),
  }),
  createSource: route({
    ...admin,
    method: 'POST',
    path: '/api/admin/sources',
    summary: 'Add a source; it is synchronised by its schedule or by hand',
    body: newSource,
    response: sourceRow,
    status: 201,
  }),
  source: route({
    ...admin,
    method: 'GET',
    path: '/api/admin/sources/:id',
    summary: 'One source',
    response: sourceRow,
  }),
  updateSource: route({
    ...admin,
    method: 'PATCH',
    path: '/api/admin/sources/:id',
    summary: 'Change a source; its kind and its place stay',
    body: sourceChange,
    response: sourceRow,
  }),
  deleteSource: route({
    ...admin,
    method: 'DELETE',
    path: '/api/admin/sources/:id',
    summary: 'Delete a source, and its documents or not; cannot be undone',
    query: z.strictObject({ documents: z.enum(['keep', 'delete']).default('keep') }),
    response: noContent,
    status: 204,
  }),
  syncSource: route({
    ...admin,
    method: 'POST',
    path: '/api/admin/sources/:id/sync',
    summary: 'Synchronise now; allowDeletions confirms deletions that a sync stopped at',
    body: z.strictObject({ allowDeletions: z.boolean().default(false) }),
    response: sourceRow,
    status: 202,
  }),
  cancelSourceSync: route({
    ...admin,
    method: 'POST',
    path: '/api/admin/sources/:id/cancel',
    summary: 'End the sync that is running; what is done stays',
    response: sourceRow,
    status: 202,
  }),
  pauseSource: route({
    ...admin,
    method: 'POST',
    path: '/api/admin/sources/:id/pause',
    summary: 'No sync until resumed',
    response: sourceRow,
  }),
  resumeSource: route({
    ...admin,
    method: 'POST',
    path: '/api/admin/sources/:id/resume',
    summary: 'By schedule again',
    response: sourceRow,
  }),
  retrySource: route({
    ...admin,
    method: 'POST',
    path: '/api/admin/sources/:id/retry',
    summary: 'Read failed files and refused documents again',
    response: sourceRow,
    status: 202,
  }),
  sourceFiles: route({
    ...admin,
    method: 'GET',
    path: '/api/admin/sources/:id/files',
    summary: 'Its files as the last sync saw them',
    query: pageQuery.extend({ state: z.enum(SOURCE_FILE_STATES).optional() }),
    response: pageOf(sourceFile),
  }),
  sourceRuns: route({
    ...admin,
    method: 'GET',
    path: '/api/admin/sources/:id/runs',
    summary: 'Its last syncs, newest first',
    response: z.object({ rows: z.array(sourceRun) }),
  }),
  uploadSourceArchive: route({
    ...admin,
    method: 'POST',
    path: '/api/admin/sources/:id/archive',
    summary: 'The ZIP that the source is made of from now on (multipart: file); a sync follows',
    body: 'multipart',
    response: sourceRow,
    status: 202,
    bodyLimit: 4 * 1024 * 1024 * 1024,
  }),
};
