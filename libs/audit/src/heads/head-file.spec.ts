import { describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { isAuthentic, signHead } from './head-file.js';

const tenantId = '00000000-0000-4000-8000-000000000001';
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const head = signHead(
  { tenantId, count: 5, hash: 'ab'.repeat(32), time: '2026-01-05T09:00:00.000Z' },
  privateKey,
);

describe('signed head', () => {
  it('is authentic as it was signed', () => {
    expect(isAuthentic(head, tenantId, publicKey)).toBe(true);
  });

  it.each([
    { count: 4 },
    { hash: 'ac'.repeat(32) },
    { time: '2026-01-05T09:00:00.001Z' },
    { signature: '' },
    { signature: 'AAAA' },
    { tenantId: '00000000-0000-4000-8000-000000000002' },
  ])('is not with %j', (change) => {
    expect(isAuthentic({ ...head, ...change }, tenantId, publicKey)).toBe(false);
  });

  it('is not for another tenant or another key', () => {
    expect(isAuthentic(head, '00000000-0000-4000-8000-000000000002', publicKey)).toBe(false);
    expect(isAuthentic(head, tenantId, generateKeyPairSync('ed25519').publicKey)).toBe(false);
  });
});
