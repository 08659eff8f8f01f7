import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../support/client.js';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';
import { Report } from './keep-report.js';

const QUESTION = 'How many days of annual leave do I get?';
const LEAVE = '# Leave\n\n## Annual leave\n\nEvery employee gets 27 days of annual leave a year.\n';
const PATIENCE = {
  INFERENCE_CONNECT_TIMEOUT_MS: '1500',
  INFERENCE_FIRST_TOKEN_TIMEOUT_MS: '1500',
  INFERENCE_TOKEN_TIMEOUT_MS: '1000',
  // An answer in one piece has no tokens to wait for.
  INFERENCE_TOTAL_TIMEOUT_MS: '3000',
};
/** The model server is away before it has said a word: questions are answered by quotations instead. */
const AWAY = ['refuse', 'busy', 'unauthorized', 'server-error', 'hang', 'hang-headers', 'reset-before'];
/** It breaks in the middle of its answer, or says what is no answer. */
const BROKEN = ['stall', 'error-mid-stream', 'reset', 'abort', 'no-finish', 'cut', 'garbage', 'repetition'];
/** It says no, or says nothing: what is left is an error or a quotation, but never a half answer. */
const ODD = ['validation', 'too-long', 'garbage-body', 'wrong-channel'];

const report = new Report(
  'At the gateway',
  "models.e2e-spec.ts: the page's question; first token within 1.5 s, tokens 1 s apart, connections within 1.5 s (defaults 30, 2.8 and 2 s). Back: the first answer of the model once the fault was taken away.",
  ['fault', 'what the user saw', 'what was recorded', 'answered or told, back'],
);

describe('when the model server fails', () => {
  let vllm: FakeVllm;
  let stack: Stack;
  let auditor: Client;
  let authorization: string;

  beforeAll(async () => {
    vllm = await startFakeVllm(['--model', 'm']);
    stack = await startStack({ INFERENCE_URL: vllm.url, INFERENCE_MODELS: 'm', ...PATIENCE });
    auditor = await stack.person('auditor@first.example', { roles: ['auditor'] });
    const key = await stack.admin.call('POST', '/api/keys', { name: 'k', scopes: ['ask'] });
    authorization = `Bearer ${(key.body as { key: string }).key}`;
    const made = await stack.admin.call('POST', '/api/collections', { slug: 'h', name: 'Handbook' });
    const { id } = made.body as { id: string };
    const readers = [{ principal: 'everyone', effect: 'allow' }];
    await stack.admin.call('PUT', `/api/collections/${id}/readers`, { readers });
    const uploaded = await stack.admin.upload(id, 'leave.md', LEAVE);
    await stack.admin.settled((uploaded.body as { id: string }).id);
    const none = { requestsPerMinute: null, tokensPerDay: null };
    const policy = { subjectKind: 'tenant', subjectId: null, ...none, concurrentQuestions: 1 };
    await stack.admin.call('PUT', '/api/admin/quotas', policy);
  }, 120_000);
  afterAll(async () => {
    await report.keep();
    await stack?.stop();
    await vllm?.stop();
  });

  /** Nothing of the fault is left over; also waits until a port that was closed is open again. */
  const heal = () =>
    until(async () => {
      vllm.open();
      try {
        await vllm.reset();
        return true;
      } catch {
        return false;
      }
    });
  const strike = async (kind: string) => {
    await heal();
    await vllm.fault(kind, { times: 5, ...(kind === 'refuse' ? { now: true, forMs: 60_000 } : {}) });
  };
  const closedAs = (reference: string) =>
    until(async () => {
      const { body } = await auditor.call('GET', `/api/audit/questions/${reference}`);
      const rows = (body as { rows?: { kind: string; outcome: string }[] }).rows ?? [];
      return rows.find(({ kind }) => kind === 'question.closed')?.outcome;
    });
  const expectService = async () => {
    await heal();
    const at = performance.now();
    // A look at the server that began under the fault ends first; until then questions are quoted.
    const { events } = await until(async () => {
      const answer = await stack.admin.ask(QUESTION);
      return answer.events.find(({ kind }) => kind === 'model')?.driver === 'openai-compatible' && answer;
    });
    const back = Math.round(performance.now() - at);
    expect(events.at(-1)).toMatchObject({ kind: 'end', outcome: 'answered' });
    return back;
  };
  const chat = (stream: boolean) =>
    stack
      .client()
      .call(
        'POST',
        '/v1/chat/completions',
        { model: 'm', stream, messages: [{ role: 'user', content: QUESTION }] },
        { authorization },
      );

  it.each(AWAY)('quotes instead, and says so: %s', async (kind) => {
    await strike(kind);
    const at = performance.now();
    const { events, text } = await stack.admin.ask(QUESTION);
    const told = Math.round(performance.now() - at);
    expect(events.filter((event) => event.kind === 'model').at(-1)).toMatchObject({ driver: 'extractive' });
    expect(text).toContain('27 days of annual leave');
    expect(events.at(-1)).toMatchObject({ kind: 'end', outcome: 'answered' });
    expect(await closedAs(String(events[0]?.reference))).toBe('answered');
    const back = await expectService();
    report.add(kind, 'quotations, and that no model answered', 'question answered', `${told} ms, ${back} ms`);
  });

  it.each([...BROKEN, ...ODD])('says that the answer broke off, or gives a whole one: %s', async (kind) => {
    await strike(kind);
    const at = performance.now();
    const { events } = await stack.admin.ask(QUESTION);
    const told = Math.round(performance.now() - at);
    const last = events.at(-1);
    expect(['end', 'error']).toContain(last?.kind);
    if (BROKEN.includes(kind)) expect(last?.kind).toBe('error');
    if (last?.kind === 'error') {
      const { detail, code, status } = last.error as { detail: string; code: string; status: number };
      expect(code).toMatch(/^INFERENCE_/);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(detail).toMatch(/^[A-Z].+\.$/);
    } else {
      expect(events.filter((event) => event.kind === 'model').at(-1)).toMatchObject({ driver: 'extractive' });
    }
    expect(JSON.stringify(events)).not.toMatch(/validation_error|Traceback|EngineDead|ECONN|127\.0\.0\.1/);
    const outcome = await closedAs(String(events[0]?.reference));
    expect(outcome).toBe(last?.kind === 'error' ? 'failed' : 'answered');
    const back = await expectService();
    const saw = last?.kind === 'error' ? (last.error as { detail: string }).detail : 'quotations';
    report.add(kind, saw, `question ${outcome}`, `${told} ms, ${back} ms`);
  });

  it.each([...AWAY, ...BROKEN, ...ODD])(
    'is an error of the SDK on /v1, streamed or not: %s',
    async (kind) => {
      for (const stream of [false, true]) {
        await strike(kind);
        const { status, text } = await chat(stream);
        expect(text).toMatch(/"error":\{"message":"[A-Z].+?\.","type":"\w+"/);
        expect(text).toMatch(/"code":"inference_/);
        expect(text).not.toContain('[DONE]');
        expect(text).not.toMatch(/"finish_reason":"stop"|Traceback|ECONN|127\.0\.0\.1/);
        if (!stream) expect(status).toBeGreaterThanOrEqual(400);
      }
      await heal();
      await until(async () => (await chat(false)).status === 200);
    },
  );

  it('leaves no question open, no slot taken and no record missing', async () => {
    const { body } = await auditor.call('POST', '/api/audit/verify');
    expect(body).toMatchObject({ ok: true, incomplete: 0 });
    const usage = await stack.admin.call('GET', '/api/account/usage');
    expect(usage.body).toMatchObject({ concurrent: { used: 0 } });
    const metrics = await (await fetch(`${stack.url}/metrics`)).text();
    expect(metrics).toMatch(/lorekeep_open_streams 0\b/);
    expect(metrics).toMatch(/lorekeep_questions_total\{outcome="failed",door="ask"\} \d+/);
    expect(stack.logs()).not.toMatch(/unhandled|uncaught/i);
  });
});
