import { expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { DOCUMENT_PATH } from './steps.js';

it('has one folder per step, in order', () => {
  const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'testing')
    .map((entry) => entry.name)
    .sort();
  expect(folders).toEqual([...DOCUMENT_PATH]);
});
