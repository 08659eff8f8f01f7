import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTinyModel } from '../../../../test/support/tiny-model.js';
import { ModelThreads, type ModelThreadsOptions } from './model-threads.js';
import { installAdvice } from './open-model.js';

// Files and a model instead of a database. The add-on is no dependency: the specs that need it are skipped by name.
const ADDON = process.env['CLASSIFIER_ADDON'] ?? '';
const withAddon = ADDON === '' ? describe.skip : describe;
/** Loading takes a second on a quiet machine. */
const AMPLE = 25_000;
const hook = new URL('../../../../test/support/typescript.mjs', import.meta.url).href;
const entry = {
  url: new URL('./model-thread-entry.ts', import.meta.url),
  execArgv: ['--import', hook, '-C', 'lorekeep-source', '--no-warnings'],
};

let home: string;
const open: ModelThreads[] = [];
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'lorekeep-classifier-'));
  await writeTinyModel(join(home, 'tiny'));
  await writeTinyModel(join(home, 'other'), ['benign', 'toxic']);
  await writeTinyModel(join(home, 'garbled'));
  await writeFile(join(home, 'garbled', 'onnx', 'model.onnx'), 'no model');
});
afterAll(() => rm(home, { recursive: true, force: true }));
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

function threads(folder: string, part: Partial<ModelThreadsOptions> = {}): ModelThreads {
  const named = { name: 'the classifier', meaning: 'an attack' };
  const base = {
    folder: join(home, folder),
    addon: ADDON,
    labels: ['injection'],
    threads: 1,
    entry,
    ...named,
  };
  const made = new ModelThreads({ ...base, ...part });
  open.push(made);
  return made;
}
const stateOf = async (folder: string, part: Partial<ModelThreadsOptions> = {}) => {
  const classifier = threads(folder, part);
  expect(await classifier.classify({ text: 'good' }, AMPLE)).toBeNull();
  return classifier.state;
};

withAddon('a real model', () => {
  it('tells an attack by its labels, whatever their case', async () => {
    const classifier = threads('tiny');
    expect(await classifier.classify({ text: 'all is good' }, AMPLE)).toBeLessThan(0.05);
    expect(await classifier.classify({ text: 'something EVIL is asked' }, AMPLE)).toBeGreaterThan(0.99);
    expect(await classifier.classify({ text: '' }, AMPLE)).toBeCloseTo(0.5, 1);
    expect(await classifier.classify({ text: '\ud800 \u0000 好' }, AMPLE)).toBeLessThan(0.5);
    expect(classifier.state).toEqual({ state: 'ready', reason: null, detail: null });
  });

  it('reads long texts in windows that overlap, to their end', async () => {
    const classifier = threads('tiny');
    const long = 'good '.repeat(1_500);
    expect(await classifier.classify({ text: long }, AMPLE)).toBeLessThan(0.05);
    expect(await classifier.classify({ text: `${long} evil` }, AMPLE)).toBeGreaterThan(0.9);
  });

  it('says which labels the model has where none of them means an attack', async () => {
    expect(await stateOf('other')).toMatchObject({
      state: 'failed',
      reason: 'of the labels of the classifier (benign, toxic) some, and not all, must mean an attack',
    });
  });

  it('says that a model cannot be opened', async () => {
    const { state, reason, detail } = await stateOf('garbled');
    expect([state, reason]).toEqual([
      'failed',
      'the folder of the classifier holds no model that can be opened',
    ]);
    // Where it lies is nothing for the page, and all for the log.
    expect(detail).toContain(home);
  });
});

describe('a model without what it needs', () => {
  it('says which file is missing', async () => {
    expect(await stateOf('nowhere')).toMatchObject({
      state: 'failed',
      reason: 'the folder of the classifier has no config.json',
    });
    await rm(join(home, 'garbled', 'tokenizer.json'));
    expect((await stateOf('garbled')).reason).toBe('the folder of the classifier has no tokenizer.json');
  });

  it('says how the add-on is installed', async () => {
    const { reason } = await stateOf('tiny', { addon: join(home, 'tiny') });
    expect(reason).toContain(installAdvice('the classifier'));
  });
});
