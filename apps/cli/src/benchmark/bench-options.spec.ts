import { describe, expect, it } from '@jest/globals';
import { readBenchOptions, type BenchOptions } from './bench-options.js';

const DEFAULTS: BenchOptions = {
  ...{ rate: 'inf', rounds: '2', inputTokens: '512', outputTokens: '256', temperature: '1', timeout: '300' },
  ...{ seed: '0', endpoint: 'chat', documents: 'none', direct: ['http://gpu:8000'] },
};
const read = (options: Partial<BenchOptions>, environment = {}) =>
  readBenchOptions({ ...DEFAULTS, ...options }, environment);

describe('readBenchOptions', () => {
  it('names the doors and cleans their addresses', () => {
    const { targets } = read(
      { direct: ['http://gpu:8000/v1/'], through: ['https://lorekeep.example=with path'], keyEnv: 'KEY' },
      { KEY: 'lk-1' },
    );
    expect(targets).toEqual([
      { kind: 'direct', url: 'http://gpu:8000', label: 'direct', key: undefined },
      { kind: 'through', url: 'https://lorekeep.example', label: 'with path', key: 'lk-1' },
    ]);
    expect(read({ direct: ['http://a:1', 'http://b:2'] }).targets.map(({ label }) => label)).toEqual([
      'direct a:1',
      'direct b:2',
    ]);
  });

  it('has levels of concurrency, a rate, or both', () => {
    const levels = (options: Partial<BenchOptions>) => read(options).levels;
    expect(levels({}).map(({ concurrency }) => concurrency)).toEqual([1, 4, 16, 64]);
    expect(levels({ rate: '2.5' })).toEqual([{ rate: 2.5, concurrency: Infinity }]);
    expect(levels({ rate: '4', concurrency: '8,inf' })).toEqual([
      { rate: 4, concurrency: 8 },
      { rate: 4, concurrency: Infinity },
    ]);
    expect(levels({ concurrency: '1024' })).toHaveLength(1);
    expect(levels({ concurrency: '4, 1,4' }).map(({ concurrency }) => concurrency)).toEqual([4, 1]);
  });

  it('reads the shape of the sweep', () => {
    expect(read({}).sweepShape).toEqual({ inputTokens: 512, outputTokens: 256 });
    expect(read({ sweep: true, sweepTokens: '1500,100' }).sweepShape).toEqual({
      inputTokens: 1_500,
      outputTokens: 100,
    });
  });

  it('reads goals', () => {
    expect(read({ goodput: 'ttft:500,tpot:50.5' }).goals).toEqual({ ttft: 500, tpot: 50.5 });
    expect(read({}).goals).toBeUndefined();
  });

  it.each<[Partial<BenchOptions>, RegExp]>([
    [{ direct: [] }, /^Say what is measured/],
    [{ direct: ['gpu:8000'] }, /^--direct must be an http/],
    [{ direct: ['http://a=x', 'http://b=x'] }, /^Two addresses are called x/],
    [{ concurrency: '1025' }, /^--concurrency must be a whole number from 1 to 1024/],
    [{ concurrency: 'inf' }, /^--concurrency/],
    [{ concurrency: '' }, /^--concurrency/],
    [{ rate: '0' }, /^--rate/],
    [{ rate: '10001' }, /^--rate/],
    [{ requests: '0' }, /^--requests/],
    [{ inputTokens: '131073' }, /^--input-tokens/],
    [{ outputTokens: '1.5' }, /^--output-tokens/],
    [{ temperature: '2.1' }, /^--temperature/],
    [{ goodput: 'itl:5' }, /^--goodput knows/],
    [{ goodput: ',' }, /^--goodput needs/],
    [{ endpoint: 'responses' }, /^--endpoint must be chat or completions/],
    [{ keyEnv: 'NONE' }, /^--key-env NONE/],
    [{ sweep: true, sweepMax: '2000' }, /^--sweep-max/],
    [{ sweepMax: '8' }, /^--sweep-max says how --sweep is done: give that too/],
    [{ sweepTokens: '512,256' }, /^--sweep-tokens says how --sweep is done/],
    [{ concurrency: '1,,4' }, /^--concurrency must be a whole number from 1 to 1024, not empty/],
    [{ goodput: 'ttft:5,ttft:6' }, /^--goodput has two goals for ttft/],
    [{ sweep: true, sweepTokens: '512' }, /^--sweep-tokens must be tokens in and out, like 512,256/],
    [{ sweep: true, sweepTokens: '512,256,1' }, /^--sweep-tokens must be tokens in and out/],
    [{ sweep: true, sweepTokens: '512,0' }, /^--sweep-tokens must be a whole number from 1/],
  ])('refuses %j', (options, sentence) => {
    expect(() => read(options)).toThrow(sentence);
  });
});
