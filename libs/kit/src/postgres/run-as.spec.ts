import { describe, expect, it } from '@jest/globals';
import { chooseRunAs, commandAs } from './run-as.js';

describe('commandAs', () => {
  it('runs the file itself, or through a user namespace, or as an account', () => {
    expect(commandAs({ kind: 'direct' }, '/pg', ['-D'])).toEqual({ file: '/pg', args: ['-D'] });
    expect(commandAs({ kind: 'namespace', unshare: '/u' }, '/pg', ['-D'])).toEqual({
      file: '/u',
      args: ['--user', '--map-user=1000', '--map-group=1000', '/pg', '-D'],
    });
    expect(commandAs({ kind: 'user', uid: 7, gid: 8, name: 'x' }, '/pg', ['-D'])).toEqual({
      file: '/pg',
      args: ['-D'],
      uid: 7,
      gid: 8,
    });
  });
});

describe('chooseRunAs', () => {
  it('never runs as root itself', () => {
    const chosen = chooseRunAs(undefined, () => undefined);
    expect(chosen.kind).toBe(process.getuid?.() === 0 ? 'user' : 'direct');
  });
});
