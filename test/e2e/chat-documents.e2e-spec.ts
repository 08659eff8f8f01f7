import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI from 'openai';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { startStack, type Stack } from '../support/stack.js';

const LEAVE = '# Leave\n\nEvery employee gets 27 days of annual leave a year.\n';
const question = { role: 'user' as const, content: 'How many days of annual leave do I get?' };
interface Ours {
  lorekeep?: { reference: string; citations: { number: number; title: string }[]; leftOut?: number };
}

describe('documents behind the chat door', () => {
  let vllm: FakeVllm;
  let stack: Stack;
  let openai: OpenAI;

  beforeAll(async () => {
    vllm = await startFakeVllm(['--model', 'llama-3.1-8b']);
    stack = await startStack({ INFERENCE_URL: vllm.url, INFERENCE_MODELS: 'llama-3.1-8b' });
    const made = await stack.admin.call('POST', '/api/collections', { slug: 'handbook', name: 'Handbook' });
    const { id } = made.body as { id: string };
    const readers = [{ principal: 'everyone', effect: 'allow' }];
    await stack.admin.call('PUT', `/api/collections/${id}/readers`, { readers });
    const { body } = await stack.admin.upload(id, 'leave.md', LEAVE);
    await stack.admin.settled((body as { id: string }).id);
    const key = await stack.admin.call('POST', '/api/keys', { name: 'sdk', scopes: ['ask'] });
    openai = new OpenAI({
      baseURL: `${stack.url}/v1`,
      apiKey: (key.body as { key: string }).key,
      maxRetries: 0,
    });
  }, 120_000);
  afterAll(async () => {
    await stack?.stop();
    await vllm?.stop();
  });

  /** What the model server was sent last, as one text. */
  async function lastPrompt(): Promise<string> {
    const { requests } = await vllm.requests();
    return JSON.stringify(requests.at(-1)?.body.messages);
  }

  it('searches for the last user message, whatever was asked before, and names its sources', async () => {
    const earlier = [
      { role: 'user' as const, content: 'Tell me about submarines.' },
      { role: 'assistant' as const, content: 'They dive.' },
    ];
    const answer = await openai.chat.completions.create({
      model: 'llama-3.1-8b',
      messages: [...earlier, question],
    });
    expect(await lastPrompt()).toContain('27 days of annual leave');
    expect((answer as Ours).lorekeep).toMatchObject({
      reference: expect.stringMatching(/^[0-9a-f]{32}$/),
      citations: [{ number: 1, title: 'Leave' }],
    });
  });

  it('names them in the last chunk of a stream', async () => {
    const stream = await openai.chat.completions.create({
      model: 'llama-3.1-8b',
      messages: [question],
      stream: true,
    });
    const chunks: (OpenAI.ChatCompletionChunk & Ours)[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    const last = chunks.findLast((chunk) => chunk.choices[0]?.finish_reason === 'stop');
    expect(last?.lorekeep?.citations).toMatchObject([{ number: 1, title: 'Leave' }]);
  });

  it.each([
    ['the header', { headers: { 'x-lorekeep-documents': 'none' } }, {}],
    ['the field', {}, { lorekeep: { documents: 'none' } }],
    [
      'tools',
      {},
      { tools: [{ type: 'function', function: { name: 'look', parameters: { type: 'object' } } }] },
    ],
    ['a schema', {}, { response_format: { type: 'json_object' } }],
  ])('searches nothing when %s says so', async (_, options, more) => {
    const body = {
      model: 'llama-3.1-8b',
      messages: [question],
      ...more,
    } as OpenAI.ChatCompletionCreateParamsNonStreaming;
    const answer = await openai.chat.completions.create(body, options);
    expect(await lastPrompt()).not.toContain('27 days of annual leave');
    expect((answer as Ours).lorekeep?.citations).toEqual([]);
  });

  it('says that a passage was left out for a word that stops answers, streamed or not', async () => {
    const { body } = await stack.admin.call('POST', '/api/admin/words', {
      words: [{ text: 'employee', action: 'stop' }],
    });
    expect(body).toBeDefined();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const ask = { model: 'llama-3.1-8b', messages: [question] };
    const answer = await openai.chat.completions.create(ask);
    expect((answer as Ours).lorekeep).toMatchObject({ citations: [], leftOut: 1 });
    const told: Ours['lorekeep'][] = [];
    for await (const chunk of await openai.chat.completions.create({ ...ask, stream: true }))
      if ('lorekeep' in chunk) told.push((chunk as Ours).lorekeep);
    expect(told).toMatchObject([{ citations: [], leftOut: 1 }]);
    expect(JSON.stringify([answer, told])).not.toContain('mployee');
  });

  it('searches nothing that the person behind the key may not read', async () => {
    const { body } = await stack.admin.call('GET', '/api/collections');
    const { id } = (body as { rows: { id: string }[] }).rows[0] as { id: string };
    await stack.admin.call('PUT', `/api/collections/${id}/readers`, { readers: [] });
    const answer = await openai.chat.completions.create({ model: 'llama-3.1-8b', messages: [question] });
    expect(await lastPrompt()).not.toContain('27 days of annual leave');
    expect((answer as Ours).lorekeep?.citations).toEqual([]);
  });
});
