import { open } from 'node:fs/promises';
import type { DescribedModel } from './described-model.js';
import { CatalogueError, MAX_CATALOGUE_BYTES, readCatalogue } from './read-catalogue.js';

/** The catalogue with the operator's file, where a path is given. Throws CatalogueError. */
export async function loadCatalogue(path: string): Promise<readonly DescribedModel[]> {
  if (path === '') return readCatalogue();
  return readCatalogue({ name: path, text: await readText(path) });
}

async function readText(path: string): Promise<string> {
  try {
    await using file = await open(path, 'r');
    const buffer = Buffer.alloc(MAX_CATALOGUE_BYTES + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length);
      if (bytesRead === 0) return buffer.toString('utf8', 0, length);
      length += bytesRead;
      if (length > MAX_CATALOGUE_BYTES) break;
    }
  } catch (cause) {
    throw new CatalogueError(`The catalogue ${path} cannot be read.`, { cause });
  }
  throw new CatalogueError(`The catalogue ${path} has more than ${MAX_CATALOGUE_BYTES} bytes.`);
}
