import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../support/client.js';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';

const WITHOUT = { documents: 'none' };
const QUESTIONS = 200;
const AT_ONCE = 8;
/** Of the binomial distribution's deviation: less often missed by chance than once in a million runs. */
const DEVIATIONS = 5;

describe('a route of two models on two servers', () => {
  let a: FakeVllm;
  let b: FakeVllm;
  let stack: Stack;
  let anna: Client;
  let auditor: Client;

  const startA = (port = '0') => startFakeVllm(['--model', 'a', '--port', port]);
  beforeAll(async () => {
    [a, b] = await Promise.all([startA(), startFakeVllm(['--model', 'b'])]);
    const settings = { INFERENCE_URL: `${a.url},${b.url}`, INFERENCE_WATCH_MS: '300' };
    stack = await startStack({ ...settings, INFERENCE_ROUTES: 'question: a, b' }, { worker: false });
    anna = await stack.person('anna@first.example');
    auditor = await stack.person('auditor@first.example', { roles: ['auditor'] });
    await until(async () => (await answeredBy()).model === 'a');
  }, 120_000);
  afterAll(async () => {
    await stack?.stop();
    await Promise.all([a?.stop(), b?.stop()]);
  });

  async function put(changes: object): Promise<void> {
    const { body } = await stack.admin.call('GET', '/api/admin/settings');
    const { status, text } = await stack.admin.call('PUT', '/api/admin/settings', {
      ...(body as object),
      ...changes,
    });
    if (status !== 200) throw new Error(text);
  }
  async function answeredBy(more: object = {}) {
    const { events, text } = await anna.ask('How long is the warranty?', { ...WITHOUT, ...more });
    const accepted = events[0];
    const outcome = events.at(-1)?.outcome;
    const told = { reference: accepted?.reference, conversationId: accepted?.conversationId };
    const model = events.findLast(({ kind }) => kind === 'model');
    return { model: model?.model, driver: model?.driver, text, outcome, ...told };
  }
  async function recordOf(reference: unknown) {
    const { body } = await auditor.call('GET', `/api/audit/questions/${String(reference)}`);
    const { rows } = body as { rows: { kind: string; detail: Record<string, unknown> }[] };
    return rows.find(({ kind }) => kind === 'question.closed')?.detail;
  }

  it('the first is down: the second answers, the record says why, and the first answers once it is back', async () => {
    await b.script({ content: ['Two years, ', 'says b.'], reasoning: [], times: 1 });
    await a.stop();
    const { model, driver, text, outcome, reference } = await answeredBy();
    expect([model, driver, text, outcome]).toEqual([
      ...['b', 'openai-compatible', 'Two years, says b.'],
      'answered',
    ]);
    expect(await recordOf(reference)).toMatchObject({
      model: { model: 'b', driver: 'openai-compatible' },
      passedOver: [{ model: 'a', code: 'INFERENCE_UNREACHABLE' }],
      fault: null,
    });
    a = await startA(new URL(a.url).port);
    await until(async () => (await answeredBy()).model === 'a');
    expect(await recordOf((await answeredBy()).reference)).toMatchObject({
      model: { model: 'a' },
      passedOver: [],
    });
  });

  it('a tenant that does not allow the second is answered by quotation meanwhile', async () => {
    await put({ allowedModels: ['a'] });
    await until(async () => (await answeredBy()).model === 'a');
    const before = (await b.requests()).requests.length;
    await a.stop();
    const { driver, outcome, reference } = await answeredBy();
    expect([driver, outcome]).toEqual(['extractive', 'answered']);
    expect(await recordOf(reference)).toMatchObject({
      model: { driver: 'extractive' },
      passedOver: [{ model: 'a', code: 'INFERENCE_UNREACHABLE' }],
    });
    expect((await b.requests()).requests).toHaveLength(before);
    a = await startA(new URL(a.url).port);
    await put({ allowedModels: [] });
    await until(async () => (await answeredBy()).model === 'a');
  });

  it('divided: each has its share of the conversations, and a conversation keeps to its own', async () => {
    const share = 0.25;
    await put({ modelRoutes: 'question: a*3|b*1' });
    const asked: { model: unknown; conversationId: unknown }[] = [];
    const ask = async () => {
      const { model, conversationId } = await answeredBy();
      asked.push({ model, conversationId });
    };
    await until(async () => (await answeredBy()).model === 'b');
    for (let round = 0; round < QUESTIONS / AT_ONCE; round++)
      await Promise.all(Array.from({ length: AT_ONCE }, ask));
    const ofB = asked.filter(({ model }) => model === 'b').length;
    expect(asked.filter(({ model }) => model === 'a').length + ofB).toBe(QUESTIONS);
    const deviation = Math.sqrt(QUESTIONS * share * (1 - share));
    expect(Math.abs(ofB - QUESTIONS * share)).toBeLessThan(DEVIATIONS * deviation);
    const some = [
      ...asked.filter(({ model }) => model === 'a').slice(0, 5),
      ...asked.filter(({ model }) => model === 'b').slice(0, 5),
    ];
    for (const { model, conversationId } of some)
      for (let turn = 0; turn < 3; turn++) expect((await answeredBy({ conversationId })).model).toBe(model);
  }, 180_000);
});
