import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { loadConfig } from '@lorekeep/kit/config';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { LOADED_MS } from '@lorekeep/kit/testing';
import { startFakeVllm, type FakeVllm } from '../../../../test/support/fake-vllm/start.js';
import { until } from '../../../../test/support/until.js';
import { createInference, type Inference } from '../create-inference.js';
import type { AnswerEvent, AnswerRequest } from '../driver.js';
import { inferenceConfigSchema } from '../inference.config.js';
import type { InferenceFault } from '../inference.errors.js';

const TENANT = '11111111-1111-4111-8111-111111111111';
const HOUR = 3_600_000;
const request: AnswerRequest = {
  model: 'm',
  messages: [{ role: 'user', content: 'How many days?' }],
  passages: [],
  documents: 'none',
  parameters: {},
  task: 'chat',
  locale: 'en',
};

interface Outcome {
  events: AnswerEvent[];
  text: string;
  fault: InferenceFault | undefined;
  /** Milliseconds, from the question. */
  firstText: number;
  took: number;
}

const nothingYet = (): Outcome => ({ events: [], text: '', fault: undefined, firstText: NaN, took: NaN });

/** Runs with the wall clock set so many milliseconds ahead, or back. */
function withClockSet<T>(ahead: number, run: () => Promise<T>): Promise<T> {
  const real = Date.now;
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => real() + ahead);
  return run().finally(() => clock.mockRestore());
}

describe('the fleet over two fake vLLMs', () => {
  let fakes: FakeVllm[];
  const opened: Inference[] = [];
  const start = () => Promise.all([1, 2].map(() => startFakeVllm(['--model', 'm', '--token-ms', '2'])));

  beforeAll(async () => {
    fakes = await start();
  });
  afterEach(async () => {
    for (const inference of opened.splice(0)) await inference.close();
    await Promise.all(fakes.map((fake) => fake.reset().catch(() => undefined)));
  });
  afterAll(() => Promise.all(fakes.map((fake) => fake.stop())));

  function open(more: Record<string, string> = {}, started = true): Inference {
    const config = loadConfig(inferenceConfigSchema, {
      INFERENCE_URL: fakes.map(({ url }) => url).join(','),
      INFERENCE_SALT_SECRET: 'a secret of at least thirty-two characters',
      INFERENCE_FIRST_TOKEN_TIMEOUT_MS: '12000',
      INFERENCE_TOKEN_TIMEOUT_MS: '1000',
      INFERENCE_WATCH_MS: '500',
      ...more,
    });
    const inference = createInference(config);
    if (started) inference.start();
    opened.push(inference);
    return inference;
  }

  async function ask(
    inference: Inference,
    change: Partial<AnswerRequest> = {},
    ctx: CallContext = systemContext(TENANT),
    outcome = nothingYet(),
  ): Promise<Outcome> {
    const begun = performance.now();
    try {
      const { driver } = await inference.models.choose(ctx, 'm');
      for await (const event of driver.answer(ctx, { ...request, ...change })) {
        outcome.events.push(event);
        if (event.kind !== 'text') continue;
        if (Number.isNaN(outcome.firstText)) outcome.firstText = performance.now() - begun;
        outcome.text += event.text;
      }
    } catch (error) {
      outcome.fault = error as InferenceFault;
    }
    outcome.took = performance.now() - begun;
    return outcome;
  }

  const asked = (content: string): Partial<AnswerRequest> => ({ messages: [{ role: 'user', content }] });
  const countOf = async (fake: FakeVllm | undefined) => (await fake!.requests()).requests.length;
  const bothFault = (kind: string, options: Record<string, unknown> = {}) =>
    Promise.all(fakes.map((fake) => fake.fault(kind, options)));

  it('a conversation stays with its replica, different ones are spread', async () => {
    const inference = open();
    for (let turn = 0; turn < 4; turn++) await ask(inference);
    const counts = await Promise.all(fakes.map(countOf));
    expect(counts.sort((a, b) => a - b)).toEqual([0, 4]);
    for (let other = 0; other < 24; other++) await ask(inference, asked(`Question ${other}`));
    for (const fake of fakes) expect(await countOf(fake)).toBeGreaterThanOrEqual(5);
  });

  it('a conversation of eight turns stays with its replica, though its history is cut in front', async () => {
    const inference = open();
    for (let conversation = 0; conversation < 4; conversation++) {
      await Promise.all(fakes.map((fake) => fake.reset()));
      for (let turn = 0; turn < 8; turn++) {
        const change = { ...asked(`Question ${Math.max(0, turn - 5)}`), conversation: `c${conversation}` };
        expect((await ask(inference, change)).fault).toBeUndefined();
      }
      expect((await Promise.all(fakes.map(countOf))).sort((a, b) => a - b)).toEqual([0, 8]);
    }
  });

  it.each(['busy', 'server-error', 'reset-before', 'hang', 'hang-headers', 'unauthorized', 'abort', 'reset'])(
    'before the first byte another replica answers: %s',
    async (kind) => {
      const inference = open({ INFERENCE_FIRST_TOKEN_TIMEOUT_MS: '1500' });
      await ask(inference);
      const home = (await countOf(fakes[0])) > 0 ? fakes[0] : fakes[1];
      await home!.fault(kind, { times: 2, after: 1 });
      const { fault, text, events } = await ask(inference);
      expect(fault).toBeUndefined();
      expect(text).toBe('You asked: How many days?');
      expect(events.filter((event) => event.kind === 'model')).toHaveLength(1);
    },
  );

  it.each([
    ['validation', 'INFERENCE_REJECTED'],
    ['too-long', 'INFERENCE_TOO_LONG'],
  ])('a verdict is not asked for again: %s', async (kind, code) => {
    const inference = open();
    await bothFault(kind, { times: 1 });
    expect((await ask(inference)).fault?.code).toBe(code);
    expect((await countOf(fakes[0])) + (await countOf(fakes[1]))).toBe(1);
  });

  it('after the first byte nothing is asked again: a stall ends the answer with its reason', async () => {
    const inference = open();
    await bothFault('stall', { times: 1, after: 4 });
    const { fault, took, text } = await ask(inference);
    expect(fault?.code).toBe('INFERENCE_STALLED');
    expect(text).not.toBe('');
    expect(took).toBeLessThan(LOADED_MS);
    expect((await countOf(fakes[0])) + (await countOf(fakes[1]))).toBe(1);
  });

  it('questions without a byte leave a replica that has fallen silent', async () => {
    const inference = open();
    await ask(inference);
    const [home, other] = (await countOf(fakes[0])) > 0 ? fakes : [...fakes].reverse();
    await home!.fault('stall', { times: 1, after: 6 });
    await home!.fault('hang', { times: 20 });
    const stalled = ask(inference);
    await until(async () => (await countOf(home)) === 2);
    const waiting = ask(inference);
    expect((await stalled).fault?.code).toBe('INFERENCE_STALLED');
    const { fault, firstText } = await waiting;
    expect(fault).toBeUndefined();
    // The deadline for the first token is twelve seconds.
    expect(firstText).toBeLessThan(8_000);
    expect(await countOf(other)).toBe(1);
    expect(inference.state().replicas.map(({ state }) => state === 'closed')).toContain(false);
    // Only a token proves that a silent replica is back.
    await home!.reset();
    await until(async () => inference.state().replicas.every(({ state }) => state === 'closed'));
  });

  it('waiting in the queue of the engine is no silence', async () => {
    const inference = open({ INFERENCE_TOKEN_TIMEOUT_MS: '800' });
    await Promise.all(fakes.map((fake) => fake.script({ content: ['a', ' b', ' c'], firstTokenMs: 2_400 })));
    const { fault, text, firstText } = await ask(inference);
    expect(fault).toBeUndefined();
    expect(text).toContain('a b c');
    expect(firstText).toBeGreaterThan(2_300);
    expect(inference.state().replicas.every(({ state }) => state === 'closed')).toBe(true);
  });

  it('the last replica is looked after when a question needs it', async () => {
    const inference = open({ INFERENCE_WATCH_MS: '60000' });
    await ask(inference);
    await bothFault('reset-before', { times: 4 });
    expect((await ask(inference)).fault?.code).toBe('INFERENCE_UNREACHABLE');
    await Promise.all(fakes.map((fake) => fake.reset()));
    expect((await ask(inference)).fault).toBeUndefined();
  });

  it('a caller who leaves while waiting for a replica is gone there at once', async () => {
    const inference = open();
    await Promise.all(fakes.map((fake) => fake.script({ content: ['x'], firstTokenMs: LOADED_MS })));
    const gone = new AbortController();
    setTimeout(() => gone.abort(), 200);
    const { fault } = await ask(inference, {}, systemContext(TENANT, { signal: gone.signal }));
    expect(fault?.code).toBe('INFERENCE_CANCELLED');
    await until(async () => {
      const seen = await Promise.all(fakes.map((fake) => fake.requests()));
      return seen.flatMap(({ requests }) => requests)[0]?.state === 'aborted';
    });
    expect(inference.state().replicas.every(({ running }) => running === 0)).toBe(true);
  });

  it('one of two replicas is killed under 16 streams: no question that has not begun fails', async () => {
    const inference = open();
    await Promise.all(
      fakes.map((fake) =>
        fake.script({ reasoning: [], content: Array(200).fill('x '), tokenMs: 20, firstTokenMs: 20 }),
      ),
    );
    const seen = Array.from({ length: 16 }, nothingYet);
    const running = seen.map((outcome, at) => ask(inference, asked(`Running ${at}`), undefined, outcome));
    await until(async () => seen.every(({ text }) => text !== ''));
    const counts = await Promise.all(fakes.map(countOf));
    expect(Math.min(...counts)).toBeGreaterThan(0);
    await fakes[1]!.script({ reasoning: [], content: ['x '], firstTokenMs: 20 });
    fakes[0]!.process.kill('SIGKILL');
    const next = await Promise.all(Array.from({ length: 16 }, (_, at) => ask(inference, asked(`New ${at}`))));
    expect(next.map(({ fault }) => fault?.code)).toEqual(Array(16).fill(undefined));
    expect(Math.max(...next.map(({ firstText }) => firstText))).toBeLessThan(LOADED_MS);
    const ended = await Promise.all(running);
    const failed = ended.filter(({ fault }) => fault);
    // Those that were being read from the killed one end with an error that says so.
    expect(failed).toHaveLength(counts[0]!);
    expect(new Set(failed.map(({ fault }) => fault?.code))).toEqual(new Set(['INFERENCE_BROKEN']));
    fakes[0] = await startFakeVllm(['--model', 'm', '--token-ms', '2']);
  });

  it('a replica that is ill by its own word is left alone before a question meets it', async () => {
    const inference = open({ INFERENCE_WATCH_MS: '200' });
    await ask(inference);
    const [home, other] = (await countOf(fakes[0])) > 0 ? fakes : [...fakes].reverse();
    await home!.fault('dead', { times: -1 });
    const closed = () => inference.state().replicas.filter(({ state }) => state === 'closed').length;
    await until(async () => closed() === 1);
    expect((await ask(inference)).fault).toBeUndefined();
    expect([await countOf(home), await countOf(other)]).toEqual([1, 1]);
    await home!.reset();
    await until(async () => closed() === 2);
  });

  it('a server that takes two seconds to start again serves again by itself', async () => {
    const lone = await startFakeVllm(['--model', 'm']);
    const inference = open({ INFERENCE_URL: lone.url });
    expect((await ask(inference)).fault).toBeUndefined();
    const killed = performance.now();
    lone.process.kill('SIGKILL');
    const restarted = new Promise<FakeVllm>((resolve, reject) => {
      const port = new URL(lone.url).port;
      setTimeout(() => startFakeVllm(['--model', 'm', '--port', port]).then(resolve, reject), 2_000);
    });
    let outcome = await ask(inference);
    expect(outcome.fault?.code).toMatch(/UNREACHABLE|BROKEN/);
    while (outcome.fault && performance.now() - killed < 20_000) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      outcome = await ask(inference);
    }
    expect(outcome.fault).toBeUndefined();
    await (await restarted).stop();
  });

  it('a clock that is set an hour ahead and back ends no question that waits or is answered', async () => {
    const inference = open({ INFERENCE_URL: fakes[1]!.url, INFERENCE_SEQUENCES: '1' });
    await fakes[1]!.script({ reasoning: [], content: Array(60).fill('x '), tokenMs: 20 });
    const ctx = { ...systemContext(TENANT), deadline: performance.now() + 2 * LOADED_MS };
    const [first, second] = [nothingYet(), nothingYet()];
    const answered = ask(inference, asked('First'), ctx, first);
    await until(async () => first.text !== '');
    const waited = ask(inference, asked('Second'), ctx, second);
    await until(async () => second.events.some(({ kind }) => kind === 'waiting'));
    await withClockSet(HOUR, () => until(async () => second.fault ?? second.text !== '', LOADED_MS));
    for (const { fault, text } of await Promise.all([answered, waited]))
      expect([fault, text]).toEqual([undefined, 'x '.repeat(60)]);
  });

  it('a clock that is set back gives nobody more time', async () => {
    const inference = open();
    for (const fake of fakes)
      await fake.script({ reasoning: [], content: Array(2_000).fill('x '), tokenMs: 50 });
    const ctx = { ...systemContext(TENANT), deadline: performance.now() + 500 };
    const { fault } = await withClockSet(-HOUR, () => ask(inference, {}, ctx));
    expect(fault?.code).toBe('INFERENCE_TIMEOUT');
  });

  it('answers on every connection that there may be do not make a server look ill', async () => {
    const settings = { INFERENCE_URL: fakes[1]!.url, INFERENCE_SEQUENCES: '4', INFERENCE_CONNECTIONS: '4' };
    const inference = open({ ...settings, INFERENCE_WATCH_MS: '200' });
    await fakes[1]!.script({ reasoning: [], content: Array(120).fill('x '), tokenMs: 25 });
    const running = Array.from({ length: 4 }, (_, at) => ask(inference, asked(`Long ${at}`)));
    await new Promise((resolve) => setTimeout(resolve, 2_600));
    expect(inference.state().replicas.map(({ state }) => state)).toEqual(['closed']);
    expect((await Promise.all(running)).map(({ fault }) => fault)).toEqual(Array(4).fill(undefined));
  });
});
