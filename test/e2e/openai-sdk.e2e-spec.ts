import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI from 'openai';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { startStack, type Stack } from '../support/stack.js';

describe('the openai SDK, unchanged', () => {
  let vllm: FakeVllm;
  let stack: Stack;
  let openai: OpenAI;

  beforeAll(async () => {
    vllm = await startFakeVllm(['--model', 'gpt-oss-20b']);
    stack = await startStack(
      { INFERENCE_URL: vllm.url, INFERENCE_MODELS: 'gpt-oss-20b,fault-reset' },
      { worker: false },
    );
    const { body } = await stack.admin.call('POST', '/api/keys', { name: 'sdk', scopes: ['ask'] });
    openai = new OpenAI({ baseURL: `${stack.url}/v1`, apiKey: (body as { key: string }).key, maxRetries: 0 });
  }, 120_000);
  afterAll(async () => {
    await stack.stop();
    await vllm.stop();
  });
  const messages = [{ role: 'user' as const, content: 'Say something about rivers.' }];

  it('lists models and answers in one piece', async () => {
    const models = await openai.models.list();
    expect(models.data.map(({ id }) => id)).toContain('gpt-oss-20b');
    const answer = await openai.chat.completions.create({ model: 'gpt-oss-20b', messages });
    expect(answer.choices[0]?.message.content).not.toBe('');
    expect(answer.choices[0]?.finish_reason).toBe('stop');
    expect(answer.usage?.total_tokens).toBeGreaterThan(0);
  });

  it('streams the same text, with usage when asked for, and without reasoning', async () => {
    const stream = await openai.chat.completions.create({
      model: 'gpt-oss-20b',
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    let usage: OpenAI.CompletionUsage | null | undefined;
    let raw = '';
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      usage = chunk.usage ?? usage;
      raw += JSON.stringify(chunk);
    }
    expect(text).not.toBe('');
    expect(usage?.completion_tokens).toBeGreaterThan(0);
    expect(raw).not.toContain('"reasoning"');
    expect(raw).not.toContain('cached_tokens');
  });

  it("turns our errors into the SDK's own classes", async () => {
    await expect(openai.chat.completions.create({ model: 'no-such', messages })).rejects.toBeInstanceOf(
      OpenAI.NotFoundError,
    );
    await expect(
      openai.chat.completions.create({ model: 'gpt-oss-20b', messages, logprobs: true }),
    ).rejects.toBeInstanceOf(OpenAI.BadRequestError);
    const stranger = new OpenAI({ baseURL: `${stack.url}/v1`, apiKey: 'lk-nothing', maxRetries: 0 });
    await expect(stranger.models.list()).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
    const unknown = { model: 'gpt-oss-20b', messages, cache_salt: 'x' } as never;
    await expect(openai.chat.completions.create(unknown)).rejects.toBeInstanceOf(OpenAI.BadRequestError);
  });

  it('says itself what a caller got wrong, before the model server does', async () => {
    const ask = (more: object) =>
      openai.chat.completions.create({ model: 'gpt-oss-20b', messages, ...more } as never);
    const named = (name: string) => ({ type: 'function', function: { name } });
    for (const [param, more] of [
      ['tool_choice', { tool_choice: 'required' }],
      ['tool_choice', { tool_choice: named('b'), tools: [named('a')] }],
      ['response_format', { response_format: { type: 'json_schema', json_schema: { schema: {} } } }],
      ['stop', { stop: '' }],
    ] as const)
      await expect(ask(more)).rejects.toMatchObject({ status: 400, param });
    const answer = (await ask({ tool_choice: 'auto', stop: ['You'] })) as OpenAI.ChatCompletion;
    expect(answer.choices[0]).toMatchObject({ message: { content: '' }, finish_reason: 'stop' });
  });

  it('sends the model server our priority and salt, and nothing that a caller could smuggle', async () => {
    const { requests } = await vllm.requests();
    const bodies = requests.map(({ body }) => body);
    expect(bodies.length).toBeGreaterThan(0);
    for (const body of bodies) {
      expect(body.cache_salt).toMatch(/^[\w-]{43}$/);
      expect(typeof body.priority).toBe('number');
    }
  });

  it('ends a stopped stream as a stream should end, for every way of cutting the word', async () => {
    await stack.admin.call('POST', '/api/admin/words', { words: [{ text: 'SECRETWORD', action: 'stop' }] });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    for (const cut of [1, 3, 5, 9]) {
      const content = ['the ', 'SECRETWORD'.slice(0, cut), 'SECRETWORD'.slice(cut), ' is here'];
      await vllm.script({ content, reasoning: [], times: 1 });
      const stream = await openai.chat.completions.create({ model: 'gpt-oss-20b', messages, stream: true });
      let text = '';
      let finish: string | null = null;
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? '';
        finish = chunk.choices[0]?.finish_reason ?? finish;
      }
      expect(text).toBe('the ');
      expect(finish).toBe('content_filter');
    }
  });

  it('has the arguments of a call whole when the next one begins, though a word might begin in them', async () => {
    const toolCalls = ['s', 'se'].map((unit, at) => ({
      ...{ id: `call-${at}`, name: 'look', arguments: JSON.stringify({ unit }) },
    }));
    await vllm.script({ reasoning: [], content: [], toolCalls, finish: 'tool_calls', times: 1 });
    const tools = [
      { type: 'function' as const, function: { name: 'look', parameters: { type: 'object' as const } } },
    ];
    const done: string[] = [];
    const runner = openai.chat.completions.stream({ model: 'gpt-oss-20b', messages, tools });
    runner.on('tool_calls.function.arguments.done', (call) => void done.push(call.arguments));
    await runner.done();
    expect(done).toEqual(toolCalls.map((call) => call.arguments));
  });

  it('tells a broken answer from a finished one', async () => {
    const consume = async () => {
      const stream = await openai.chat.completions.create({ model: 'fault-reset', messages, stream: true });
      for await (const chunk of stream) void chunk;
    };
    await expect(consume()).rejects.toThrow();
  });
});
