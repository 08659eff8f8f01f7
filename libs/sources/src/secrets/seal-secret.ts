import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SourceSecret } from '@lorekeep/contracts';
import { SourceProblem } from '../sources.errors.js';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM: version, nonce, tag, text. Bound to its tenant and source: a row that is copied elsewhere cannot be read
 * there.
 */
export function sealSecret(key: Buffer, owner: SecretOwner, secret: SourceSecret): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(ownerBytes(owner));
  const text = Buffer.concat([cipher.update(JSON.stringify(secret), 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), text]);
}

/** Throws SourceProblem SECRET_UNREADABLE: another key, another owner, or damage. */
export function openSecret(key: Buffer, owner: SecretOwner, sealed: Buffer): SourceSecret {
  try {
    if (sealed[0] !== VERSION) throw new Error('an unknown version');
    const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(ownerBytes(owner));
    decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES));
    const text = sealed.subarray(1 + NONCE_BYTES + TAG_BYTES);
    return JSON.parse(
      Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8'),
    ) as SourceSecret;
  } catch {
    // The cause is not kept: it may quote what was decrypted.
    throw new SourceProblem('SOURCE_SECRET_UNREADABLE');
  }
}

export interface SecretOwner {
  readonly tenantId: string;
  readonly sourceId: string;
}

const ownerBytes = ({ tenantId, sourceId }: SecretOwner): Buffer =>
  Buffer.from(`lorekeep source ${tenantId} ${sourceId}`);
