import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '@lorekeep/kit/clock';
import { loadConfig } from '@lorekeep/kit/config';
import { systemContext } from '@lorekeep/kit/context';
import { startFakeVllm, type FakeVllm } from '../../../../test/support/fake-vllm/start.js';
import type { AnswerEvent, AnswerParameters, AnswerRequest } from '../driver.js';
import { inferenceConfigSchema } from '../inference.config.js';
import type { InferenceFault } from '../inference.errors.js';
import { OpenAiDriver } from './openai-driver.js';

const ctx = systemContext('11111111-1111-4111-8111-111111111111');
const SECRET = 'a secret of at least thirty-two characters';

describe.each(['whole', 'stream'] as const)('what a caller wishes of an answer (%s)', (delivery) => {
  let fake: FakeVllm;
  let driver: OpenAiDriver;

  beforeAll(async () => {
    fake = await startFakeVllm(['--model', 'm']);
    driver = new OpenAiDriver(
      loadConfig(inferenceConfigSchema, { INFERENCE_URL: fake.url }),
      systemClock,
      SECRET,
    );
  });
  afterAll(async () => {
    await driver.close();
    await fake.stop();
  });

  async function ask(
    parameters: AnswerParameters,
  ): Promise<{ events: AnswerEvent[]; fault?: InferenceFault }> {
    const request: AnswerRequest = {
      ...{ model: 'm', task: 'chat', locale: 'en', documents: 'none', passages: [], delivery, parameters },
      messages: [{ role: 'user', content: 'Say something about rivers.' }],
    };
    const events: AnswerEvent[] = [];
    try {
      for await (const event of driver.answer(ctx, request)) events.push(event);
      return { events };
    } catch (error) {
      return { events, fault: error as InferenceFault };
    }
  }
  const said = (events: AnswerEvent[]) =>
    events.map((event) => (event.kind === 'text' && event.channel === 'content' ? event.text : '')).join('');

  it('a stop string that ends all of an answer is no fault', async () => {
    const { events, fault } = await ask({ stop: ['You'] });
    expect([said(events), fault]).toEqual(['', undefined]);
    expect(events).toContainEqual({ kind: 'finish', choice: 0, reason: 'stop' });
    await fake.fault('wrong-channel');
    expect((await ask({ stop: ['Empty'] })).fault?.code).toBe('INFERENCE_EMPTY');
  });

  it('what the server says about tools or a schema is a verdict on the request', async () => {
    const tools = [{ name: 'search', parameters: { type: 5 } }];
    for (const parameters of [
      { tools },
      { responseFormat: { type: 'json_schema', jsonSchema: { name: 'x', schema: { type: 5 } } } },
    ] as const) {
      await fake.fault('validation');
      const { fault } = await ask(parameters);
      expect(fault).toMatchObject({ code: 'INFERENCE_OPTIONS_REFUSED', status: 400 });
    }
    await fake.fault('validation');
    expect((await ask({})).fault?.code).toBe('INFERENCE_REJECTED');
  });
});
