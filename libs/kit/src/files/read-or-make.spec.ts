import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { readIfPresent, readOrMake } from './read-or-make.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'read-or-make-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('gives everybody who asks at once the same text, and leaves nothing else', async () => {
  const file = join(folder, 'keys', 'own.key');
  let made = 0;
  const texts = await Promise.all(Array.from({ length: 8 }, () => readOrMake(file, () => `key ${made++}`)));
  expect(new Set(texts).size).toBe(1);
  expect(await readOrMake(file, () => 'another')).toBe(texts[0]);
  expect(await readdir(join(folder, 'keys'))).toEqual(['own.key']);
});

it('keeps it from everybody else', async () => {
  const file = join(folder, 'keys', 'own.key');
  await readOrMake(file, () => 'key');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, 'keys'))).mode & 0o777).toBe(0o700);
});

it('tells a file that is not there from one that cannot be read', async () => {
  expect(await readIfPresent(join(folder, 'none'))).toBeUndefined();
  await expect(readIfPresent(folder)).rejects.toMatchObject({ code: 'EISDIR' });
});
