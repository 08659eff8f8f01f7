/** As Postgres can index it, with room to spare; S3 has the same limit for its keys. */
export const PATH_BYTES_MAX = 1_024;
export const NAME_MAX = 255;
/** Folders of the collection go this deep, the source's target included. */
export const DEPTH_MAX = 32;

const FORBIDDEN = /[\p{Cc}\p{Cs}\\\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/**
 * A path in one form of Unicode, `/` between its parts; null where it is empty or leads out, or where a part could not
 * be the name of a file or a folder (control characters, those that turn the direction of text, backslashes).
 */
export function cleanPath(given: string, depth = DEPTH_MAX): string | null {
  const path = given.normalize('NFC');
  const parts = path.split('/');
  if (Buffer.byteLength(path) > PATH_BYTES_MAX || parts.length > depth + 1) return null;
  const sound = (part: string): boolean =>
    part.trim() === part && part !== '' && part !== '.' && part !== '..' && part.length <= NAME_MAX;
  return parts.every(sound) && !FORBIDDEN.test(path) ? path : null;
}

/** The folders that a path is in and the name of the file. */
export function splitPath(path: string): { folder: string[]; fileName: string } {
  const parts = path.split('/').filter((part) => part !== '');
  return { folder: parts.slice(0, -1), fileName: parts.at(-1) ?? '' };
}
