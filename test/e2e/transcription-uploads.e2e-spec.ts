import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { sendPart, sendRaw, type RawAnswer } from '../support/raw-http.js';
import { FORM_TYPE, formOf, type Part } from '../support/sample-uploads.js';
import { startStack, type Stack } from '../support/stack.js';
import { tone } from '../support/tone.js';
import { until } from '../support/until.js';

const name = 'whisper-large-v3-turbo';
const PATH = '/v1/audio/transcriptions';

describe('uploads of recordings', () => {
  let vllm: FakeVllm;
  let stack: Stack;
  let headers: Record<string, string>;

  beforeAll(async () => {
    vllm = await startFakeVllm(['--model', name]);
    // One place for each tenant: whoever does not give it back is noticed.
    const environment = { INFERENCE_URL: vllm.url, TRANSCRIPTION_AT_ONCE: '2' };
    stack = await startStack(environment, { worker: false });
    const key = await stack.admin.call('POST', '/api/keys', { name: 'up', scopes: ['ask'] });
    headers = { authorization: `Bearer ${(key.body as { key: string }).key}`, 'content-type': FORM_TYPE };
  }, 120_000);
  afterAll(async () => {
    await stack?.stop();
    await vllm?.stop();
  });

  const model: Part = { name: 'model', value: name };
  const file = (content = tone(1), fileName = 'a.wav'): Part => ({ name: 'file', file: fileName, content });
  const request = (body: Buffer) => ({ method: 'POST', path: PATH, headers, body });
  const send = (...parts: Part[]): Promise<RawAnswer> => sendRaw(stack.url, request(formOf(parts)));
  const isHeard = async () => (await send(model, file())).status === 200;

  it('that break off leave nothing behind: the next one has their place', async () => {
    const whole = formOf([model, file(tone(20))]);
    for (const share of [0.0005, 0.5, 0.999]) {
      await sendPart(stack.url, request(whole), Math.floor(whole.length * share));
      await until(isHeard, 20_000);
    }
    expect(stack.logs()).not.toMatch(/request failed|unhandled|uncaught/i);
  });

  it('that are no whole form are refused, and give their place back', async () => {
    const cut = formOf([model, file()], { end: false });
    const refused: [RawAnswer, number, RegExp][] = [
      [await sendRaw(stack.url, request(cut)), 400, /not complete/],
      [await send(model, file(), { name: 'prompt', value: 'x'.repeat(20_000) }), 400, /prompt/],
      [await send(model, file(), ...Array.from({ length: 14 }, () => model)), 400, /more than one model/],
      [await send(model, file(), { name: 'x'.repeat(60), value: '1' }), 400, /unknown field|more than/],
      [await send(model, file(), { name: '__proto__', value: '1' }), 400, /./],
      [await send(model, file(Buffer.from('RIFF....WEBP'))), 415, /not a recording/],
    ];
    for (const [answer, status, about] of refused) {
      expect([answer.status, answer.body]).toEqual([status, expect.stringMatching(about)]);
      expect(JSON.parse(answer.body)).toMatchObject({ error: { type: 'invalid_request_error' } });
    }
    expect(await isHeard()).toBe(true);
  });

  it('have names that are text, whatever they are', async () => {
    for (const odd of ['', '../../x.wav', '会议记录.wav', 'a\u0001b.wav', 'x'.repeat(5_000)])
      expect([odd.slice(0, 20), (await send(model, file(tone(1), odd))).status]).toEqual([
        odd.slice(0, 20),
        200,
      ]);
    const { requests } = await vllm.requests();
    const names = requests.map(({ body }) => (body['file'] as { name: string }).name);
    expect(new Set(names)).toEqual(new Set(['audio.wav']));
  });

  it('count as tokens: what is too much for a day is refused before it is heard, what was heard is counted', async () => {
    const other = await stack.tenant('counted');
    const policy = {
      subjectKind: 'tenant',
      subjectId: null,
      requestsPerMinute: null,
      concurrentQuestions: null,
    };
    await other.call('PUT', '/api/admin/quotas', { ...policy, tokensPerDay: 5_000 });
    const key = await other.call('POST', '/api/keys', { name: 'up', scopes: ['ask'] });
    const theirs = { ...headers, authorization: `Bearer ${(key.body as { key: string }).key}` };
    const hear = (seconds: number) =>
      sendRaw(stack.url, { ...request(formOf([model, file(tone(seconds))])), headers: theirs });
    // Each is held at 2,250 and counted as 109 in the end: three of them fit only so.
    for (let at = 0; at < 3; at += 1) expect((await hear(1)).status).toBe(200);
    const before = (await vllm.requests()).requests.length;
    const refused = await hear(60);
    expect(refused.status).toBe(429);
    expect(JSON.parse(refused.body)).toMatchObject({
      error: { type: 'rate_limit_error', code: 'quota_tokens_per_day' },
    });
    expect((await vllm.requests()).requests).toHaveLength(before);
  });
});
