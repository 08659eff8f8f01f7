import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTinyPairModel } from '../../../../test/support/tiny-model.js';
import { FolderEntailment } from './entailment.js';

// Files and a model instead of a database. The add-on is no dependency: the specs that need it are skipped by name.
const ADDON = process.env['CLASSIFIER_ADDON'] ?? '';
const withAddon = ADDON === '' ? describe.skip : describe;
/** Loading takes a second on a quiet machine. */
const AMPLE = 25_000;
const hook = new URL('../../../../test/support/typescript.mjs', import.meta.url).href;
const entry = {
  url: new URL('../../../kit/src/local-model/model-thread-entry.ts', import.meta.url),
  execArgv: ['--import', hook, '-C', 'lorekeep-source', '--no-warnings'],
};
const PREMISE = 'Leave\nOn Sundays the canteen is open.';
const NLI = ['contradiction', 'not_entailment'];

let home: string;
const open: FolderEntailment[] = [];
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'lorekeep-entailment-'));
  await writeTinyPairModel(join(home, 'tiny'));
  await writeTinyPairModel(join(home, 'other'), ['red', 'green', 'blue']);
});
afterAll(() => rm(home, { recursive: true, force: true }));
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

function entailment(folder: string): FolderEntailment {
  const named = { name: 'the entailment model', meaning: 'a contradiction' };
  const threads = { folder: join(home, folder), addon: ADDON, labels: NLI, threads: 1, entry, ...named };
  const made = new FolderEntailment({ timeoutMs: AMPLE, from: 0.9 }, threads);
  open.push(made);
  return made;
}
const ask = (model: FolderEntailment, hypothesis: string, premise = PREMISE) =>
  model.contradicts({ premise, hypothesis });

withAddon('an entailment model in a folder', () => {
  it('tells what contradicts its premise from what does not', async () => {
    const model = entailment('tiny');
    expect(await ask(model, 'The canteen is shut on Sundays.')).toBe(true);
    expect(await ask(model, 'The canteen is open on Sundays.')).toBe(false);
    expect(await ask(model, 'It is shut.', 'It is shut.')).toBe(false);
    expect(await ask(model, '\ud800 \u0000 好')).toBe(false);
    expect(model.state).toEqual({ state: 'ready', reason: null, detail: null });
  });

  it('reads the front of a long premise, and the whole sentence', async () => {
    const model = entailment('tiny');
    const filler = 'and so on '.repeat(1_000);
    expect(await ask(model, 'It is shut.', `It is open. ${filler}`)).toBe(true);
    expect(await ask(model, `${'so '.repeat(150)} shut.`, `It is open. ${filler}`)).toBe(true);
    expect(await ask(model, 'It is shut.', `${filler} It is open.`)).toBe(false);
  });

  it('says which labels the model has where none of them means a contradiction', async () => {
    const model = entailment('other');
    expect(await ask(model, 'It is shut.')).toBeNull();
    expect(model.state).toMatchObject({
      state: 'failed',
      reason:
        'of the labels of the entailment model (red, green, blue) some, and not all, must mean a contradiction',
    });
  });
});

describe('an entailment model that is not there', () => {
  it('says which file is missing, and has no answer', async () => {
    const model = entailment('nowhere');
    expect(await ask(model, 'It is shut.')).toBeNull();
    expect(model.state).toMatchObject({
      state: 'failed',
      reason: 'the folder of the entailment model has no config.json',
    });
  });
});
