import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '@lorekeep/kit/clock';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { loadConfig } from '@lorekeep/kit/config';
import { startFakeVllm, type FakeVllm } from '../../../../test/support/fake-vllm/start.js';
import type { AnswerEvent, AnswerRequest } from '../driver.js';
import { inferenceConfigSchema } from '../inference.config.js';
import type { InferenceFault } from '../inference.errors.js';
import { OpenAiDriver } from './openai-driver.js';

const TENANT = '11111111-1111-4111-8111-111111111111';
const SECRET = 'a secret of at least thirty-two characters';
/** Deadlines of the driver under test, in milliseconds. */
const FIRST = 1_000;
const BETWEEN = 700;
/** What a loaded machine may add; without its deadline a call never ends. */
const SLACK = 10_000;

const passage = {
  number: 1,
  id: 'p-1',
  title: 'Leave',
  heading: 'Annual leave',
  page: 3,
  content: 'Full-time employees have 25 days of annual leave. Ask your lead.',
};
const request: AnswerRequest = {
  model: 'gpt-oss-20b',
  messages: [{ role: 'user', content: 'How many days of annual leave do I get?' }],
  passages: [passage],
  documents: 'cited',
  parameters: {},
  task: 'question',
  locale: 'en',
};

interface Outcome {
  events: AnswerEvent[];
  content: string;
  fault: InferenceFault | undefined;
  took: number;
}

describe('OpenAiDriver against a fake vLLM', () => {
  let fake: FakeVllm;
  let driver: OpenAiDriver;

  beforeAll(async () => {
    fake = await startFakeVllm(['--model', 'gpt-oss-20b', '--model', 'llama', '--api-key', 'k-1']);
    driver = driverFor(fake.url);
  });
  afterEach(() => fake.reset());
  afterAll(async () => {
    await driver.close();
    await fake.stop();
  });

  function driverFor(url: string, more: Record<string, string> = {}): OpenAiDriver {
    const config = loadConfig(inferenceConfigSchema, {
      INFERENCE_URL: url,
      INFERENCE_API_KEY: 'k-1',
      INFERENCE_FIRST_TOKEN_TIMEOUT_MS: String(FIRST),
      INFERENCE_TOKEN_TIMEOUT_MS: String(BETWEEN),
      INFERENCE_TOTAL_TIMEOUT_MS: '2000',
      INFERENCE_CONNECT_TIMEOUT_MS: '300',
      ...more,
    });
    return new OpenAiDriver(config, systemClock, SECRET);
  }

  async function ask(
    change: Partial<AnswerRequest> = {},
    ctx: CallContext = systemContext(TENANT),
    using = driver,
  ): Promise<Outcome> {
    const started = performance.now();
    const events: AnswerEvent[] = [];
    let fault: InferenceFault | undefined;
    try {
      for await (const event of using.answer(ctx, { ...request, ...change })) events.push(event);
    } catch (error) {
      fault = error as InferenceFault;
    }
    const content = events
      .map((event) => (event.kind === 'text' && event.channel === 'content' ? event.text : ''))
      .join('');
    return { events, content, fault, took: performance.now() - started };
  }

  const kinds = (events: AnswerEvent[]): string[] => [...new Set(events.map((event) => event.kind))];

  it('answers with a citation, a finish and real usage', async () => {
    const { events, content, fault } = await ask();
    expect(fault).toBeUndefined();
    expect(content).toBe('Full-time employees have 25 days of annual leave. [1]');
    expect(kinds(events)).toEqual(['model', 'text', 'citation', 'finish', 'usage']);
    expect(events[0]).toEqual({ kind: 'model', model: 'gpt-oss-20b', driver: 'openai-compatible' });
    expect(events).toContainEqual({ kind: 'citation', number: 1, passageId: 'p-1' });
    expect(events).toContainEqual({ kind: 'finish', choice: 0, reason: 'stop' });
    expect(events.at(-1)).toMatchObject({ kind: 'usage', estimated: false });
    expect(events.some((event) => event.kind === 'text' && event.channel === 'reasoning')).toBe(true);
  });

  it('answers whole', async () => {
    const { events, content } = await ask({ delivery: 'whole' });
    expect(content).toBe('Full-time employees have 25 days of annual leave. [1]');
    expect(kinds(events)).toEqual(['model', 'text', 'citation', 'finish', 'usage']);
    expect((await fake.requests()).requests[0]!.body).toMatchObject({ stream: false });
  });

  it('sends a whitelist of fields, with priority and salt of its own', async () => {
    const smuggled = { temperature: 0.5, maxTokens: 50, chat_template: 'x', cache_salt: 'x' } as object;
    const ctx = systemContext(TENANT);
    await ask({ parameters: smuggled }, ctx);
    const [received] = (await fake.requests()).requests;
    expect(Object.keys(received!.body).sort()).toEqual(
      'cache_salt max_tokens messages model priority stream stream_options temperature'.split(' '),
    );
    expect(received!.body).toMatchObject({ temperature: 0.5, max_tokens: 50, priority: 0 });
    expect(received!.body['cache_salt']).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(received!.headers['x-request-id']).toBe(ctx.traceId);
    await ask({}, systemContext('22222222-2222-4222-8222-222222222222'));
    const other = (await fake.requests()).requests.at(-1)!;
    expect(other.body['cache_salt']).not.toBe(received!.body['cache_salt']);
  });

  it('reads tool calls, choices and reasoning_content', async () => {
    const tools = [{ name: 'search', parameters: { type: 'object' } }];
    const called = await ask({ documents: 'none', parameters: { tools, toolChoice: 'required' } });
    const pieces = called.events.filter((event) => event.kind === 'text' && event.channel === 'tool');
    expect(pieces[0]).toMatchObject({ toolCall: { index: 0, name: 'search' }, text: '' });
    expect(pieces.map((piece) => (piece as { text: string }).text).join('')).toBe(
      '{"query": "annual leave", "top_k": 3}',
    );
    expect(called.events).toContainEqual({ kind: 'finish', choice: 0, reason: 'tool_calls' });

    await fake.script({ reasoning: ['hm'], content: ['a', 'b'], reasoningField: 'reasoning_content' });
    const two = await ask({ parameters: { n: 2 } });
    expect(two.events.filter((event) => event.kind === 'finish')).toHaveLength(2);
    expect(two.events).toContainEqual({ kind: 'text', choice: 1, channel: 'reasoning', text: 'hm' });
  });

  it('removes unknown citations, except where the answer is not about documents', async () => {
    await fake.script({ content: ['See', ' [', '9', ']', ' and [1', '].'] });
    expect((await ask()).content).toBe('See and [1].');
    expect((await ask({ documents: 'none' })).content).toBe('See [9] and [1].');
  });

  it('estimates usage where the server does not count', async () => {
    const chunk = (delta: object, finish: string | null): string =>
      `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
    await fake.script({ raw: [chunk({ content: '年假' }, null), chunk({}, 'stop'), 'data: [DONE]\n\n'] });
    expect((await ask()).events.at(-1)).toMatchObject({
      kind: 'usage',
      completionTokens: 2,
      estimated: true,
    });
  });

  it('reads events cut anywhere, within a character too', async () => {
    const text =
      'data: {"choices":[{"index":0,"delta":{"content":"年假"},"finish_reason":"stop"}]}\r\n\r\ndata: [DONE]\r\n\r\n';
    const split = [...text].flatMap((character) => [character]);
    await fake.script({ raw: split });
    expect((await ask()).content).toBe('年假');
  });

  it.each([
    ['busy', 'INFERENCE_BUSY'],
    ['too-long', 'INFERENCE_TOO_LONG'],
    ['validation', 'INFERENCE_REJECTED'],
    ['unauthorized', 'INFERENCE_UNAUTHORIZED'],
    ['server-error', 'INFERENCE_FAILED'],
    ['error-mid-stream', 'INFERENCE_FAILED'],
    ['repetition', 'INFERENCE_FAILED'],
    ['reset', 'INFERENCE_BROKEN'],
    ['cut', 'INFERENCE_BROKEN'],
    ['no-finish', 'INFERENCE_BROKEN'],
    ['garbage', 'INFERENCE_BROKEN'],
    ['garbage-body', 'INFERENCE_BROKEN'],
    ['abort', 'INFERENCE_ABORTED'],
    ['wrong-channel', 'INFERENCE_EMPTY'],
    ['hang', 'INFERENCE_FIRST_TOKEN_TIMEOUT', FIRST],
    ['hang-headers', 'INFERENCE_FIRST_TOKEN_TIMEOUT', FIRST],
    ['stall', 'INFERENCE_STALLED', BETWEEN],
  ])('%s becomes %s', async (kind, code, deadline = 0) => {
    await fake.fault(kind, { after: 3 });
    const { fault, events, took } = await ask();
    expect(fault?.code).toBe(code);
    expect(events.some((event) => event.kind === 'finish' || event.kind === 'usage')).toBe(
      kind === 'wrong-channel',
    );
    expect(took).toBeLessThan(deadline + SLACK);
    expect(took).toBeGreaterThanOrEqual(deadline - 5);
    expect(JSON.stringify([fault?.safeText, String(fault?.cause)])).not.toMatch(/annual|EngineCore|handbook/);
  });

  it.each(['whole', 'stream'] as const)(
    'a reset before the answer is tried again once (%s)',
    async (delivery) => {
      await fake.fault('reset-before', { times: 1 });
      expect((await ask({ delivery })).fault).toBeUndefined();
      await fake.fault('reset-before', { times: 2 });
      expect((await ask({ delivery })).fault?.code).toBe('INFERENCE_UNREACHABLE');
    },
  );

  it('says what was used when an answer breaks', async () => {
    await fake.fault('reset', { after: 6 });
    const { fault } = await ask();
    expect(fault?.usage?.completionTokens).toBeGreaterThanOrEqual(4);
    expect(fault?.usage).toMatchObject({ estimated: true });
  });

  it('a refused connection is reported at once, and the next question works', async () => {
    await fake.fault('refuse', { now: true, forMs: 300 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { fault, took } = await ask();
    expect(fault?.code).toBe('INFERENCE_UNREACHABLE');
    expect(took).toBeLessThan(SLACK);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect((await ask()).fault).toBeUndefined();
  });

  it('gives up an address that does not answer', async () => {
    // TEST-NET-1: packets to it are lost, or refused by a router.
    const lost = driverFor('http://192.0.2.1:9');
    const { fault, took } = await ask({}, systemContext(TENANT), lost);
    expect(['INFERENCE_UNREACHABLE', 'INFERENCE_FIRST_TOKEN_TIMEOUT']).toContain(fault?.code);
    // undici's connect timer has a resolution of half a second.
    expect(took).toBeLessThan(300 + 1000 + SLACK);
    await lost.close();
  });

  it('keeps the whole within its own deadline and the caller’s', async () => {
    await fake.script({ content: Array.from({ length: 200 }, () => 'x '), tokenMs: 50 });
    const slow = driverFor(fake.url, { INFERENCE_TOTAL_TIMEOUT_MS: '500' });
    const first = await ask({}, systemContext(TENANT), slow);
    expect(first.fault?.code).toBe('INFERENCE_TIMEOUT');
    expect(first.took).toBeLessThan(500 + SLACK);
    const ctx = { ...systemContext(TENANT), deadline: performance.now() + 300 };
    const second = await ask({}, ctx);
    expect(second.fault?.code).toBe('INFERENCE_TIMEOUT');
    expect(second.took).toBeLessThan(300 + SLACK);
    await slow.close();
  });

  it('does not take a slow reader for a silent model', async () => {
    await fake.script({ reasoning: [], content: Array.from({ length: 40 }, () => 'x '), tokenMs: 10 });
    let text = '';
    for await (const event of driver.answer(systemContext(TENANT), request)) {
      if (event.kind !== 'text') continue;
      if (text === '') await new Promise((resolve) => setTimeout(resolve, BETWEEN * 3));
      text += event.text;
    }
    expect(text).toHaveLength(80);
  });

  it('a cancelled question reaches the model server within 100 ms', async () => {
    await fake.script({ reasoning: [], content: Array.from({ length: 200 }, () => 'x '), tokenMs: 20 });
    const gone = new AbortController();
    setTimeout(() => gone.abort(), 150);
    const { fault, content } = await ask({}, systemContext(TENANT, { signal: gone.signal }));
    const stopped = Date.now();
    expect(fault?.code).toBe('INFERENCE_CANCELLED');
    expect(content).toMatch(/^x/);
    await new Promise((resolve) => setTimeout(resolve, 150));
    const { aborted, requests } = await fake.requests();
    expect(aborted).toBe(1);
    expect(requests[0]!.endedAt! - stopped).toBeLessThan(100);
  });

  it('a reader who leaves closes the connection', async () => {
    await fake.script({ content: Array.from({ length: 200 }, () => 'x '), tokenMs: 20 });
    for await (const event of driver.answer(systemContext(TENANT), request)) if (event.kind === 'text') break;
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect((await fake.requests()).aborted).toBe(1);
  });

  it('asks nothing for a caller who is gone already', async () => {
    const { fault } = await ask({}, systemContext(TENANT, { signal: AbortSignal.abort() }));
    expect(fault?.code).toBe('INFERENCE_CANCELLED');
    expect((await fake.requests()).requests).toHaveLength(0);
  });

  it('reuses connections and lists models', async () => {
    for (let i = 0; i < 3; i++) {
      await ask();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const ports = (await fake.requests()).requests.map((received) => received.port);
    expect(new Set(ports).size).toBe(1);
    expect((await driver.models(systemContext(TENANT))).cards).toEqual([
      { id: 'gpt-oss-20b', contextTokens: 32_768, sequences: null },
      { id: 'llama', contextTokens: 32_768, sequences: null },
    ]);
  });
});
