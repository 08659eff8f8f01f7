import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './make-folder.js';

describe('makeFolder', () => {
  mkdirSync('.lorekeep', { recursive: true });
  const root = mkdtempSync(join('.lorekeep', 'make-folder-'));
  afterAll(() => rmSync(root, { recursive: true }));

  it('makes what is missing and leaves what is there', () => {
    const path = join(root, 'a', 'b', 'c');
    makeFolder(path);
    makeFolder(path);
    expect(statSync(path).isDirectory()).toBe(true);
  });

  it('says so where a file is in the way', () => {
    writeFileSync(join(root, 'file'), '');
    expect(() => makeFolder(join(root, 'file'))).toThrow('EEXIST');
    expect(() => makeFolder(join(root, 'file', 'x'))).toThrow(/ENOTDIR|EEXIST/);
  });

  it('ends where a folder exists and takes none', () => {
    expect(() => makeFolder('/proc/lorekeep/data')).toThrow(/takes no folders|EACCES|EPERM|EROFS/);
  });
});
