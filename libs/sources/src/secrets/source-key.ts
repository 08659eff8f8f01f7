import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readOrMake } from '@lorekeep/kit/files';

const FILE = 'secret.key';
export const KEY_BYTES = 32;

/**
 * The key that encrypts the credentials of sources: the given one, or the one of this installation, made on first use
 * (mode 600). Several processes may call it at once. Throws where it is not 32 bytes.
 */
export async function loadSourceKey(directory: string, given: string): Promise<Buffer> {
  if (given !== '') return keyOf(given, 'SOURCE_KEY');
  const file = join(directory, FILE);
  return keyOf(await readOrMake(file, () => `${randomBytes(KEY_BYTES).toString('base64')}\n`), file);
}

function keyOf(text: string, where: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== KEY_BYTES) throw new Error(`${where} does not hold a key of ${KEY_BYTES} bytes`);
  return key;
}
