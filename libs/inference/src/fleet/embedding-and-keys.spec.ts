import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfig } from '@lorekeep/kit/config';
import { systemContext } from '@lorekeep/kit/context';
import { startFakeVllm, type FakeVllm } from '../../../../test/support/fake-vllm/start.js';
import { createInference, type Inference } from '../create-inference.js';
import type { AnswerEvent } from '../driver.js';
import { inferenceConfigSchema } from '../inference.config.js';
import { SILENT } from '../observer.js';

const ctx = systemContext('11111111-1111-4111-8111-111111111111');
const until = async (isSo: () => boolean) => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
};

describe('a fleet of one that makes vectors and one that wants a key', () => {
  let pooling: FakeVllm;
  let guarded: FakeVllm;
  const opened: Inference[] = [];
  let told: string[] = [];

  beforeAll(async () => {
    [pooling, guarded] = await Promise.all([
      startFakeVllm(['--model', 'bge-m3', '--runner', 'pooling', '--api-key', 'right']),
      startFakeVllm(['--model', 'm', '--api-key', 'right']),
    ]);
  });
  afterEach(async () => {
    for (const inference of opened.splice(0)) await inference.close();
    await Promise.all([pooling, guarded].map((fake) => fake.reset()));
    told = [];
  });
  afterAll(() => Promise.all([pooling, guarded].map((fake) => fake.stop())));

  function open(urls: string[], key: string): Inference {
    const config = loadConfig(inferenceConfigSchema, {
      INFERENCE_URL: urls.join(','),
      INFERENCE_API_KEY: key,
      INFERENCE_SALT_SECRET: 'a secret of at least thirty-two characters',
      INFERENCE_FIRST_TOKEN_TIMEOUT_MS: '1000',
      INFERENCE_WATCH_MS: '200',
    });
    const replicaChanged = (_: string, state: string, reason: string | null) =>
      void told.push(`${state} ${reason ?? ''}`.trim());
    const inference = createInference(config, { observer: { ...SILENT, replicaChanged } });
    opened.push(inference);
    return inference;
  }

  async function embed(inference: Inference, texts: string[]): Promise<AnswerEvent[]> {
    const purpose = { useCase: 'embedding', conversation: '' } as const;
    const { model, driver } = await inference.models.choose(ctx, undefined, purpose);
    const events: AnswerEvent[] = [];
    const messages = texts.map((content) => ({ role: 'user' as const, content }));
    const asked = { messages, passages: [], documents: 'none', parameters: {}, embed: {} } as const;
    const request = { model, task: 'chat', locale: 'en', ...asked } as const;
    for await (const event of driver.answer(ctx, request)) events.push(event);
    return events;
  }

  it('vectors of many texts come in order, whole', async () => {
    const inference = open([guarded.url, pooling.url], 'right');
    const events = await embed(inference, ['a', 'b', 'a']);
    const vectors = events.flatMap((event) => (event.kind === 'vector' ? [[...event.values]] : []));
    expect(vectors).toHaveLength(3);
    expect(vectors[0]).toEqual(vectors[2]);
    expect(events.filter(({ kind }) => kind === 'finish')).toHaveLength(3);
    expect(events.at(-1)).toMatchObject({ kind: 'usage', completionTokens: 0, estimated: false });
  });

  it.each(['garbage-body', 'reset-before', 'busy', 'server-error'])(
    'no vector is better than a wrong one: %s',
    async (kind) => {
      await pooling.fault(kind, { times: 5 });
      await expect(embed(open([pooling.url], 'right'), ['a'])).rejects.toMatchObject({
        code: expect.stringMatching(/^INFERENCE_(BROKEN|UNREACHABLE|BUSY|FAILED)$/),
      });
    },
  );

  it('a wrong key leaves the server alone at once and names the reason, until the key is taken', async () => {
    const inference = open([guarded.url], 'wrong');
    inference.start();
    await until(() => inference.state().replicas[0]?.reason === 'unauthorized');
    // Asked again and again, told once.
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(told).toEqual(['open unauthorized']);
    expect(inference.state().replicas[0]?.state).not.toBe('closed');
    expect((await guarded.requests()).requests).toEqual([]);
  });

  it.each([() => guarded, () => pooling])(
    'one refused question is enough, a token or vector brings it back',
    async (one) => {
      const inference = open([one().url], 'right');
      await inference.models.list(ctx);
      await one().fault('unauthorized', { times: 2 });
      const { model, driver } = await inference.models.choose(ctx, inference.state().replicas[0]?.models[0]);
      const messages = [{ role: 'user' as const, content: 'Hi' }];
      const asked = { model, messages, passages: [], documents: 'none', parameters: {} } as const;
      const embedding = one() === pooling ? { embed: {} } : {};
      const request = { ...asked, task: 'chat', locale: 'en', ...embedding } as const;
      const consume = async () => {
        for await (const event of driver.answer(ctx, request)) void event;
      };
      await expect(consume()).rejects.toMatchObject({ code: 'INFERENCE_UNAUTHORIZED', status: 503 });
      expect(told).toEqual(['open unauthorized']);
      inference.start();
      await until(() => inference.state().replicas[0]?.state === 'closed');
      expect(told.at(-1)).toBe('closed');
      await consume();
    },
  );
});
