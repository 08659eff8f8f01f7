import { FOLDER_NAME_MAX } from './folder-limits.js';
import { folderNameInvalid } from './retrieval.errors.js';

/** What a path shows as something else than a name, or what no text should hold. */
const FORBIDDEN = /[/\\\p{Cc}\p{Cs}]/u;

/** The name as it is kept: composed, without space around it. Throws FOLDER_NAME_INVALID. */
export function cleanFolderName(name: string): string {
  const clean = name.normalize('NFC').trim();
  if (clean === '') throw folderNameInvalid('must not be empty');
  if (clean.length > FOLDER_NAME_MAX) throw folderNameInvalid(`at most ${FOLDER_NAME_MAX} characters`);
  if (FORBIDDEN.test(clean)) throw folderNameInvalid('must not contain / or \\ or control characters');
  if (clean === '.' || clean === '..') throw folderNameInvalid('must not be . or ..');
  return clean;
}
