import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '@lorekeep/kit/config';
import type { ProgramResult } from '../hardware/run-program.js';
import { aPlan } from '../supervise/testing/a-plan.js';
import { ManualPace } from '../supervise/testing/manual-pace.js';
import { CardUse } from './card-use.js';
import { createHost, NoCardsError, wishesOf } from './create-host.js';
import { engineConfigSchema, PASSED_NAMES } from './engine.config.js';
import { fitsBeside } from './fits-beside.js';
import { FOLLOWERS_MAX, LogFeed } from './log-feed.js';

const said = (stdout: string): ProgramResult => ({ outcome: 'ended', code: 0, stdout, stderr: '' });

describe('how full the cards are', () => {
  it('is the fullest of those asked for, less what the driver keeps', async () => {
    const rows = '0, 24564, 12100, 364\n1, 24564, 6050, [N/A]\n2, [N/A], 1, 0\n';
    const cards = new CardUse(new ManualPace(), () => Promise.resolve(said(rows)));
    expect(await cards.share([0])).toBe(0.5);
    expect(await cards.share([1, 0])).toBe(0.5);
    expect(await cards.share([1])).toBeCloseTo(0.2463, 4);
    expect(await cards.share([2, 7])).toBeNull();
  });

  it('is asked for once in a while, and seldom where nobody tells', async () => {
    const pace = new ManualPace();
    let asked = 0;
    let answer: ProgramResult = said('0, 100, 10, 0');
    const cards = new CardUse(pace, () => {
      asked += 1;
      return Promise.resolve(answer);
    });
    for (let at = 0; at < 5; at += 1) await cards.share([0]);
    expect(asked).toBe(1);
    cards.refresh();
    answer = { outcome: 'missing' };
    expect(await cards.share([0])).toBeNull();
    await pace.sleep(60_000);
    expect(await cards.share([0])).toBeNull();
    expect(asked).toBe(2);
    await pace.sleep(600_000);
    await cards.share([0]);
    expect(asked).toBe(3);
  });

  it.each<ProgramResult>([{ outcome: 'timeout' }, { outcome: 'ended', code: 9, stdout: '', stderr: 'lost' }])(
    'is not known after %j',
    async (answer) => {
      expect(await new CardUse(new ManualPace(), () => Promise.resolve(answer)).share([0])).toBeNull();
    },
  );
});

describe('two instances', () => {
  const half = aPlan({ utilization: 0.45 });
  const hardware = { gpus: half.basis.cards, peerToPeer: false };

  it('fit beside each other as long as the cards hold both with what they take outside their budget', () => {
    expect(fitsBeside([aPlan()], [], hardware)).toBe(true);
    expect(fitsBeside([aPlan()], [aPlan()], hardware)).toBe(false);
    expect(fitsBeside([half], [half], hardware)).toBe(false);
    const third = aPlan({ utilization: 0.4, sequences: 8, context: 4096 });
    expect(fitsBeside([third], [third], hardware)).toBe(true);
  });
});

describe('the log of the host', () => {
  const entry = (text: string) => ({ number: 1, at: 0, process: 'host', text });

  it('keeps the last thousand entries and tells those who follow', () => {
    const feed = new LogFeed();
    const seen: number[] = [];
    const end = feed.follow(({ number }) => seen.push(number));
    for (let at = 0; at < 1_500; at += 1) feed.add('m', entry(`${at}`));
    end?.();
    feed.add('m', entry('later'));
    expect(seen).toHaveLength(1_500);
    expect(feed.tail(0)).toHaveLength(1_000);
    expect(feed.tail(1_500)).toMatchObject([{ number: 1_501, instance: 'm', text: 'later' }]);
  });

  it('has room for so many followers and no more', () => {
    const feed = new LogFeed();
    const ends = Array.from({ length: FOLLOWERS_MAX }, () => feed.follow(() => undefined));
    expect(feed.follow(() => undefined)).toBeUndefined();
    ends[0]?.();
    expect(feed.follow(() => undefined)).toBeDefined();
  });
});

describe('what vLLM sees of our environment', () => {
  it.each([
    'PATH',
    'HOME',
    'CUDA_HOME',
    'LD_LIBRARY_PATH',
    'NCCL_DEBUG',
    'VLLM_CACHE_ROOT',
    'PYTHONPATH',
    'LC_ALL',
    'TIKTOKEN_ENCODINGS_BASE',
    'TIKTOKEN_RS_CACHE_DIR',
  ])('%s is passed', (name) => expect(PASSED_NAMES.test(name)).toBe(true));

  it.each([
    ...[
      'ENGINE_KEY',
      'DATABASE_URL',
      'HF_TOKEN',
      'VLLM_API_KEY',
      'VLLM_SERVER_DEV_MODE',
      'VLLM_LOGGING_LEVEL',
    ],
    ...[
      'VLLM_KEEP_ALIVE_ON_ENGINE_DEATH',
      'PYTHONSTARTUP',
      'AWS_SECRET_ACCESS_KEY',
      'XPATH',
      'CUDA_PASSWORD',
      'HF_TOKEN_PATH',
      'VLLM_SECRET_NAME',
      'NCCL_SECRETS',
      'TIKTOKEN_SECRET',
    ],
  ])('%s is not', (name) => expect(PASSED_NAMES.test(name)).toBe(false));
});

describe('the cards in the settings', () => {
  it('are told as the setting that they are, before anything starts', () => {
    const read = (ENGINE_GPUS: string) => loadConfig(engineConfigSchema, { ENGINE_GPUS }).ENGINE_GPUS;
    expect([read(''), read('2x24564MiB')]).toEqual(['', '2x24564MiB']);
    for (const wrong of ['2xfoo', '0x24GiB', '65x24GiB'])
      expect(() => read(wrong)).toThrow('ENGINE_GPUS: must be like 2x24564MiB');
  });
});

describe('the settings of a host', () => {
  it('take relative paths from here, since vLLM runs in a folder of its own, and a name from the PATH', () => {
    const wishes = (settings: Record<string, string>) => wishesOf(loadConfig(engineConfigSchema, settings));
    const given = wishes({ ENGINE_MODELS: 'weights', ENGINE_VLLM_PROGRAM: 'venv/bin/vllm' });
    expect(given).toMatchObject({ modelsFolder: resolve('weights'), program: resolve('venv/bin/vllm') });
    expect(wishes({})).toMatchObject({ modelsFolder: '/models', program: 'vllm' });
  });

  it('name what to set where there are no cards', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'host-'));
    const config = loadConfig(engineConfigSchema, { ENGINE_DATA_DIR: folder });
    const run = (): Promise<ProgramResult> => Promise.resolve({ outcome: 'missing' });
    const checkWeights = () => Promise.resolve({ checked: true });
    const made = createHost(config, { environment: {}, checkWeights, run });
    await expect(made).rejects.toThrow(NoCardsError);
    await expect(made).rejects.toThrow(/no nvidia-smi here.* ENGINE_GPUS, like 2x24564MiB/);
    rmSync(folder, { recursive: true });
  });
});
