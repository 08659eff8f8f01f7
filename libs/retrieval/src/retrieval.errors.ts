import { Fault, RequestError } from '@lorekeep/kit/errors';

export const RETRIEVAL_CODES = ['RETRIEVAL_UNAVAILABLE'] as const;
export type RetrievalCode = (typeof RETRIEVAL_CODES)[number];

/** The search could not be made. There is no answer without it: the question is refused. */
export class RetrievalFault extends Fault<RetrievalCode> {
  constructor(cause: unknown) {
    super('RETRIEVAL_UNAVAILABLE', 'The documents cannot be searched at the moment. Ask again later.', {
      cause,
      status: 503,
      step: 'retrieval',
    });
    this.name = 'RetrievalFault';
  }
}

export const unknownReader = (principals: readonly string[]): RequestError =>
  new RequestError(422, 'READER_UNKNOWN', 'A reader is not a person or group of this organisation.', [
    ...principals.map((principal) => ({ path: 'readers', message: `unknown: ${principal}` })),
  ]);

export const slugTaken = (): RequestError =>
  new RequestError(409, 'COLLECTION_EXISTS', 'A collection with this short name exists already.', [
    { path: 'slug', message: 'taken' },
  ]);

export const folderTaken = (): RequestError =>
  new RequestError(409, 'FOLDER_EXISTS', 'A folder with this name is here already.', [
    { path: 'name', message: 'taken' },
  ]);

export const folderNameInvalid = (message: string): RequestError =>
  new RequestError(422, 'FOLDER_NAME_INVALID', 'A folder cannot have this name.', [
    { path: 'name', message },
  ]);

export const folderTooDeep = (depth: number): RequestError =>
  new RequestError(422, 'FOLDER_TOO_DEEP', `Folders can lie in each other ${depth} deep, not deeper.`, [
    { path: 'parentId', message: `at most ${depth} levels` },
  ]);

export const foldersFull = (maximum: number): RequestError =>
  new RequestError(409, 'FOLDERS_FULL', `A collection can hold ${maximum} folders, not more.`);

export const folderInsideItself = (): RequestError =>
  new RequestError(409, 'FOLDER_INSIDE_ITSELF', 'A folder cannot be moved into itself or beneath itself.');

/** `documents` is what a deletion must confirm. */
export const folderNotEmpty = (documents: number, folders: number): RequestError =>
  new RequestError(
    409,
    'FOLDER_NOT_EMPTY',
    `The folder holds ${documents} documents and ${folders} folders beneath it. Confirm the number of documents to delete them with it.`,
    [
      { path: 'documents', message: String(documents) },
      { path: 'folders', message: String(folders) },
    ],
  );

export const folderTooFull = (maximum: number): RequestError =>
  new RequestError(
    409,
    'FOLDER_TOO_FULL',
    `More than ${maximum} documents cannot be deleted at once. Delete the folders in it one by one.`,
  );

export const documentExists = (): RequestError =>
  new RequestError(409, 'DOCUMENT_EXISTS', 'A document with the same content is in that collection already.');

export const documentSourced = (): RequestError =>
  new RequestError(409, 'DOCUMENT_SOURCED', 'A source keeps this document where it found it. Move it there.');
