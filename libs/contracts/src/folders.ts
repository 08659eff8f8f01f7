import { z } from 'zod';
import { accessExplanation, readersBody, readersResponse } from './access.js';
import { route } from './route.js';
import { id, noContent, text } from './shapes.js';

/** UTF-16 units. */
export const FOLDER_NAME_LIMIT = 255;
/** Documents that are moved with one request. */
export const MOVE_LIMIT = 500;

export const folderRow = z.object({
  id,
  collectionId: id,
  parentId: id.nullable().describe('null: directly in the collection'),
  name: z.string(),
  documents: z.number().describe('directly in it, as far as the caller may see them'),
  documentsBeneath: z.number().describe('in it and in the folders beneath'),
  ownReaders: z.boolean().describe('it names readers of its own; said to those who may write'),
});
export type FolderRow = z.infer<typeof folderRow>;

const folderName = text(FOLDER_NAME_LIMIT);

export const folderRoutes = {
  folders: route({
    method: 'GET',
    path: '/api/collections/:id/folders',
    permission: 'documents.read',
    summary:
      'Folders of a collection with something readable in them or beneath; all of them for those who may write',
    tag: 'documents',
    response: z.object({
      documents: z.number().describe('directly in the collection'),
      rows: z.array(folderRow),
    }),
  }),
  createFolder: route({
    method: 'POST',
    path: '/api/folders',
    permission: 'documents.write',
    summary: 'Create a folder; it has the readers of what it is in',
    tag: 'documents',
    body: z.strictObject({ collectionId: id, parentId: id.nullable().default(null), name: folderName }),
    response: folderRow,
    status: 201,
  }),
  updateFolder: route({
    method: 'PATCH',
    path: '/api/folders/:id',
    permission: 'documents.write',
    summary: 'Rename a folder, or move it within its collection; what is in it goes along',
    tag: 'documents',
    body: z.strictObject({ name: folderName.optional(), parentId: id.nullable().optional() }),
    response: folderRow,
  }),
  deleteFolder: route({
    method: 'DELETE',
    path: '/api/folders/:id',
    permission: 'documents.write',
    summary:
      'Delete a folder and those beneath; documents only where their number is confirmed; cannot be undone',
    tag: 'documents',
    query: z.strictObject({
      documents: z.coerce
        .number()
        .int()
        .min(0)
        .max(1_000_000)
        .default(0)
        .describe('how many documents are deleted with it, as the 409 or the list of folders says'),
    }),
    response: noContent,
    status: 204,
  }),
  folderReaders: route({
    method: 'GET',
    path: '/api/folders/:id/readers',
    permission: 'documents.write',
    summary: 'Who may read what is in a folder',
    tag: 'documents',
    response: readersResponse,
  }),
  setFolderReaders: route({
    method: 'PUT',
    path: '/api/folders/:id/readers',
    permission: 'documents.write',
    summary: 'Override the readers of what is in a folder; empty: inherit; effective at once',
    tag: 'documents',
    body: readersBody,
    response: readersResponse,
  }),
  explainFolder: route({
    method: 'GET',
    path: '/api/folders/:id/explain',
    permission: 'documents.write',
    summary: 'Why somebody can or cannot read what is in a folder',
    tag: 'documents',
    query: z.strictObject({ userId: id }),
    response: accessExplanation,
  }),
  moveDocuments: route({
    method: 'POST',
    path: '/api/documents/move',
    permission: 'documents.write',
    summary: 'Move documents to a folder or a collection, all or none; their own readers go along',
    tag: 'documents',
    body: z.strictObject({
      documentIds: z.array(id).min(1).max(MOVE_LIMIT),
      collectionId: id,
      folderId: id.nullable().default(null),
    }),
    response: z.object({ moved: z.number() }),
  }),
};
