import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { STEPS } from '@lorekeep/contracts';
import { QUESTION_PATH } from './steps.js';

const here = new URL('.', import.meta.url);

describe('the path of one question', () => {
  const folders = readdirSync(here, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d/.test(entry.name))
    .map(({ name }) => name)
    .sort();

  it('is the same in the folders and in the ordered list', () => {
    expect(folders).toEqual(QUESTION_PATH);
  });

  it('is the same in ARCHITECTURE.md', () => {
    const map = readFileSync(new URL('../../../ARCHITECTURE.md', here), 'utf8');
    expect([...map.matchAll(/\b[1-9]-[a-z]+\b/g)].map(([name]) => name)).toEqual(QUESTION_PATH);
  });

  it('has step files of its own in every folder, and none elsewhere', () => {
    for (const folder of folders) {
      expect(readdirSync(new URL(folder, here)).filter((name) => name.endsWith('.step.ts'))).not.toEqual([]);
    }
    expect(readdirSync(here).filter((name) => name.endsWith('.step.ts'))).toEqual([]);
  });

  it('has seven words that every folder, error and metric shares', () => {
    expect(QUESTION_PATH.map((name) => name.slice(2))).toEqual([...STEPS]);
    expect(STEPS).toHaveLength(7);
  });
});
