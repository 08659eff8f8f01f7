import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  type KeyObject,
} from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AuditFault } from '../audit.errors.js';

export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const PRIVATE = 'signing-key.pem';
const PUBLIC = 'signing-key.pub.pem';

/** The Ed25519 key of a directory of heads, made on first use (mode 600). Several processes may call it at once. */
export async function loadSigningKey(directory: string): Promise<SigningKey> {
  const file = join(directory, PRIVATE);
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const existing = await readIfPresent(file);
    const pem = existing ?? (await create(file));
    const privateKey = createPrivateKey(pem);
    if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error(`${file} is not an Ed25519 key`);
    const publicKey = createPublicKey(privateKey);
    const publicPem = publicKey.export({ type: 'spki', format: 'pem' });
    if ((await readIfPresent(join(directory, PUBLIC))) !== publicPem) {
      await writeFile(join(directory, PUBLIC), publicPem, { mode: 0o644 });
    }
    return { privateKey, publicKey };
  } catch (cause) {
    throw new AuditFault('AUDIT_HEAD_UNUSABLE', cause);
  }
}

/** The public half, for those who only verify; undefined where no head was ever signed. */
export async function loadPublicKey(directory: string): Promise<KeyObject | undefined> {
  try {
    const pem = await readIfPresent(join(directory, PUBLIC));
    return pem === undefined ? undefined : createPublicKey(pem);
  } catch (cause) {
    throw new AuditFault('AUDIT_HEAD_UNUSABLE', cause);
  }
}

/** By link, so that of two creators one wins whole. */
async function create(file: string): Promise<string> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const own = join(dirname(file), `.${randomUUID()}.pem`);
  await writeFile(own, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
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
