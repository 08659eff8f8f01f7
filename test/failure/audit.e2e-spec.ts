import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { LOADED_MS } from '@lorekeep/kit/testing';
import type { Client } from '../support/client.js';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { startStack, type Stack } from '../support/stack.js';
import { steerDatabase, type SteeredDatabase } from '../support/steer-database.js';
import { until } from '../support/until.js';

const AUDIT_MS = 2_500;
const SECRET = 'the-answer-that-must-not-leave';

describe('when the audit cannot be written', () => {
  let vllm: FakeVllm;
  let stack: Stack;
  let database: SteeredDatabase;
  let auditor: Client;
  let authorization: string;

  beforeAll(async () => {
    vllm = await startFakeVllm(['--model', 'm']);
    const model = { INFERENCE_URL: vllm.url, INFERENCE_MODELS: 'm' };
    stack = await startStack({ ...model, AUDIT_TIMEOUT_MS: String(AUDIT_MS) }, { worker: false });
    database = await steerDatabase(stack.database);
    auditor = await stack.person('auditor@first.example', { roles: ['auditor'] });
    const key = await stack.admin.call('POST', '/api/keys', { name: 'k', scopes: ['ask'] });
    authorization = `Bearer ${(key.body as { key: string }).key}`;
  }, 120_000);
  afterEach(() => vllm.reset());
  afterAll(async () => {
    await database?.close();
    await stack?.stop();
    await vllm?.stop();
  });

  const ask = () => stack.admin.call('POST', '/api/ask', { question: 'What is it?', documents: 'none' });
  const chat = (more: object = {}) =>
    stack
      .client()
      .call(
        'POST',
        '/v1/chat/completions',
        { model: 'm', messages: [{ role: 'user', content: 'What is it?' }], ...more },
        { authorization },
      );
  const scripted = (more: object = {}) =>
    vllm.script({ content: [SECRET, ' and more'], reasoning: [], ...more });
  const failures = async () => {
    const text = await (await fetch(`${stack.url}/metrics`)).text();
    return Number(/^lorekeep_audit_failures_total (\d+)/m.exec(text)?.[1]);
  };
  const expectNothing = async () => {
    await scripted();
    const answers = { ask: await ask(), chat: await chat(), stream: await chat({ stream: true }) };
    for (const [door, { status, text, headers }] of Object.entries(answers)) {
      expect([door, status]).toEqual([door, 503]);
      expect(text).not.toContain(SECRET.slice(0, 3));
      expect(headers.get('content-type')).toContain('json');
      expect(text).toMatch(/recorded/);
    }
    expect(answers.ask.body).toMatchObject({ code: expect.stringMatching(/^AUDIT_/) });
    expect(answers.chat.body).toMatchObject({ error: { code: expect.stringMatching(/^audit_/) } });
    // Not even the model was asked: what cannot be recorded costs nothing.
    expect((await vllm.requests()).requests).toEqual([]);
  };
  const expectService = async () => {
    await scripted();
    for (const again of [ask, chat]) await until(async () => (await again()).text.includes(SECRET));
  };

  it('answers nothing, signs nobody in, changes nothing, and counts', async () => {
    const before = await failures();
    await database.forbidAudit();
    await expectNothing();
    expect(await failures()).toBeGreaterThanOrEqual(before + 3);
    await expect(stack.client().signIn('auditor@first.example', 'wrong')).rejects.toThrow('503');
    expect((await stack.admin.call('POST', '/api/admin/groups', { name: 'never' })).status).toBe(503);
    expect((await auditor.call('GET', '/api/audit')).status).toBe(503);
    await database.allowAudit();
    expect((await stack.admin.call('GET', '/api/admin/groups')).text).not.toContain('never');
    await expectService();
  });

  it('waits no longer than it may for a chain that somebody else holds', async () => {
    const { release } = await database.lockChains();
    try {
      const started = performance.now();
      expect((await ask()).status).toBe(503);
      expect(performance.now() - started).toBeLessThan(3 * AUDIT_MS + LOADED_MS);
      await expectNothing();
    } finally {
      await release();
    }
    await expectService();
  });

  it('ends a stream with an error where its closing record cannot be written, and counts it as incomplete', async () => {
    const ended = async (path: string, body: object, headers: Record<string, string>) => {
      await scripted({ content: [SECRET, ...Array.from({ length: 3_000 }, () => ' more')], tokenMs: 20 });
      const response = await stack.admin.raw('POST', path, body, headers);
      const reader = (response.body as ReadableStream<Uint8Array>).getReader();
      let text = '';
      for (let forbidden = false; ;) {
        const { done, value } = await reader.read();
        if (done) break;
        text += new TextDecoder().decode(value);
        if (forbidden || !text.includes(SECRET)) continue;
        await database.forbidAudit();
        forbidden = true;
        await vllm.hurry();
      }
      await database.allowAudit();
      await vllm.reset();
      return text;
    };
    const asked = await ended('/api/ask', { question: 'What is it?', documents: 'none' }, {});
    expect(asked).toMatch(/event: error\ndata: .*"code":"AUDIT_/);
    expect(asked).not.toContain('event: end');
    const body = { model: 'm', stream: true, messages: [{ role: 'user', content: 'What is it?' }] };
    const chatted = await ended('/v1/chat/completions', body, { authorization });
    expect(chatted).toMatch(/data: \{"error":\{.*"code":"audit_/);
    expect(chatted).not.toContain('[DONE]');
    expect(chatted).not.toContain('"finish_reason":"stop"');
    const verified = await until(async () => {
      const { body: result } = await auditor.call('POST', '/api/audit/verify');
      return (result as { incomplete: number }).incomplete === 2 ? (result as object) : null;
    });
    expect(verified).toMatchObject({ ok: true, firstBad: null });
    await expectService();
  });
});
