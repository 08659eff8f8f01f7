import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { SourceProblem } from '../sources.errors.js';

export const isInside = (root: string, path: string): boolean => {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
};

/**
 * The real path of a folder of the server, if it lies below one of the allowed ones when all links are followed.
 * Throws SourceProblem: FOLDER_FORBIDDEN, NOT_FOUND, DENIED. What lies outside is never told apart.
 */
export async function allowedFolder(path: string, roots: readonly string[]): Promise<string> {
  const real = await Promise.all(roots.map((root) => realpath(root).catch(() => null)));
  const within = (folder: string): boolean => real.some((root) => root !== null && isInside(root, folder));
  if (!isAbsolute(path)) throw new SourceProblem('SOURCE_FOLDER_FORBIDDEN');
  let folder: string;
  try {
    folder = await realpath(path);
  } catch (cause) {
    const named = roots.some((root) => isInside(root, path));
    if (!named) throw new SourceProblem('SOURCE_FOLDER_FORBIDDEN');
    throw folderProblem(cause);
  }
  if (!within(folder)) throw new SourceProblem('SOURCE_FOLDER_FORBIDDEN');
  return folder;
}

export function folderProblem(cause: unknown): SourceProblem {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new SourceProblem('SOURCE_NOT_FOUND', undefined, { cause });
  if (code === 'EACCES' || code === 'EPERM') return new SourceProblem('SOURCE_DENIED', undefined, { cause });
  return new SourceProblem('SOURCE_UNREACHABLE', undefined, { cause });
}
