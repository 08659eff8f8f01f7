import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The text of a file; undefined where there is none. */
export async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
}

/**
 * The text of a file that only its owner may read (mode 600, the folder 700), made on first use. Several processes may
 * call it at once: all have the text of the first.
 */
export async function readOrMake(file: string, make: () => string): Promise<string> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  return (await readIfPresent(file)) ?? (await create(file, make()));
}

/** By link, so that of two creators one wins whole. */
async function create(file: string, text: string): Promise<string> {
  const own = join(dirname(file), `.${randomUUID()}.new`);
  await writeFile(own, text, { mode: 0o600 });
  try {
    await link(own, file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  } finally {
    await rm(own, { force: true });
  }
  return readFile(file, 'utf8');
}
