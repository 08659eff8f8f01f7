import { describe, expect, it } from '@jest/globals';
import { newApiKey, parseApiKey } from './api-key-format.js';
import { newSessionToken, parseSessionToken } from './session-token.js';

const TENANT = '3f2b8c1e-9a4d-4f6b-8e21-0c5d7a9b1e34';

/** Everything that a header may hold and that is no token. */
const MALFORMED: unknown[] = [
  '',
  ' ',
  '.',
  'null',
  'x'.repeat(10_240),
  `${TENANT}.`,
  `${TENANT}.${'\u0000'.repeat(43)}`,
  `${TENANT}.${'a'.repeat(42)}`,
  `${TENANT}.${'a'.repeat(44)}`,
  `${TENANT}.${'a'.repeat(42)}\n`,
  `${TENANT}x.${'a'.repeat(42)}`,
  `${TENANT.replace('3', 'g')}.${'a'.repeat(43)}`,
  `${TENANT.toUpperCase()}.${'a'.repeat(43)}`,
  `lk-${'g'.repeat(32)}-${'a'.repeat(43)}`,
  `lk-${TENANT.replaceAll('-', '')}-${'é'.repeat(43)}`,
  `LK-${TENANT.replaceAll('-', '')}-${'a'.repeat(43)}`,
  '\ud800'.repeat(80),
  undefined,
  null,
  42,
  {},
  ['a', 'b'],
];

describe('session tokens', () => {
  it('are read back as the tenant and the stored hash', () => {
    const { token, hash } = newSessionToken(TENANT);
    expect(parseSessionToken(token)).toEqual({ tenantId: TENANT, hash });
    expect(hash).toHaveLength(32);
  });

  it('differ each time', () => {
    expect(newSessionToken(TENANT).token).not.toBe(newSessionToken(TENANT).token);
  });

  it.each(MALFORMED)('%# is none', (value) => {
    expect(parseSessionToken(value)).toBeNull();
  });
});

describe('API keys', () => {
  it('are read back as the tenant and the stored hash', () => {
    const { key, hash, displayPrefix } = newApiKey(TENANT);
    expect(key).toMatch(/^lk-[0-9a-f]{32}-[\w-]{43}$/);
    expect(parseApiKey(key)).toEqual({ tenantId: TENANT, hash });
    expect(displayPrefix).toBe(`lk-…${key.slice(-4)}`);
  });

  it.each(MALFORMED)('%# is none', (value) => {
    expect(parseApiKey(value)).toBeNull();
  });

  it('are no session tokens, nor the other way round', () => {
    expect(parseSessionToken(newApiKey(TENANT).key)).toBeNull();
    expect(parseApiKey(newSessionToken(TENANT).token)).toBeNull();
  });
});
