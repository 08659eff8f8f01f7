import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../support/client.js';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';

/** A minute, unless it is hurried: others are asked, and refused, meanwhile. */
const SLOW = { content: Array.from({ length: 400 }, () => 'word '), reasoning: [], tokenMs: 150 };
const WITHOUT = { documents: 'none' };
const NO_LIMIT = { subjectKind: 'tenant', subjectId: null, requestsPerMinute: null, tokensPerDay: null };

describe('questions before a model', () => {
  let vllm: FakeVllm;
  let stack: Stack;
  let authorization: string;

  beforeAll(async () => {
    vllm = await startFakeVllm(['--model', 'm', '--model', 'other', '--max-model-len', '1400']);
    const queue = { INFERENCE_SEQUENCES: '1', INFERENCE_QUEUE_SIZE: '1' };
    stack = await startStack({ INFERENCE_URL: vllm.url, ...queue }, { worker: false });
    const key = await stack.admin.call('POST', '/api/keys', { name: 'k', scopes: ['ask'] });
    authorization = `Bearer ${(key.body as { key: string }).key}`;
  }, 120_000);
  afterEach(() => vllm.reset());
  afterAll(async () => {
    await stack?.stop();
    await vllm?.stop();
  });

  const kinds = (events: { kind: string }[]) => events.map(({ kind }) => kind);
  const running = async (count: number) =>
    until(async () => {
      const { requests } = await vllm.requests();
      return requests.filter(({ state }) => state === 'open').length === count;
    });
  const metric = async (name: string) => {
    const { text } = await stack.client().call('GET', '/metrics');
    return Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1] ?? NaN);
  };
  const waiting = (count: number) => until(async () => (await metric('lorekeep_queue_waiting')) === count);
  const chat = (client: Client, stream: boolean) =>
    client.call(
      'POST',
      '/v1/chat/completions',
      { model: 'm', stream, messages: [{ role: 'user', content: 'Hello.' }] },
      { authorization },
    );

  it('wait in line and are told their place; beyond the line they are refused with a time', async () => {
    await vllm.script({ ...SLOW, times: 1 });
    const first = stack.admin.ask('One.', WITHOUT);
    await running(1);
    const second = stack.admin.ask('Two.', WITHOUT);
    await waiting(1);
    const third = await stack.admin.ask('Three.', WITHOUT);
    expect(third.events.at(-1)).toMatchObject({ kind: 'end', outcome: 'refused' });
    const refusal = third.events.find(({ kind }) => kind === 'refusal')?.refusal;
    expect(refusal).toMatchObject({ code: 'INFERENCE_QUEUE_FULL', status: 429, step: 'inference' });
    expect((refusal as { retryAfter: number }).retryAfter).toBeGreaterThanOrEqual(1);
    for (const stream of [true, false]) {
      const { status, headers, body } = await chat(stack.client(), stream);
      expect(status).toBe(429);
      expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(body).toMatchObject({ error: { type: 'rate_limit_error', code: 'inference_queue_full' } });
    }
    await vllm.hurry();
    expect((await first).events.at(-1)).toMatchObject({ kind: 'end', outcome: 'answered' });
    const { events } = await second;
    expect(events.find(({ kind }) => kind === 'waiting')).toMatchObject({ position: 1 });
    expect(kinds(events).indexOf('waiting')).toBeLessThan(kinds(events).indexOf('model'));
    expect(events.at(-1)).toMatchObject({ kind: 'end', outcome: 'answered' });
  });

  it('hold their place among the questions at once while they wait, and free the line when they leave', async () => {
    await stack.admin.call('PUT', '/api/admin/quotas', { ...NO_LIMIT, concurrentQuestions: 2 });
    await vllm.script({ ...SLOW, times: 1 });
    const first = stack.admin.ask('One.', WITHOUT);
    await running(1);
    const gone = new AbortController();
    const second = fetch(`${stack.url}/v1/chat/completions`, {
      method: 'POST',
      signal: gone.signal,
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'Two.' }] }),
    }).catch(() => undefined);
    await waiting(1);
    const third = await stack.admin.ask('Three.', WITHOUT);
    expect(third.events.find(({ kind }) => kind === 'refusal')?.refusal).toMatchObject({
      code: 'QUOTA_CONCURRENT',
    });
    gone.abort();
    await second;
    await waiting(0);
    const asked = stack.admin.ask('Four.', WITHOUT);
    await waiting(1);
    await vllm.hurry();
    const fourth = await asked;
    expect(fourth.events.at(-1)).toMatchObject({ kind: 'end', outcome: 'answered' });
    await first;
    await stack.admin.call('PUT', '/api/admin/quotas', { ...NO_LIMIT, concurrentQuestions: 100 });
  });

  it('are fitted to the model: what was left out is told and recorded, and too long is refused with numbers', async () => {
    const long = (name: string) => `${name} ${Array.from({ length: 220 }, (_, at) => `word${at}`).join(' ')}`;
    const begun = await stack.admin.ask(long('first'), WITHOUT);
    const { conversationId } = begun.events[0] as unknown as { conversationId: string };
    for (const name of ['second', 'third']) await stack.admin.ask(long(name), { ...WITHOUT, conversationId });
    const { events } = await stack.admin.ask('And now?', { ...WITHOUT, conversationId });
    const told = events.find(({ kind }) => kind === 'shortened');
    expect(told).toMatchObject({ passages: 0 });
    expect(told?.turns).toBeGreaterThanOrEqual(1);
    const sent = (await vllm.requests()).requests.at(-1)!.body['messages'] as { content: string }[];
    expect(sent.at(-1)?.content).toBe('And now?');
    expect(sent.some(({ content }) => content.startsWith('first'))).toBe(false);
    const auditor = await stack.person('auditor@first.example', { roles: ['auditor'] });
    const reference = String(events[0]?.['reference']);
    const { text } = await auditor.call('GET', `/api/audit/questions/${reference}`);
    expect(text).toContain(`"shortened":{"turns":${String(told?.turns)},"passages":0}`);
    const refused = await stack.admin.ask(
      Array.from({ length: 1_900 }, (_, at) => `term${at}`).join(' '),
      WITHOUT,
    );
    const { refusal } = refused.events.find(({ kind }) => kind === 'refusal') as { refusal?: object };
    expect(refusal).toMatchObject({ code: 'INFERENCE_TOO_LONG', status: 400, facts: { limit: 1_400 } });
  });

  it('go to the models that the tenant allows, by its routes; a change is recorded', async () => {
    const { body } = await stack.admin.call('GET', '/api/admin/settings');
    const put = (changes: object) =>
      stack.admin.call('PUT', '/api/admin/settings', { ...(body as object), ...changes });
    const bad = await put({ modelRoutes: 'question: a,,b' });
    expect([bad.status, (bad.body as { code: string }).code]).toEqual([422, 'MODEL_ROUTES_INVALID']);
    const changed = await put({ modelRoutes: 'question: other', allowedModels: ['other'] });
    expect(changed.body).toMatchObject({ modelRoutes: 'question: other', allowedModels: ['other'] });
    await until(async () => {
      const { events } = await stack.admin.ask('Which?', WITHOUT);
      return events.some(({ kind, model }) => kind === 'model' && model === 'other');
    });
    expect((await chat(stack.client(), false)).status).toBe(404);
    const rows = (await stack.admin.call('GET', '/api/models')).body as { rows: { id: string }[] };
    expect(rows.rows.map(({ id }) => id)).toEqual(['other', 'extractive']);
    const auditor = await stack.person('second-auditor@first.example', { roles: ['auditor'] });
    const { text } = await auditor.call('GET', '/api/audit?limit=50');
    expect(text).toContain('question: other');
    await put({});
  });
});
