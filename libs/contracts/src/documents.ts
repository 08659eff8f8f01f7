import { z } from 'zod';
import { accessExplanation, readersBody, readersResponse } from './access.js';
import { id, idParams, name, noContent, pageQuery, text, time } from './shapes.js';
import { route } from './route.js';

export const DOCUMENT_STATES = [
  'received',
  'parsing',
  'screening',
  'indexing',
  'ready',
  'refused',
  'quarantined',
] as const;

export const collectionRow = z.object({
  id,
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  documents: z.number(),
});
export type CollectionRow = z.infer<typeof collectionRow>;

export const documentRow = z.object({
  id,
  title: z.string(),
  fileName: z.string(),
  mediaType: z.string(),
  collectionId: id,
  collection: z.string(),
  folderId: id.nullable().describe('null: directly in the collection'),
  folders: z.array(z.string()).describe('names of the folders that it is in, from the collection downwards'),
  state: z.enum(DOCUMENT_STATES),
  reasonCode: z.string().nullable().describe('why it was refused or quarantined'),
  reason: z.string().nullable().describe('the same in one sentence'),
  notes: z
    .array(z.string())
    .max(50)
    .describe('what was left out when it was read, in sentences; in quarantine what was found'),
  bytes: z.number(),
  pages: z.number().nullable(),
  passages: z.number(),
  createdAt: time,
  updatedAt: time,
  version: z.number(),
  sourceId: id.nullable().describe('the source that keeps it; null: uploaded'),
  replacedBy: id.nullable().describe('the version that stands in its place now'),
  coming: z
    .object({ documentId: id, state: z.enum(DOCUMENT_STATES), reason: z.string().nullable() })
    .nullable()
    .describe('a newer version that is not searchable, for those who may write'),
});
export type DocumentRow = z.infer<typeof documentRow>;

/** Passages that are read at once: some 300 kB. */
export const PASSAGES_LIMIT = 200;

export const passageRow = z.object({
  id,
  ordinal: z.number(),
  heading: z.string(),
  page: z.number().nullable(),
  content: z.string(),
});
export type PassageRow = z.infer<typeof passageRow>;

export const documentVersion = z.object({
  id,
  version: z.number(),
  fileName: z.string(),
  state: z.enum(DOCUMENT_STATES),
  reason: z.string().nullable(),
  bytes: z.number(),
  createdAt: time,
  replacedAt: time.nullable(),
});
export type DocumentVersion = z.infer<typeof documentVersion>;

export const documentRoutes = {
  collections: route({
    method: 'GET',
    path: '/api/collections',
    permission: 'documents.read',
    summary: 'Collections with readable documents; all of them for those who may write',
    tag: 'documents',
    response: z.object({ rows: z.array(collectionRow) }),
  }),
  createCollection: route({
    method: 'POST',
    path: '/api/collections',
    permission: 'documents.write',
    summary: 'Create a collection',
    tag: 'documents',
    body: z.strictObject({
      slug: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
      name: name(),
      description: text(2_000, 0).default(''),
    }),
    response: collectionRow,
    status: 201,
  }),
  collectionReaders: route({
    method: 'GET',
    path: '/api/collections/:id/readers',
    permission: 'documents.write',
    summary: 'Who may read a collection',
    tag: 'documents',
    response: readersResponse,
  }),
  setCollectionReaders: route({
    method: 'PUT',
    path: '/api/collections/:id/readers',
    permission: 'documents.write',
    summary: 'Set who may read a collection; effective at once',
    tag: 'documents',
    body: readersBody,
    response: readersResponse,
  }),
  documents: route({
    method: 'GET',
    path: '/api/documents',
    permission: 'documents.read',
    summary: 'Readable documents; all of them for those who may write',
    tag: 'documents',
    query: pageQuery.extend({
      collectionId: id.optional(),
      folderId: id.optional(),
      within: z
        .enum(['beneath', 'directly'])
        .default('beneath')
        .describe('directly: not what is in the folders of the folder, or of the collection'),
      state: z.enum(DOCUMENT_STATES).optional(),
    }),
    response: z.object({ rows: z.array(documentRow), total: z.number() }),
  }),
  uploadDocument: route({
    method: 'POST',
    path: '/api/documents',
    permission: 'documents.write',
    summary: 'Upload one file (multipart: collectionId, perhaps folderId, then file)',
    tag: 'documents',
    body: 'multipart',
    response: documentRow.extend({ duplicate: z.boolean() }),
    status: 202,
    bodyLimit: 50 * 1024 * 1024,
  }),
  document: route({
    method: 'GET',
    path: '/api/documents/:id',
    permission: 'documents.read',
    summary: 'One document',
    tag: 'documents',
    params: idParams,
    response: documentRow,
  }),
  documentPassages: route({
    method: 'GET',
    path: '/api/documents/:id/passages',
    permission: 'documents.read',
    summary: 'A stretch of the passages of a document, in order; the reading is recorded',
    tag: 'documents',
    query: z.strictObject({
      from: z.coerce.number().int().min(0).max(10_000_000).default(0).describe('ordinal of the first'),
      passage: id
        .optional()
        .describe('instead of `from`: the stretch, counted in `limit`s, that holds this one'),
      limit: z.coerce.number().int().min(1).max(PASSAGES_LIMIT).default(100),
    }),
    response: z.object({
      document: documentRow,
      from: z.number().describe('ordinal of the first row'),
      at: z.number().nullable().describe('ordinal of `passage`; null: it is not in the document (any more)'),
      rows: z.array(passageRow),
    }),
  }),
  documentContent: route({
    method: 'GET',
    path: '/api/documents/:id/content',
    permission: 'documents.read',
    summary: 'The original file; the reading is recorded',
    tag: 'documents',
    response: 'binary',
  }),
  documentReaders: route({
    method: 'GET',
    path: '/api/documents/:id/readers',
    permission: 'documents.write',
    summary: 'Who may read a document',
    tag: 'documents',
    response: readersResponse,
  }),
  setDocumentReaders: route({
    method: 'PUT',
    path: '/api/documents/:id/readers',
    permission: 'documents.write',
    summary: 'Override the readers of a document; empty: inherit',
    tag: 'documents',
    body: readersBody,
    response: readersResponse,
  }),
  explainDocument: route({
    method: 'GET',
    path: '/api/documents/:id/explain',
    permission: 'documents.write',
    summary: 'Why somebody can or cannot read it',
    tag: 'documents',
    query: z.strictObject({ userId: id }),
    response: accessExplanation,
  }),
  documentVersions: route({
    method: 'GET',
    path: '/api/documents/:id/versions',
    permission: 'documents.read',
    summary: 'Its versions, newest first; replaced ones are readable by those who may read the current one',
    tag: 'documents',
    response: z.object({ rows: z.array(documentVersion) }),
  }),
  addDocumentVersion: route({
    method: 'POST',
    path: '/api/documents/:id/versions',
    permission: 'documents.write',
    summary: 'Upload a new version (multipart: file); the old one is searched until the new one is ready',
    tag: 'documents',
    body: 'multipart',
    response: documentRow.extend({ duplicate: z.boolean() }),
    status: 202,
    bodyLimit: 50 * 1024 * 1024,
  }),
  retryDocument: route({
    method: 'POST',
    path: '/api/documents/:id/retry',
    permission: 'documents.write',
    summary: 'Ingest again',
    tag: 'documents',
    response: documentRow,
    status: 202,
  }),
  releaseDocument: route({
    method: 'POST',
    path: '/api/documents/:id/release',
    permission: 'documents.write',
    summary: 'Release from quarantine',
    tag: 'documents',
    response: documentRow,
    status: 202,
  }),
  deleteDocument: route({
    method: 'DELETE',
    path: '/api/documents/:id',
    permission: 'documents.write',
    summary: 'Delete with its passages; cannot be undone',
    tag: 'documents',
    response: noContent,
    status: 204,
  }),
};
