import { RequestError } from '@lorekeep/kit/errors';

/** Every reason for which a source or one of its files is not read, with the sentence that people read. */
export const SOURCE_REASONS = {
  SOURCE_UNREACHABLE: 'The server of the source cannot be reached.',
  SOURCE_TIMEOUT: 'The source did not answer in time.',
  SOURCE_DENIED: 'The source refuses these credentials, or they do not allow reading.',
  SOURCE_NOT_FOUND: 'The folder, repository, branch or bucket does not exist.',
  SOURCE_ADDRESS_INVALID: 'This is not an address that a source can have.',
  SOURCE_ADDRESS_FORBIDDEN:
    'The address belongs to a private network. The operator can allow that (SOURCE_PRIVATE_ADDRESSES).',
  SOURCE_HTTP_FORBIDDEN:
    'The address must begin with https://. The operator can allow http (SOURCE_PLAIN_HTTP).',
  SOURCE_REDIRECTED: 'The address forwards to another server. Enter the final address.',
  SOURCE_FOLDER_FORBIDDEN:
    'The folder is not below one that the operator allows your organisation (SOURCE_FOLDERS).',
  SOURCE_TOO_LARGE: 'The source is larger than the limit.',
  SOURCE_TOO_MANY_FILES: 'The source has more files than the limit.',
  SOURCE_DAMAGED: 'What the source sent is damaged or not what it should be.',
  SOURCE_ARCHIVE_MISSING: 'No archive was uploaded yet.',
  SOURCE_DISK_FULL: 'There is no room left on the disk of the server.',
  SOURCE_SECRET_UNREADABLE:
    'The stored credentials cannot be decrypted: the key of this installation has changed. Enter them again.',
  SOURCE_COLLECTION_MISSING: 'The collection of the source no longer exists.',
  SOURCE_FOLDERS_FULL: 'The collection has no room for more folders.',
  SOURCE_DELETES_MUCH:
    'Many documents would be deleted at once. Nothing was deleted; look at the source, then confirm.',
  SOURCE_CANCELLED: 'The sync was cancelled.',
  SOURCE_FAILED: 'The source could not be read. Try again later.',
  FILE_TOO_LARGE: 'The file is larger than the limit of the source.',
  FILE_PATH_INVALID: 'Its path is too long, too deep, leads out of the source or holds forbidden characters.',
  FILE_UNSUPPORTED: 'This kind of file is not supported.',
  FILE_LINK: 'It is a link; links are not followed.',
  FILE_UNREADABLE: 'It cannot be read.',
  FILE_ENCRYPTED: 'It is encrypted.',
  FILE_CHANGING: 'It changed while it was read.',
  FILE_INCOMPLETE: 'It ended before it was complete.',
  FILE_TWICE: 'Another file has the same path.',
} as const;

export type SourceCode = keyof typeof SOURCE_REASONS;

export const sentence = (code: SourceCode, detail?: string): string =>
  detail ? `${SOURCE_REASONS[code]} ${detail}` : SOURCE_REASONS[code];

/** What a source or a file is at fault for, or the way to it. Ends as the state of a sync or a file. */
export class SourceProblem extends Error {
  constructor(
    readonly code: SourceCode,
    /** A further sentence, without secrets and content. */
    readonly detail?: string,
    options?: { cause?: unknown },
  ) {
    super(code, options);
    this.name = 'SourceProblem';
  }

  get sentence(): string {
    return sentence(this.code, this.detail);
  }
}

export const problemOf = (cause: unknown): SourceProblem => {
  if (cause instanceof SourceProblem) return cause;
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new SourceProblem('SOURCE_DISK_FULL', undefined, { cause });
  // Told by the store of documents: no single file is at fault.
  if (code === 'FOLDERS_FULL') return new SourceProblem('SOURCE_FOLDERS_FULL', undefined, { cause });
  return new SourceProblem('SOURCE_FAILED', undefined, { cause });
};

export const sourceExists = (): RequestError =>
  new RequestError(409, 'SOURCE_EXISTS', 'A source with this name exists already.', [
    { path: 'name', message: 'taken' },
  ]);
export const sourceInvalid = (path: string, code: SourceCode): RequestError =>
  new RequestError(422, code, sentence(code), [{ path, message: sentence(code) }]);
export const sourceState = (text: string): RequestError => new RequestError(409, 'SOURCE_STATE', text);
