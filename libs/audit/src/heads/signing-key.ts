import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfPresent, readOrMake } from '@lorekeep/kit/files';
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
    const privateKey = createPrivateKey(await readOrMake(file, newKey));
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

function newKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
