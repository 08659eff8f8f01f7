import { Fault, RequestError } from '@lorekeep/kit/errors';
import { EXIT, type ExitCode } from './exit-codes.js';

/** Something that the person at the terminal can put right: one sentence, no stack. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    message: string,
    readonly exitCode: ExitCode = EXIT.FAILED,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

const SENTENCES: Record<string, string> = {
  ENOSPC: 'The disk is full: free some space, or set DATA_DIR to a folder on another disk',
  EDQUOT: 'The disk quota is used up: free some space, or set DATA_DIR to a folder on another disk',
  EACCES:
    'A file or folder cannot be read or written by this user: change its owner, or set DATA_DIR to another folder',
  EPERM:
    'A file or folder cannot be changed by this user: change its owner, or set DATA_DIR to another folder',
  EROFS: 'The file system is read-only: set DATA_DIR to a folder that can be written',
  ENOTDIR: 'There is a file where a folder is needed: set DATA_DIR to another folder',
  EEXIST: 'There is a file where a folder is needed: set DATA_DIR to another folder',
  ECONNREFUSED: 'The database does not answer: start it, or correct DATABASE_URL and MIGRATIONS_DATABASE_URL',
  ENOTFOUND: 'The database host is unknown: correct DATABASE_URL and MIGRATIONS_DATABASE_URL',
  ETIMEDOUT:
    'The database does not answer in time: check the network, DATABASE_URL and MIGRATIONS_DATABASE_URL',
  '28P01': 'The database refuses the password: correct DATABASE_URL and MIGRATIONS_DATABASE_URL',
  '28000': 'The database refuses the user: correct DATABASE_URL and MIGRATIONS_DATABASE_URL',
  '3D000': 'The database does not exist: create it, or correct DATABASE_URL and MIGRATIONS_DATABASE_URL',
  '42501': 'The database role lacks a right: MIGRATIONS_DATABASE_URL must name the owner of the schema',
  '53100': 'The disk of the database is full: free some space there',
};

/** The one line for stderr. Faults without a known cause keep their own message. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof RequestError) {
    const fields = error.details.map(({ path, message }) => `${path} ${message}`).join('; ');
    return fields ? `${error.safeText} (${fields})` : error.safeText;
  }
  if (error instanceof Fault) return `${error.safeText} (${error.code})`;
  const { code, path } = error as NodeJS.ErrnoException;
  const known = code === undefined ? undefined : SENTENCES[code];
  if (known) return `${known}${path ? ` (${path})` : ''}.`;
  return error.message || String(error);
}
