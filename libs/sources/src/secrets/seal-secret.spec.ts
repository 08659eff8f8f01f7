import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { openSecret, sealSecret } from './seal-secret.js';

const key = randomBytes(32);
const owner = { tenantId: 'one', sourceId: 'two' };
const secret = { token: 'very-secret-token' };

describe('sealSecret', () => {
  it('keeps a secret that only its owner with the key can read', () => {
    const sealed = sealSecret(key, owner, secret);
    expect(openSecret(key, owner, sealed)).toEqual(secret);
    expect(sealed.toString('latin1')).not.toContain('secret');
    expect(sealSecret(key, owner, secret).equals(sealed)).toBe(false);
  });

  it('is not opened with another key, by another owner, or damaged', () => {
    const sealed = sealSecret(key, owner, secret);
    const damaged = Buffer.from(sealed);
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
    const tries = [
      () => openSecret(randomBytes(32), owner, sealed),
      () => openSecret(key, { ...owner, sourceId: 'three' }, sealed),
      () => openSecret(key, { ...owner, tenantId: 'three' }, sealed),
      () => openSecret(key, owner, damaged),
      () => openSecret(key, owner, sealed.subarray(0, 20)),
      () => openSecret(key, owner, Buffer.alloc(0)),
    ];
    for (const attempt of tries) expect(attempt).toThrow('SOURCE_SECRET_UNREADABLE');
  });
});
