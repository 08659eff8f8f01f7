import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '@lorekeep/kit/config';
import { authConfigSchema } from './auth.config.js';
import { attemptKeys, networkOf } from './attempt-keys.js';

describe('networkOf', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['not an address', 'unknown'],
    ['', 'unknown'],
  ])('%s is %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network);
  });
});

describe('attemptKeys', () => {
  it('never holds what was typed', () => {
    const keys = attemptKeys(loadConfig(authConfigSchema, {}), 'my-password-by-mistake', '192.0.2.7');
    expect(keys.map((key) => key.kind)).toEqual(['pair', 'account', 'address']);
    expect(JSON.stringify(keys)).not.toContain('my-password');
  });
});
