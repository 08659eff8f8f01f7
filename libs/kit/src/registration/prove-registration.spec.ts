import { describe, expect, it } from '@jest/globals';
import {
  isSafeAddress,
  isSameProof,
  proveGateway,
  proveHost,
  type Registration,
} from './prove-registration.js';

const KEY = 'k'.repeat(32);
const SAID: Registration = {
  address: 'https://gpu-1:8090',
  at: 1_000,
  nonce: 'n'.repeat(22),
  leaving: false,
};

describe('proof of a registration', () => {
  it.each([
    ['address', { address: 'https://gpu-2:8090' }],
    ['time', { at: 1_001 }],
    ['nonce', { nonce: 'm'.repeat(22) }],
    ['leaving', { leaving: true }],
  ])('is of one %s alone', (_, other) => {
    expect(isSameProof(proveHost(KEY, SAID), proveHost(KEY, { ...SAID }))).toBe(true);
    expect(isSameProof(proveHost(KEY, SAID), proveHost(KEY, { ...SAID, ...other }))).toBe(false);
  });

  it('is of one key alone, and of one side', () => {
    expect(isSameProof(proveHost(KEY, SAID), proveHost(`${KEY}k`, SAID))).toBe(false);
    expect(isSameProof(proveGateway(KEY, SAID), proveHost(KEY, SAID))).toBe(false);
    expect(isSameProof(proveGateway(KEY, SAID), '')).toBe(false);
  });

  // RFC 4231 has no such text; computed with `openssl dgst -sha256 -hmac`.
  it('is HMAC-SHA-256', () => {
    expect(proveGateway(KEY, { nonce: 'n', at: 1 })).toBe('91a0WpYUPrAdZ-0if83AOYxec85SFYwJcZyD6jupg_E');
  });
});

describe('an address', () => {
  it.each(['https://gpu-1:8090', 'https://[::1]:1', 'http://127.0.0.1:8090', 'http://localhost:1'])(
    'may be %s',
    (one) => {
      expect(isSafeAddress(one)).toBe(true);
    },
  );

  it.each([
    'http://gpu-1:8090',
    'https://gpu-1/',
    'https://a:b@gpu-1',
    'https://gpu-1?x',
    'ftp://gpu-1',
    'gpu-1:1',
    '',
  ])('may not be %j', (one) => {
    expect(isSafeAddress(one)).toBe(false);
  });
});
