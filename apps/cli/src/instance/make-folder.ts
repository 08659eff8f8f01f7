import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { CliError } from '../cli.errors.js';

/**
 * Makes a folder with its parents, level by level. `mkdir` with `recursive` never returns on Node 20 where a parent
 * exists but takes no folders and says "no such file" (/proc); here that is the error it should be.
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o711 });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(path).isDirectory()) return;
    if (code === 'ENOENT' && isFolder(dirname(path))) {
      throw new CliError(`${dirname(path)} takes no folders: set DATA_DIR to another one.`, undefined, {
        cause,
      });
    }
    if (code !== 'ENOENT') throw cause;
    makeFolder(dirname(path));
    makeFolder(path);
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
