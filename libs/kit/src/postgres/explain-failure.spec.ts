import { describe, expect, it } from '@jest/globals';
import { explainOutput, explainSystemError } from './explain-failure.js';
import { PostgresLaunchError } from './postgres.errors.js';

describe('explainSystemError', () => {
  it.each([
    ['ENOSPC', 'DISK_FULL'],
    ['EDQUOT', 'DISK_FULL'],
    ['EACCES', 'FOLDER_UNWRITABLE'],
    ['EROFS', 'FOLDER_UNWRITABLE'],
    ['EEXIST', 'FOLDER_UNWRITABLE'],
    ['EMFILE', 'START_FAILED'],
  ])('%s is %s, and names the folder', (code, expected) => {
    const error = explainSystemError(Object.assign(new Error('x'), { code }), '/data/here');
    expect(error.code).toBe(expected);
    expect(error.message).toContain('/data/here');
    expect(error.message).toMatch(/^[^\n]+\.$/);
  });

  it('passes an explained error on', () => {
    const error = new PostgresLaunchError('IN_USE', 'x');
    expect(explainSystemError(error, '/')).toBe(error);
  });
});

describe('explainOutput', () => {
  it.each([
    ['initdb: error: could not write file "x": No space left on device', 'DISK_FULL'],
    ['FATAL:  could not write lock file "postmaster.pid": No space left on device', 'DISK_FULL'],
    ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', 'PORT_TAKEN'],
    ['FATAL:  lock file "postmaster.pid" already exists', 'IN_USE'],
    ['FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use', 'IN_USE'],
    ['FATAL:  data directory "/x" has wrong ownership', 'FOLDER_UNWRITABLE'],
    ['initdb: error: could not create directory "/x": Permission denied', 'FOLDER_UNWRITABLE'],
    [
      'DETAIL:  The data directory was initialized by PostgreSQL version 16, which is not compatible',
      'WRONG_VERSION',
    ],
    ['something else', 'START_FAILED'],
  ])('%s is %s', (output, code) => {
    expect(explainOutput(output, '/home').code).toBe(code);
  });

  it('quotes the last reason of the server', () => {
    const output = '2026 [1] LOG:  starting\n2026 [1] FATAL:  could not map anonymous shared memory\n';
    expect(explainOutput(output, '/home').message).toBe(
      'The embedded database did not start (could not map anonymous shared memory): see /home/server.log.',
    );
  });
});
