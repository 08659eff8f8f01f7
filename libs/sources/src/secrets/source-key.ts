import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const FILE = 'secret.key';
export const KEY_BYTES = 32;

/**
 * The key that encrypts the credentials of sources: the given one, or the one of this installation, made on first use
 * (mode 600). Several processes may call it at once. Throws where it is not 32 bytes.
 */
export async function loadSourceKey(directory: string, given: string): Promise<Buffer> {
  if (given !== '') return keyOf(given, 'SOURCE_KEY');
  const file = join(directory, FILE);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return keyOf((await readIfPresent(file)) ?? (await create(file)), file);
}

function keyOf(text: string, where: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== KEY_BYTES) throw new Error(`${where} does not hold a key of ${KEY_BYTES} bytes`);
  return key;
}

/** By link, so that of two creators one wins whole. */
async function create(file: string): Promise<string> {
  const own = join(dirname(file), `.${randomUUID()}.key`);
  await writeFile(own, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600 });
  try {
    await link(own, file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  } finally {
    await rm(own, { force: true });
  }
  return readFile(file, 'utf8');
}

async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
}
