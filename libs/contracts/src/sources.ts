import { z } from 'zod';
import { DOCUMENT_STATES } from './documents.js';
import { id, noContent, pageOf, pageQuery, time } from './shapes.js';
import { route } from './route.js';
import {
  SOURCE_KINDS,
  SOURCE_STATES,
  SOURCE_RUN_STATES,
  SOURCE_FILE_STATES,
  sourceSettings,
  sourceSecret,
  newSource,
  sourceChange,
} from './source-settings.js';

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
  files: z.object({
    taken: z.number(),
    skipped: z.number(),
    failed: z.number(),
    reading: z.number().describe('documents that are on their way to be searchable'),
  }),
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
      folders: z
        .array(z.string())
        .describe('folders of the server below which sources of the caller’s organisation may lie'),
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
