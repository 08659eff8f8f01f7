import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@lorekeep/kit/clock';
import { loadConfig } from '@lorekeep/kit/config';
import { systemContext } from '@lorekeep/kit/context';
import { createInference } from './create-inference.js';
import { ExtractiveDriver } from './extractive/extractive-driver.js';
import { inferenceConfigSchema } from './inference.config.js';
import { Models } from './models.js';
import type { OpenAiDriver } from './openai/openai-driver.js';

const ctx = systemContext('11111111-1111-4111-8111-111111111111');
const away = (): never => {
  throw new Error('away');
};

function modelsWith(
  list: () => string[],
  configured: string[] = [],
): { models: Models; clock: ManualClock; calls: number[] } {
  const calls: number[] = [];
  const clock = new ManualClock();
  const upstream = {
    name: 'openai-compatible',
    models: async () => (calls.push(1), list()),
  } as unknown as OpenAiDriver;
  return { models: new Models(new ExtractiveDriver(), upstream, configured, clock), clock, calls };
}

describe('Models', () => {
  it('without a model server there are quotations', async () => {
    const { models } = createInference(loadConfig(inferenceConfigSchema, {}));
    expect(await models.list(ctx)).toEqual([{ id: 'extractive', driver: 'extractive' }]);
    expect((await models.choose(ctx)).driver.name).toBe('extractive');
    await expect(models.choose(ctx, 'gpt')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND', status: 404 });
  });

  it('the configured list counts, without asking the server', async () => {
    const { models, calls } = modelsWith(away, ['a', 'b']);
    expect((await models.list(ctx)).map((row) => row.id)).toEqual(['a', 'b', 'extractive']);
    expect((await models.choose(ctx)).model).toBe('a');
    expect((await models.choose(ctx, 'b')).driver.name).toBe('openai-compatible');
    expect((await models.choose(ctx, 'extractive')).driver.name).toBe('extractive');
    await expect(models.choose(ctx, 'c')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    expect(calls).toHaveLength(0);
  });

  it('otherwise the server is asked, every 30 seconds at most', async () => {
    const { models, clock, calls } = modelsWith(() => ['m']);
    expect((await models.choose(ctx)).model).toBe('m');
    await models.list(ctx);
    expect(calls).toHaveLength(1);
    clock.advance(30_000);
    await models.list(ctx);
    expect(calls).toHaveLength(2);
  });

  it('falls back to quotations while the server is away, and remembers its list', async () => {
    let up = false;
    const { models, clock } = modelsWith(() => (up ? ['m'] : away()));
    expect((await models.choose(ctx)).driver.name).toBe('extractive');
    up = true;
    expect((await models.choose(ctx)).model).toBe('m');
    up = false;
    clock.advance(60_000);
    expect((await models.choose(ctx)).model).toBe('m');
  });

  it('wants a secret with a model server', () => {
    const config = loadConfig(inferenceConfigSchema, { INFERENCE_URL: 'http://127.0.0.1:8000' });
    expect(() => createInference(config)).toThrow(/INFERENCE_SALT_SECRET/);
    expect(() => loadConfig(inferenceConfigSchema, { INFERENCE_URL: 'ftp://x' })).toThrow(/INFERENCE_URL/);
  });
});
