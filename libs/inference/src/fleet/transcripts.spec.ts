import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { silentRecording } from '@lorekeep/kit/audio';
import { loadConfig } from '@lorekeep/kit/config';
import { systemContext } from '@lorekeep/kit/context';
import { startFakeVllm, type FakeVllm } from '../../../../test/support/fake-vllm/start.js';
import { createInference, type Inference } from '../create-inference.js';
import type { AnswerEvent } from '../driver.js';
import { inferenceConfigSchema } from '../inference.config.js';
import type { InferenceFault } from '../inference.errors.js';

const ctx = systemContext('11111111-1111-4111-8111-111111111111');
const model = 'whisper-large-v3-turbo';

describe('a fleet of two that listen', () => {
  let fakes: [FakeVllm, FakeVllm];
  let inference: Inference;

  beforeAll(async () => {
    fakes = await Promise.all([startFakeVllm(['--model', model]), startFakeVllm(['--model', model])]);
  });
  afterEach(async () => {
    await inference.close();
    await Promise.all(fakes.map((fake) => fake.reset()));
  });
  afterAll(() => Promise.all(fakes.map((fake) => fake.stop())));

  async function hear(audio = silentRecording(1)): Promise<{ text: string; fault?: InferenceFault }> {
    const purpose = { useCase: 'transcription', conversation: '' } as const;
    const { driver, ...chosen } = await inference.models.choose(ctx, undefined, purpose);
    const transcribe = { audio, extension: 'wav', mediaType: 'audio/wav', segments: false };
    const asked = { messages: [], passages: [], documents: 'none', parameters: {}, transcribe } as const;
    const request = { model: chosen.model, task: 'chat', locale: 'en', ...asked } as const;
    const events: AnswerEvent[] = [];
    let fault: InferenceFault | undefined;
    try {
      for await (const event of driver.answer(ctx, request)) events.push(event);
    } catch (error) {
      fault = error as InferenceFault;
    }
    const text = events.map((event) => (event.kind === 'text' ? event.text : '')).join('');
    return { text, ...(fault ? { fault } : {}) };
  }

  function open(): void {
    const config = loadConfig(inferenceConfigSchema, {
      INFERENCE_URL: fakes.map(({ url }) => url).join(','),
      INFERENCE_SALT_SECRET: 'a secret of at least thirty-two characters',
    });
    inference = createInference(config);
  }
  const counts = async () => Promise.all(fakes.map(async (fake) => (await fake.requests()).requests.length));

  it.each(['reset-before', 'busy', 'server-error', 'unauthorized', 'error-mid-stream'])(
    'the other one hears the same recording when one fails before the first word: %s',
    async (kind) => {
      let struck = 0;
      // Whichever of them is asked first.
      for (const faulty of fakes) {
        open();
        await faulty.fault(kind, { after: 0, times: -1 });
        expect((await hear()).text).toMatch(/1 seconds/);
        struck += (await faulty.requests()).requests.length;
        await faulty.reset();
        await inference.close();
      }
      expect(struck).toBeGreaterThan(0);
    },
  );

  it('a verdict about a recording is asked for once, and closes no server', async () => {
    open();
    for (let at = 0; at < 4; at += 1)
      expect((await hear(Buffer.from('no sound'))).fault?.code).toBe('INFERENCE_AUDIO_REFUSED');
    expect((await counts()).reduce((sum, count) => sum + count)).toBe(4);
    expect((await hear()).text).toMatch(/1 seconds/);
    expect(inference.state().replicas.map(({ state }) => state)).toEqual(['closed', 'closed']);
  });
});
