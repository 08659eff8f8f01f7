import { describe, expect, it } from '@jest/globals';
import { allowedUrl, mayReach } from './allowed-address.js';

const strict = { privateAddresses: false, plainHttp: false };
const open = { privateAddresses: true, plainHttp: true };
const codeOf = (address: string, rules = strict): string => {
  try {
    allowedUrl(address, rules);
    return '';
  } catch (cause) {
    return (cause as Error).message;
  }
};

describe('addresses of sources', () => {
  it.each([
    ['93.184.216.34', true, true],
    ['2606:2800:220:1:248:1893:25c8:1946', true, true],
    ['10.1.2.3', false, true],
    ['127.0.0.1', false, true],
    ['172.31.255.255', false, true],
    ['172.32.0.0', true, true],
    ['192.168.0.1', false, true],
    ['100.64.0.1', false, true],
    ['::1', false, true],
    ['::ffff:10.0.0.1', false, true],
    ['fd00::1', false, true],
    ['64:ff9b::a00:1', false, true],
    ['169.254.169.254', false, false],
    ['::ffff:169.254.169.254', false, false],
    ['fe80::1', false, false],
    ['168.63.129.16', false, false],
    ['168.63.129.17', true, true],
    ['100.100.100.200', false, false],
    ['192.0.0.192', false, false],
    ['fd00:ec2::254', false, false],
    ['fd20:ce::254', false, false],
    ['64:ff9b::a9fe:a9fe', false, false],
    ['2002:a9fe:a9fe::1', false, false],
    ['0.0.0.0', false, true],
    ['not an address', false, false],
  ])('%s: public %s, with private ones allowed %s', (address, isPublic, allowed) => {
    expect(mayReach(address, strict)).toBe(isPublic);
    expect(mayReach(address, open)).toBe(allowed);
  });

  it('are https unless the operator says otherwise, and hold no credentials', () => {
    expect(codeOf('https://example.com/a.git')).toBe('');
    expect(codeOf('http://example.com/a.git')).toBe('SOURCE_HTTP_FORBIDDEN');
    expect(codeOf('http://example.com/a.git', open)).toBe('');
    for (const address of [
      'ssh://example.com/a',
      'file:///etc/passwd',
      'a.git',
      'https://me:secret@example.com/',
    ])
      expect(codeOf(address, open)).toBe('SOURCE_ADDRESS_INVALID');
    // The URL parser writes other forms of an address in the usual one.
    for (const address of [
      'https://127.0.0.1/',
      'https://2130706433/',
      'https://0x7f.1/',
      'https://[::1]/',
      'https://[::ffff:7f00:1]/',
    ])
      expect(codeOf(address)).toBe('SOURCE_ADDRESS_FORBIDDEN');
  });
});
