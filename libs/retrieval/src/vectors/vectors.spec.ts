import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@lorekeep/kit/clock';
import { cut, hashOf, textOf } from './embed/passage-text.js';
import { fuseRankings, FUSION_K } from './fuse-rankings.js';
import { FolderEmbedder, INSTALL_ADVICE } from './models/embed-by-folder.js';
import { ModelError } from './models/model.errors.js';
import { Pause } from './models/pause.js';
import { signatureOf, unitVector } from './models/unit-vector.js';
import { quoteId } from './rank/rank-statements.js';
import { RecentValues } from './rank/recent-values.js';
import { modelKey, readVectorSettings } from './read-settings.js';
import { vectorConfigSchema } from './vectors.config.js';
import { loadConfig } from '@lorekeep/kit/config';

const place = (documentId: string, ordinal = 0) => ({ documentId, ordinal });
const read = (environment: Record<string, string>) =>
  readVectorSettings(loadConfig(vectorConfigSchema, environment));
const options = { timeoutMs: 1_000, signal: new AbortController().signal };

describe('fuseRankings', () => {
  it('adds 1 / (60 + place), lexical first among equals', () => {
    expect(FUSION_K).toBe(60);
    const fused = fuseRankings([place('a'), place('b'), place('c')], [place('c'), place('d')], 10);
    expect(fused.map(({ documentId }) => documentId)).toEqual(['c', 'a', 'b', 'd']);
    expect(fuseRankings([place('a')], [place('b')], 1)).toEqual([place('a')]);
  });

  it('tells passages of one document apart, keeps each once, and leaves one ranking as it is', () => {
    expect(fuseRankings([place('a', 1)], [place('a', 2), place('a', 1)], 5)).toEqual([
      place('a', 1),
      place('a', 2),
    ]);
    expect(fuseRankings([place('b'), place('a')], [], 5)).toEqual([place('b'), place('a')]);
    expect(fuseRankings([], [], 5)).toEqual([]);
  });
});

describe('settings', () => {
  it('are none where nothing is set', () => {
    expect(read({})).toMatchObject({ models: [], rerank: null });
  });

  it('take addresses with /v1 and without, and give prefixes their blank back', () => {
    const [model] = read({
      RETRIEVAL_EMBEDDING_URL: 'http://tei:8080/v1/',
      RETRIEVAL_EMBEDDING_MODEL: 'e5',
      RETRIEVAL_EMBEDDING_PASSAGE_PREFIX: 'passage:',
      RETRIEVAL_EMBEDDING_QUESTION_PREFIX: 'Query:\n',
    }).models;
    expect(model).toMatchObject({
      url: 'http://tei:8080',
      passagePrefix: 'passage: ',
      questionPrefix: 'Query:\n',
    });
  });

  it('tell models apart by what their vectors depend on, and by nothing else', () => {
    const key = (more: Record<string, string>): string => {
      const [model] = read({
        RETRIEVAL_EMBEDDING_URL: 'http://a',
        RETRIEVAL_EMBEDDING_MODEL: 'm',
        ...more,
      }).models;
      return model ? modelKey(model) : '';
    };
    const first = key({});
    expect(key({ RETRIEVAL_EMBEDDING_URL: 'http://b', RETRIEVAL_EMBEDDING_API_KEY: 'k' })).toBe(first);
    expect(key({ RETRIEVAL_EMBEDDING_QUESTION_PREFIX: 'q' })).toBe(first);
    expect(key({ RETRIEVAL_EMBEDDING_PASSAGE_PREFIX: 'p' })).not.toBe(first);
    expect(key({ RETRIEVAL_EMBEDDING_MODEL: 'n' })).not.toBe(first);
  });

  it('refuse what is no address', () => {
    expect(() => read({ RETRIEVAL_RERANK_URL: 'reranker:80' })).toThrow(/RETRIEVAL_RERANK_URL/);
  });
});

describe('vectors', () => {
  it('have length 1, and their signs are their signature', () => {
    expect([...unitVector([3, -4])]).toEqual([expect.closeTo(0.6), expect.closeTo(-0.8)]);
    expect(signatureOf(unitVector([3, -4, 0]))).toBe('100');
  });

  it.each([
    [[]],
    [[0, 0]],
    [[1, Number.NaN]],
    [['1']],
    ['1,2'],
    [null],
    [[Infinity]],
    [new Array(8_193).fill(1)],
  ])('are not made of %j', (values) => expect(() => unitVector(values)).toThrow(ModelError));
  it('have at most 8192 numbers', () => expect(unitVector(new Array(8_192).fill(1))).toHaveLength(8_192));
});

describe('the text of a passage', () => {
  it('says where it stands, is cut at its limit, never within a character', () => {
    const passage = { id: '', documentId: '', title: 'T', heading: '', content: 'abc' };
    expect(textOf(passage, 100)).toBe('T\nabc');
    expect(textOf(passage, 4)).toBe('T\nab');
    expect(cut('a😀b', 2)).toBe('a');
    expect(cut('a😀b', 3)).toBe('a😀');
    expect(hashOf('x')).toHaveLength(16);
  });
});

describe('Pause', () => {
  it('begins with the third failure, grows to a minute, ends with a success', () => {
    const clock = new ManualClock();
    const pause = new Pause(clock);
    const waits = Array.from({ length: 12 }, () => {
      pause.failed(new ModelError('away', ''));
      return pause.left;
    });
    expect(waits.slice(0, 5)).toEqual([0, 0, 1_000, 2_000, 4_000]);
    expect(waits.at(-1)).toBe(60_000);
    clock.advance(59_999);
    expect(pause.left).toBe(1);
    pause.succeeded();
    expect(pause.left).toBe(0);
  });

  it('is as long as the server asks', () => {
    const pause = new Pause(new ManualClock());
    pause.failed(new ModelError('busy', '', 2_500));
    expect(pause.left).toBe(2_500);
  });
});

describe('RecentValues', () => {
  it('are made again when they are old, and when they failed; the oldest goes first', async () => {
    const clock = new ManualClock();
    const values = new RecentValues<number>(clock, 100, 2);
    let made = 0;
    const get = (key: string) => values.get(key, () => Promise.resolve(++made));
    expect([await get('a'), await get('a')]).toEqual([1, 1]);
    clock.advance(101);
    expect(await get('a')).toBe(2);
    await expect(values.get('b', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await get('b')).toBe(3);
    await get('c');
    expect(await get('a')).toBe(5);
  });
});

describe('a local model', () => {
  const settings = (folder: string) => read({ RETRIEVAL_EMBEDDING_FOLDER: folder }).models[0] ?? fail();
  const fail = (): never => {
    throw new Error('no model');
  };

  it('says how to install what it needs, and never downloads', async () => {
    const missing = new FolderEmbedder(settings('libs'), () => Promise.reject(new Error('not found')));
    await expect(missing.embed(['a'], 'passage', options)).rejects.toThrow(INSTALL_ADVICE);
    const nowhere = new FolderEmbedder(settings('no/such/folder'));
    await expect(nowhere.embed(['a'], 'passage', options)).rejects.toThrow(/is not there/);
  });

  it('is opened from its folder alone', async () => {
    const env = { allowRemoteModels: true, allowLocalModels: false, localModelPath: '' };
    const opened: unknown[] = [];
    const pipeline = (...given: unknown[]) => {
      opened.push(given);
      return Promise.resolve((texts: string[], how: unknown) => {
        opened.push(how);
        return Promise.resolve({ tolist: () => texts.map(({ length }) => [length, 0]) });
      });
    };
    const embedder = new FolderEmbedder(settings('libs/kit'), () => Promise.resolve({ env, pipeline }));
    expect(await embedder.embed(['a', 'bb'], 'question', options)).toEqual([
      Float32Array.of(1, 0),
      Float32Array.of(1, 0),
    ]);
    expect(env).toEqual({
      allowRemoteModels: false,
      allowLocalModels: true,
      localModelPath: expect.stringMatching(/libs$/),
    });
    expect(opened).toEqual([
      ['feature-extraction', 'kit', { dtype: 'fp32' }],
      { pooling: 'mean', normalize: true },
    ]);
  });
});

describe('quoteId', () => {
  it('takes ids and nothing else', () => {
    const id = '00000000-0000-4000-8000-000000000000';
    expect(quoteId(id)).toBe(`'${id}'`);
    expect(() => quoteId(`${id}' or true --`)).toThrow();
  });
});
