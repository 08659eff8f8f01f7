import { readdirSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { CliError } from '../cli.errors.js';

/** A folder with more files than this is taken for a mistake, such as a home directory. */
export const FILES_MAX = 100_000;

export interface FoundFile {
  readonly path: string;
  /** As shown: below the folder that was given. */
  readonly name: string;
}

/** The file itself, or every file below the folder in a stable order; hidden ones and symbolic links are passed over. */
export function listFiles(path: string, limit = FILES_MAX): FoundFile[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new CliError(`There is no file or folder ${path}.`);
  if (stat.isFile()) return [{ path, name: basename(path) }];
  const files: FoundFile[] = [];
  const visit = (folder: string) => {
    const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const child = join(folder, entry.name);
      if (entry.isDirectory()) visit(child);
      else if (entry.isFile()) files.push({ path: child, name: relative(path, child) });
      if (files.length > limit)
        throw new CliError(`${path} holds more than ${limit} files: name a smaller folder.`);
    }
  };
  visit(path);
  return files;
}
