import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@lorekeep/kit/clock';
import { loadConfig } from '@lorekeep/kit/config';
import { systemContext } from '@lorekeep/kit/context';
import { createInference } from './create-inference.js';
import { ExtractiveDriver } from './extractive/extractive-driver.js';
import { inferenceConfigSchema } from './inference.config.js';
import { AWAY_MS, Models } from './models.js';
import { parseRoutes } from './routes/parse-routes.js';
import type { ModelPolicy } from './routes/resolve-route.js';
import type { Replica } from './replicas/replica.js';

const ctx = systemContext('11111111-1111-4111-8111-111111111111');
const away = (): never => {
  throw new Error('away');
};

/** One model server with this list. */
function modelsWith(
  list: () => string[],
  configured: string[] = [],
  more: { routes?: string; policy?: ModelPolicy; starting?: { model: string }[] } = {},
): { models: Models; clock: ManualClock; calls: number[] } {
  const calls: number[] = [];
  const clock = new ManualClock();
  const { starting = [] } = more;
  const replica = { cards: null as { id: string }[] | null, instances: starting };
  const replicas = {
    all: [replica as unknown as Replica],
    names: () => (replica.cards ?? []).map(({ id }) => id),
    check: async () => {
      calls.push(1);
      try {
        replica.cards = list().map((id) => ({ id }));
      } catch {
        return false;
      }
      return true;
    },
  };
  const driver = { name: 'openai-compatible' as const, answer: away };
  const rules = {
    configured,
    routes: parseRoutes(more.routes ?? '') ?? {},
    ...(more.policy ? { policyOf: async () => more.policy! } : {}),
  };
  const models = new Models(new ExtractiveDriver(), { driver, replicas }, rules, clock);
  return { models, clock, calls };
}

describe('Models', () => {
  it('without a model server there are quotations', async () => {
    const { models } = createInference(loadConfig(inferenceConfigSchema, {}));
    expect(await models.list(ctx)).toEqual([{ id: 'extractive', driver: 'extractive' }]);
    expect((await models.choose(ctx)).driver.name).toBe('extractive');
    await expect(models.choose(ctx, 'gpt')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND', status: 404 });
  });

  it('a model that an engine host starts is known, and away', async () => {
    const { models } = modelsWith(() => [], [], { starting: [{ model: 'a' }] });
    expect((await models.choose(ctx, 'a')).model).toBe('a');
    await expect(models.choose(ctx, 'b')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
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

  it('that is not listed any more is away for ten minutes, and unknown after them', async () => {
    let list = ['m', 'n'];
    const { models, clock } = modelsWith(() => list);
    // Nobody has named it yet.
    expect((await models.choose(ctx)).model).toBe('m');
    list = ['m'];
    for (let asked = 0; asked < 3; asked += 1) {
      clock.advance(AWAY_MS / 4);
      expect((await models.choose(ctx, 'm')).model).toBe('m');
    }
    expect((await models.choose(ctx, 'n')).driver.name).toBe('openai-compatible');
    expect((await models.choose(ctx)).next).toEqual([]);
    expect((await models.list(ctx)).map(({ id }) => id)).toEqual(['m', 'extractive']);
    clock.advance(AWAY_MS / 4);
    await expect(models.choose(ctx, 'n')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
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

  it('routes by use case, with what to try after it', async () => {
    const names = ['gpt-oss-20b', 'llama-3.1-8b-instruct', 'other'];
    const { models } = modelsWith(() => names);
    const order = async (...args: [string?, { useCase: 'question' | 'drafting'; conversation: string }?]) => {
      const { model, next = [] } = await models.choose(ctx, ...args);
      return [model, ...next.map((chosen) => chosen.model)];
    };
    const llama = ['llama-3.1-8b-instruct', 'gpt-oss-20b', 'other'];
    expect(await order()).toEqual(llama);
    expect(await order('lorekeep-code')).toEqual(llama);
    expect(await order(undefined, { useCase: 'drafting', conversation: '' })).toEqual(names);
    expect(await order('lorekeep-creative')).toEqual(names);
    expect(await order('other')).toEqual(['other']);
    expect((await models.choose(ctx, 'lorekeep-batch')).background).toBe(true);
    await expect(models.choose(ctx, 'lorekeep-nothing')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  });

  it('vectors and transcripts come from models that make them, and never end in quotations', async () => {
    const { models } = modelsWith(() => ['m', 'whisper-a', 'whisper-b', 'bge-m3']);
    const speech = { useCase: 'transcription', conversation: '' } as const;
    const chosen = await models.choose(ctx, undefined, speech);
    expect([chosen.model, chosen.next?.map(({ model }) => model)]).toEqual(['whisper-a', ['whisper-b']]);
    expect((await models.choose(ctx, 'lorekeep-transcription', speech)).model).toBe('whisper-a');
    expect((await models.choose(ctx)).next).toEqual([]);
    for (const useCase of ['transcription', 'embedding'] as const) {
      const none = { code: 'MODEL_NOT_FOUND', message: expect.stringMatching(/transcribes|embeddings/) };
      const purpose = { useCase, conversation: '' };
      const quoting = createInference(loadConfig(inferenceConfigSchema, {})).models;
      await expect(quoting.choose(ctx, undefined, purpose)).rejects.toMatchObject(none);
      await expect(modelsWith(() => ['m']).models.choose(ctx, undefined, purpose)).rejects.toMatchObject(
        none,
      );
      await expect(models.choose(ctx, 'extractive', purpose)).rejects.toMatchObject({ status: 404 });
    }
  });

  it('one model that is there answers everything; a route that was set names all that may', async () => {
    const only = modelsWith(() => ['x']);
    expect((await only.models.choose(ctx, 'lorekeep-drafting')).model).toBe('x');
    const { models } = modelsWith(() => ['x', 'y'], [], { routes: 'question: y; code: gone' });
    expect(await models.choose(ctx)).toMatchObject({ model: 'y', next: [] });
    expect((await models.choose(ctx, 'lorekeep-code')).driver.name).toBe('extractive');
  });

  it('a tenant asks only what its administrators allow, by its own routes', async () => {
    const policy = { allowed: ['b', 'c'], routes: parseRoutes('question: a, c')! };
    const { models } = modelsWith(() => ['a', 'b', 'c'], [], { routes: 'question: b', policy });
    expect((await models.list(ctx)).map(({ id }) => id)).toEqual(['b', 'c', 'extractive']);
    expect(await models.choose(ctx)).toMatchObject({ model: 'c', next: [] });
    await expect(models.choose(ctx, 'a')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    expect((await models.choose(ctx, 'lorekeep-code')).model).toBe('b');
  });

  it('chooses nothing while the policy cannot be read', async () => {
    const clock = new ManualClock();
    const driver = { name: 'openai-compatible' as const, answer: away };
    const replicas = { all: [], names: () => ['m'], check: async () => true };
    const rules = { configured: ['m'], routes: {}, policyOf: () => Promise.reject(new Error('away')) };
    const models = new Models(new ExtractiveDriver(), { driver, replicas }, rules, clock);
    await expect(models.choose(ctx)).rejects.toThrow('away');
    await expect(models.choose(ctx, 'm')).rejects.toThrow('away');
  });

  it('wants a secret with a model server', () => {
    const config = loadConfig(inferenceConfigSchema, { INFERENCE_URL: 'http://127.0.0.1:8000' });
    expect(() => createInference(config)).toThrow(/INFERENCE_SALT_SECRET/);
    expect(() => loadConfig(inferenceConfigSchema, { INFERENCE_URL: 'ftp://x' })).toThrow(/INFERENCE_URL/);
  });
});
