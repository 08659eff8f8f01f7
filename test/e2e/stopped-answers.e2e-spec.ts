import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../support/client.js';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { startStack, type Stack } from '../support/stack.js';

const WORD = 'heliotrope';
const NUMBER = '110101199003070070';
const QUESTION = 'Say something about flowers.';

describe('an answer that the scanner stops', () => {
  let vllm: FakeVllm;
  let stack: Stack;
  let anna: Client;
  let authorization: string;

  beforeAll(async () => {
    vllm = await startFakeVllm(['--model', 'm']);
    stack = await startStack({ INFERENCE_URL: vllm.url, INFERENCE_MODELS: 'm' }, { worker: false });
    anna = await stack.person('anna@first.example');
    const { body } = await stack.admin.call('POST', '/api/keys', { name: 'sdk', scopes: ['ask'] });
    authorization = `Bearer ${(body as { key: string }).key}`;
    await stack.admin.call('POST', '/api/admin/words', { words: [{ text: WORD, action: 'stop' }] });
    const categories = { 'personal-data.cn-resident-id': { action: 'stop' } };
    const put = await stack.admin.call('PUT', '/api/admin/scanner/policy', { keepHitsDays: 30, categories });
    expect(put.status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
  }, 120_000);
  afterAll(async () => {
    await stack?.stop();
    await vllm?.stop();
  });

  const script = (content: string[], more: object = {}) =>
    vllm.script({ content, reasoning: [], times: 1, ...more });
  const chat = (more: object = {}) =>
    anna.call(
      'POST',
      '/v1/chat/completions',
      { model: 'm', messages: [{ role: 'user', content: QUESTION }], ...more },
      { authorization },
    );
  /** What an earlier try has forbidden. */
  async function forget(...texts: string[]): Promise<void> {
    const { body } = await stack.admin.call('GET', '/api/admin/words');
    const rows = (body as { rows: { id: string; text: string }[] }).rows;
    for (const { id } of rows.filter(({ text }) => texts.includes(text)))
      await stack.admin.call('DELETE', `/api/admin/words/${id}`);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
  }
  const chunksOf = (text: string) =>
    text
      .split('\n\n')
      .filter((frame) => frame.startsWith('data: {'))
      .map(
        (frame) =>
          JSON.parse(frame.slice(6)) as { choices: { delta: object; finish_reason: string | null }[] },
      );

  it.each([
    ['a word', ['pale ', 'helio', 'trope', ' here'], 'pale '],
    ['a word in disguise', ['pale H-E-L-I-', 'O-T-R-O-P-E here'], 'pale '],
    ['a number of a person', ['born ', NUMBER.slice(0, 9), NUMBER.slice(9), ' there'], 'born '],
  ])('ends over /v1 with content_filter and [DONE]: %s', async (_, content, shown) => {
    await script(content);
    const { status, text } = await chat({ stream: true });
    expect(status).toBe(200);
    expect(text.trimEnd().endsWith('data: [DONE]')).toBe(true);
    const chunks = chunksOf(text);
    expect(chunks.at(-1)?.choices[0]).toMatchObject({ delta: {}, finish_reason: 'content_filter' });
    const said = chunks.flatMap(({ choices }) => (choices[0]?.delta as { content?: string }).content ?? []);
    expect(said.join('')).toBe(shown);
  });

  it('says so in every choice where the answer comes in one piece', async () => {
    await script(['pale ', WORD, ' here']);
    const { status, body, text } = await chat({ n: 2 });
    expect(status).toBe(200);
    const choices = [0, 1].map((index) => ({ index, finish_reason: 'content_filter' }));
    expect(body).toMatchObject({ choices, lorekeep: { reference: expect.any(String) } });
    expect(text).not.toContain('helio');
  });

  it('shows nothing of a word within the arguments of a tool, escaped as JSON may be', async () => {
    const tools = [{ type: 'function', function: { name: 'look', parameters: { type: 'object' } } }];
    for (const written of [WORD, '\\u0068eliotrope']) {
      const call = { id: 'chatcmpl-tool-1', name: 'look', arguments: `{"query": "pale ${written}"}` };
      await script([], { toolCalls: [call], finish: 'tool_calls' });
      const { text } = await chat({ stream: true, tools });
      expect(text).not.toContain('eliotrope');
      expect(chunksOf(text).at(-1)?.choices[0]).toMatchObject({ finish_reason: 'content_filter' });
      expect(text.trimEnd().endsWith('data: [DONE]')).toBe(true);
    }
  });

  it('is told to the page as an event with the reference, and kept as it was shown', async () => {
    await script(['pale ', 'helio', 'trope', ' here']);
    const { events, raw, text } = await anna.ask(QUESTION);
    const { reference, conversationId } = events[0] as { reference?: string; conversationId?: string };
    expect(text).toBe('pale ');
    expect(events).toContainEqual(expect.objectContaining({ kind: 'withheld', reference, action: 'stop' }));
    expect(events.at(-1)).toMatchObject({ kind: 'end', outcome: 'stopped', finishReason: 'content_filter' });
    expect(raw).not.toContain('helio');
    const kept = await anna.call('GET', `/api/conversations/${conversationId ?? ''}`);
    expect(kept.body).toMatchObject({
      messages: [{ role: 'user' }, { content: 'pale ', outcome: 'stopped' }],
    });
    const file = await anna.call('GET', `/api/conversations/${conversationId ?? ''}/export?format=markdown`);
    expect(file.status).toBe(200);
    expect(`${kept.text}${file.text}`).not.toContain('helio');
  });

  it('becomes no draft', async () => {
    await script(['pale ', WORD]);
    const { events, raw } = await stack.admin.ask(QUESTION, {}, '/api/drafts');
    expect(events.at(-1)).toMatchObject({ kind: 'end', outcome: 'stopped' });
    const draft = await stack.admin.call('GET', `/api/drafts/${String(events[0]?.messageId)}`);
    expect(draft.body).toMatchObject({ state: 'refused' });
    expect(`${raw}${draft.text}`).not.toContain('helio');
  });

  it('is shown again under the words of today: redacted, stopped, exported alike', async () => {
    await forget('marigold', 'gentian');
    await script(['pale ', 'mari<b>gold</b>', ' and ', 'gen[tian](/a)', ' here']);
    const { events, text } = await anna.ask(QUESTION);
    expect(text).toBe('pale mari<b>gold</b> and gen[tian](/a) here');
    const path = `/api/conversations/${String(events[0]?.['conversationId'])}`;
    const words = [
      { text: 'marigold', action: 'redact' },
      { text: 'gentian', action: 'stop' },
    ];
    expect((await stack.admin.call('POST', '/api/admin/words', { words })).status).toBeLessThan(300);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const kept = await anna.call('GET', path);
    expect(kept.body).toMatchObject({
      messages: [{ role: 'user' }, { content: 'pale ▇▇▇</b> and ', outcome: 'stopped' }],
    });
    const file = await anna.call('GET', `${path}/export?format=markdown`);
    expect(file.text).toContain('pale ▇▇▇');
    expect(`${kept.text}${file.text}`).not.toMatch(/mari|gen\[/);
  });

  it('leaves nothing of what was found in logs and audit', async () => {
    const auditor = await stack.person('auditor@first.example', { roles: ['auditor'] });
    const { text } = await auditor.call('GET', '/api/audit?limit=200');
    // The administrator's own word was written down when it was added.
    const answers = (JSON.parse(text) as { rows: { kind?: string }[] }).rows.filter(
      ({ kind }) => !/^admin\./.test(kind ?? ''),
    );
    expect(answers.length).toBeGreaterThan(5);
    for (const found of [WORD, NUMBER]) {
      expect(JSON.stringify(answers)).not.toContain(found);
      expect(stack.logs()).not.toContain(found);
    }
  });
});
