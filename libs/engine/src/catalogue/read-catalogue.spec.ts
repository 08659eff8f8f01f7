import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DescribedModel } from './described-model.js';
import { loadCatalogue } from './load-catalogue.js';
import { modelFolder } from './model-folder.js';
import { CatalogueError, MAX_CATALOGUE_BYTES, readCatalogue } from './read-catalogue.js';

const [gptOss] = readCatalogue() as [DescribedModel];
const read = (models: unknown) => readCatalogue({ name: 'models.json', text: JSON.stringify({ models }) });
const own = { ...gptOss, id: 'own-model' };

describe('readCatalogue', () => {
  it('has the built-in models', () => {
    expect(readCatalogue().map(({ id }) => id)).toEqual([
      'gpt-oss-20b',
      'llama-3.1-8b',
      'qwen3-embedding-0.6b',
      'whisper-large-v3-turbo',
    ]);
    expect(gptOss).toMatchObject({
      architecture: {
        layers: 24,
        slidingLayers: 12,
        window: 128,
        experts: 32,
        activeExperts: 4,
        vocab: 201_088,
      },
      context: { max: 131_072 },
      vllm: { toolCallParser: 'openai' },
    });
  });

  it('adds a model, and changes whole groups of a known one', () => {
    const catalogue = read([
      own,
      { id: 'gpt-oss-20b', folder: '/data/gpt-oss', context: { default: 8192, max: 65_536 } },
    ]);
    expect(catalogue.map(({ id }) => id)).toEqual([
      'gpt-oss-20b',
      'llama-3.1-8b',
      'qwen3-embedding-0.6b',
      'whisper-large-v3-turbo',
      'own-model',
    ]);
    expect(catalogue[0]).toMatchObject({
      folder: '/data/gpt-oss',
      context: { default: 8192 },
      family: 'gpt-oss',
    });
  });

  const wrong = (change: object) => [{ ...own, ...change }];
  it.each([
    [wrong({ architecture: { ...own.architecture, layers: 0 } }), 'own-model: architecture.layers'],
    [wrong({ architecture: { ...own.architecture, kvHeads: 7 } }), 'architecture.kvHeads must divide'],
    [
      wrong({ architecture: { ...own.architecture, slidingLayers: 25 } }),
      'architecture.slidingLayers must not exceed',
    ],
    [wrong({ architecture: { ...own.architecture, window: undefined } }), 'architecture.window is required'],
    [
      wrong({ architecture: { ...own.architecture, experts: undefined } }),
      'experts and activeExperts belong together',
    ],
    [
      wrong({ architecture: { ...own.architecture, activeExperts: 33 } }),
      'architecture.activeExperts must not exceed',
    ],
    [wrong({ context: { default: 9000, max: 8192 } }), 'context.default must not exceed context.max'],
    [wrong({ folder: '../elsewhere' }), 'folder must not climb out'],
    [
      wrong({ files: [{ path: '../x', bytes: 1, sha256: 'a'.repeat(64) }] }),
      'files.0.path must be a relative path',
    ],
    [
      wrong({ files: [{ path: 'x', bytes: 1, sha256: 'A'.repeat(64) }] }),
      'files.0.sha256 must be 64 lower-case',
    ],
    [wrong({ kernels: [] }), 'own-model: kernels'],
    [wrong({ unknown: 1 }), 'Unrecognized key'],
    [wrong({ id: 'Own Model' }), 'id must be lower-case'],
    [[own, own], 'own-model: is described twice'],
    [[{ id: 'new' }], 'model new: title'],
    ['x', 'catalogue: models'],
  ])('names the field of a mistake: %#', (models, message) => {
    expect(() => read(models)).toThrow(CatalogueError);
    expect(() => read(models)).toThrow(message);
  });

  it('names every mistake at once', () => {
    const attempt = () =>
      read([
        { ...own, title: '' },
        { id: 'llama-3.1-8b', context: {} },
      ]);
    expect(attempt).toThrow(/own-model: title.*llama-3\.1-8b: context\.default.*context\.max/);
  });

  it('says when it is no JSON', () => {
    expect(() => readCatalogue({ name: 'models.json', text: '{' })).toThrow('models.json is not JSON.');
  });
});

describe('loadCatalogue', () => {
  it('reads a file up to its limit, and says when it cannot', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
    const file = join(folder, 'models.json');
    try {
      expect(await loadCatalogue('')).toHaveLength(4);
      await expect(loadCatalogue(file)).rejects.toThrow(`The catalogue ${file} cannot be read.`);
      const text = JSON.stringify({ models: [own] });
      writeFileSync(file, text.padEnd(MAX_CATALOGUE_BYTES));
      expect(await loadCatalogue(file)).toHaveLength(5);
      writeFileSync(file, text.padEnd(MAX_CATALOGUE_BYTES + 1));
      await expect(loadCatalogue(file)).rejects.toThrow('has more than');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('modelFolder', () => {
  it('is below the models, or where the model says', () => {
    expect(modelFolder('/models', 'a')).toBe('/models/a');
    expect(modelFolder('/models', '/data/a')).toBe('/data/a');
  });
});
