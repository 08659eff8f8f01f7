import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { silentRecording } from '@lorekeep/kit/audio';
import { systemClock } from '@lorekeep/kit/clock';
import { loadConfig } from '@lorekeep/kit/config';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { startFakeVllm, type FakeVllm } from '../../../../test/support/fake-vllm/start.js';
import type { AnswerEvent, AnswerRequest, TranscribeWish } from '../driver.js';
import { inferenceConfigSchema } from '../inference.config.js';
import type { InferenceFault } from '../inference.errors.js';
import { OpenAiDriver } from './openai-driver.js';

const TENANT = '11111111-1111-4111-8111-111111111111';
const model = 'whisper-large-v3-turbo';
const wav = { extension: 'wav', mediaType: 'audio/wav', segments: false };

describe('recordings, against a fake vLLM', () => {
  let fake: FakeVllm;
  let driver: OpenAiDriver;

  beforeAll(async () => {
    fake = await startFakeVllm(['--model', model]);
    driver = driverOf(fake);
  });
  afterEach(() => fake.reset());
  afterAll(async () => {
    await driver.close();
    await fake.stop();
  });

  async function hear(
    wish: Partial<TranscribeWish> = {},
    more: Partial<AnswerRequest> = {},
    ctx: CallContext = systemContext(TENANT),
    using = driver,
  ): Promise<{ events: AnswerEvent[]; text: string; fault: InferenceFault | undefined }> {
    const events: AnswerEvent[] = [];
    let fault: InferenceFault | undefined;
    const request: AnswerRequest = {
      ...{ model, messages: [], passages: [], documents: 'none', parameters: {} },
      ...{ task: 'chat', locale: 'en', transcribe: { audio: silentRecording(2), ...wav, ...wish } },
      ...more,
    };
    try {
      for await (const event of using.answer(ctx, request)) events.push(event);
    } catch (error) {
      fault = error as InferenceFault;
    }
    const text = events.map((event) => (event.kind === 'text' ? event.text : '')).join('');
    return { events, text, fault };
  }

  it('sends what is ours, field by field, with a name of ours for the file', async () => {
    const messages = [{ role: 'user' as const, content: 'Lorekeep, Suzhou' }];
    await hear({ language: 'en' }, { messages, parameters: { temperature: 0, maxTokens: 100 } });
    const [request] = (await fake.requests()).requests;
    expect(request?.path).toBe('/v1/audio/transcriptions');
    expect(request?.body).toEqual({
      model,
      response_format: 'json',
      language: 'en',
      prompt: 'Lorekeep, Suzhou',
      temperature: '0',
      max_completion_tokens: '100',
      stream: 'true',
      stream_include_usage: 'true',
      file: { name: 'audio.wav', type: 'audio/wav', size: 64_044, sha256: expect.any(String) },
    });
  });

  it('text comes in pieces, with the tokens that the server counted', async () => {
    const { events, text, fault } = await hear();
    expect(fault).toBeUndefined();
    expect(text).toBe(' This recording has 2 seconds.');
    const order = events.map(({ kind }) => kind).filter((kind, at, all) => kind !== all[at - 1]);
    expect(order).toEqual(['model', 'text', 'finish', 'usage']);
    expect(events.at(-2)).toEqual({ kind: 'finish', choice: 0, reason: 'stop' });
    expect(events.at(-1)).toEqual({
      ...{ kind: 'usage', promptTokens: 204, completionTokens: 5, estimated: false },
    });
  });

  it('a recording of several half minutes is heard to its end, and one that was cut short says so', async () => {
    const content = Array.from({ length: 9 }, (_, at) => ` w${at}`);
    await fake.script({ content });
    const { text, events } = await hear({ audio: silentRecording(80) });
    expect(text.replaceAll('  ', ' ')).toBe(content.join(''));
    expect(events.filter(({ kind }) => kind === 'finish')).toHaveLength(1);
    await fake.script({ content, finish: 'length' });
    const cut = await hear({ audio: silentRecording(80) });
    expect(cut.events.find(({ kind }) => kind === 'finish')).toMatchObject({ reason: 'length' });
  });

  it('a recording in which nobody speaks is an answer without text', async () => {
    await fake.script({ content: [] });
    const { fault, events } = await hear();
    expect(fault).toBeUndefined();
    expect(events.map(({ kind }) => kind)).toEqual(['model', 'finish', 'usage']);
  });

  it('segments come with the place of each in the text, and without the ids of its tokens', async () => {
    await fake.script({ content: [' One', ' two.', ' One', ' three.'] });
    const { events, text } = await hear({ audio: silentRecording(45), segments: true });
    const transcript = events.find(({ kind }) => kind === 'transcript');
    expect(transcript).toMatchObject({ choice: 0, language: 'en', seconds: 45 });
    const { segments } = transcript as Extract<AnswerEvent, { kind: 'transcript' }>;
    expect(segments.map(({ from, to }) => text.slice(from, to))).toEqual([' One two.', ' One three.']);
    expect(segments.map(({ start, end }) => [start, end])).toEqual([
      [0, 30],
      [30, 45],
    ]);
    expect(JSON.stringify(events)).not.toContain('tokens":[');
    expect(events.at(-1)).toMatchObject({ kind: 'usage', promptTokens: 4_500, completionTokens: 4 });
    const [request] = (await fake.requests()).requests;
    expect(request?.body).toMatchObject({ response_format: 'verbose_json' });
    expect(request?.body).not.toHaveProperty('stream');
  });

  it.each([
    [
      'a segment that is not in the text',
      { text: 'a', duration: '1', segments: [{ text: 'b', start: 0, end: 1 }] },
    ],
    ['segments in another order', { text: 'a b', duration: '1', segments: [seg('b'), seg('a')] }],
    ['no duration', { text: 'a', segments: [] }],
    ['a time that is none', { text: 'a', duration: '1', segments: [{ ...seg('a'), end: 'later' }] }],
    ['no text', { duration: '1', segments: [] }],
    ['a list', []],
  ])('a whole answer with %s is none', async (_, whole) => {
    await fake.script({ whole });
    const { fault, text } = await hear({ segments: true });
    expect([fault?.code, text]).toEqual(['INFERENCE_BROKEN', '']);
  });

  it.each<[string, string, boolean]>([
    ['busy', 'INFERENCE_BUSY', false],
    ['server-error', 'INFERENCE_FAILED', false],
    ['error-mid-stream', 'INFERENCE_FAILED', false],
    ['no-finish', 'INFERENCE_BROKEN', false],
    ['cut', 'INFERENCE_BROKEN', false],
    ['reset', 'INFERENCE_BROKEN', false],
    ['garbage', 'INFERENCE_BROKEN', false],
    ['abort', 'INFERENCE_ABORTED', false],
    ['garbage-body', 'INFERENCE_BROKEN', false],
    ['garbage-body', 'INFERENCE_BROKEN', true],
    ['garbage', 'INFERENCE_BROKEN', true],
    ['unauthorized', 'INFERENCE_UNAUTHORIZED', true],
    ['validation', 'INFERENCE_AUDIO_REFUSED', true],
  ])('%s is %s', async (kind, code, segments) => {
    await fake.fault(kind, { times: 3 });
    const { fault } = await hear({ segments });
    expect(fault).toMatchObject({ code });
    expect(String(fault?.safeText)).not.toContain(model);
  });

  it('between two words as much time may pass as before the first, for each part waits in line; then it is over', async () => {
    const patient = driverOf(fake, {
      INFERENCE_TOKEN_TIMEOUT_MS: '50',
      INFERENCE_FIRST_TOKEN_TIMEOUT_MS: '3000',
    });
    const heard = () => hear({}, {}, systemContext(TENANT), patient);
    try {
      await fake.script({ content: [' Slow', ' words.'], tokenMs: 150 });
      expect(await heard()).toMatchObject({ text: ' Slow words.', fault: undefined });
      await fake.reset();
      await fake.fault('stall', { after: 1 });
      expect((await heard()).fault?.code).toBe('INFERENCE_STALLED');
    } finally {
      await patient.close();
    }
  }, 30_000);

  it.each<[string, Partial<TranscribeWish>]>([
    ['no recording', { audio: Buffer.from('nothing that can be heard') }],
    ['one that is too long', { audio: silentRecording(601) }],
    ['a language that the model does not know', { language: 'xx' }],
  ])('%s is the fault of the request', async (_, wish) => {
    expect((await hear(wish)).fault).toMatchObject({ code: 'INFERENCE_AUDIO_REFUSED', status: 400 });
  });

  it('the connection is closed when the caller goes away, and the server lets go', async () => {
    await fake.fault('stall', { after: 1 });
    const gone = new AbortController();
    const heard = hear({}, {}, systemContext(TENANT, { signal: gone.signal }));
    const states = async () => (await fake.requests()).requests.map(({ state }) => state);
    while ((await states()).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    gone.abort();
    expect((await heard).fault?.code).toBe('INFERENCE_CANCELLED');
    while ((await states())[0] === 'open') await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await states()).toEqual(['aborted']);
  });

  it('a server that has no such door says so, and a probe finds the one that it has', async () => {
    const writing = await startFakeVllm(['--model', 'writes']);
    const other = driverOf(writing);
    try {
      const request: AnswerRequest = {
        ...{ model: 'writes', messages: [], passages: [], documents: 'none', parameters: {} },
        ...{ task: 'chat', locale: 'en', transcribe: { audio: silentRecording(1), ...wav } },
      };
      const asked = other.answer(systemContext(TENANT), request).next();
      await asked.then(
        () => expect('an answer').toBe('none'),
        (error: unknown) => expect(error).toMatchObject({ code: 'INFERENCE_UNSUPPORTED', status: 404 }),
      );
      await driver.probe(systemContext(TENANT), model, 10_000);
      expect((await fake.requests()).requests.at(-1)?.body).toMatchObject({ file: { name: 'audio.wav' } });
    } finally {
      await other.close();
      await writing.stop();
    }
  });
});

function driverOf({ url }: FakeVllm, more: Record<string, string> = {}): OpenAiDriver {
  const config = loadConfig(inferenceConfigSchema, { INFERENCE_URL: url, ...more });
  return new OpenAiDriver(config, systemClock, 'a secret of at least thirty-two characters');
}

function seg(text: string): object {
  return { text, start: 0, end: 1 };
}
