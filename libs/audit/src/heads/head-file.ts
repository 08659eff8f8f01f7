import { sign, verify, type KeyObject } from 'node:crypto';
import { open, mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a tenant's chain ended at some time, signed; kept outside the database. */
export interface SignedHead {
  version: 1;
  tenantId: string;
  /** Records in the chain, which is the sequence of the last one. */
  count: number;
  /** Hash of that record, 64 hex digits. */
  hash: string;
  /** ISO 8601 */
  time: string;
  /** Ed25519 over signedText, base64. */
  signature: string;
}

/** What the signature covers: these lines, each ended by a line feed, in UTF-8. */
function signedText(head: Omit<SignedHead, 'signature'>): Buffer {
  return Buffer.from(
    ['lorekeep audit head', head.version, head.tenantId, head.count, head.hash, head.time, ''].join('\n'),
  );
}

export function signHead(head: Omit<SignedHead, 'signature' | 'version'>, key: KeyObject): SignedHead {
  const unsigned = { version: 1 as const, ...head };
  return { ...unsigned, signature: sign(null, signedText(unsigned), key).toString('base64') };
}

/** True when the head is of this tenant and was signed by the owner of the key. */
export function isAuthentic(head: SignedHead, tenantId: string, publicKey: KeyObject): boolean {
  return (
    head.tenantId === tenantId &&
    verify(null, signedText(head), publicKey, Buffer.from(head.signature, 'base64'))
  );
}

export type HeadOnDisk = SignedHead | 'missing' | 'unreadable';

/** Throws only where the file system refuses. */
export async function readHead(directory: string, tenantId: string): Promise<HeadOnDisk> {
  let text: string;
  try {
    text = await readFile(pathOf(directory, tenantId), 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
    throw cause;
  }
  try {
    const head: unknown = JSON.parse(text);
    return isHead(head) ? head : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

/** Whole or not at all, and on disk when it returns. */
export async function writeHead(directory: string, head: SignedHead): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const target = pathOf(directory, head.tenantId);
  const draft = `${target}.${process.pid}.draft`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(head, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, target);
}

function pathOf(directory: string, tenantId: string): string {
  return join(directory, `${tenantId}.head.json`);
}

function isHead(value: unknown): value is SignedHead {
  if (typeof value !== 'object' || value === null) return false;
  const { version, tenantId, count, hash, time, signature } = value as Record<string, unknown>;
  return (
    version === 1 &&
    typeof tenantId === 'string' &&
    Number.isSafeInteger(count) &&
    typeof hash === 'string' &&
    /^[0-9a-f]{64}$/.test(hash) &&
    typeof time === 'string' &&
    typeof signature === 'string'
  );
}
