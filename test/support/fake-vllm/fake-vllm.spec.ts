import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startFakeVllm, type FakeVllm } from './start.js';

// Field names as recorded from vLLM 0.26.0 under tensor parallelism 2.
const COMPLETION =
  'id object created model choices service_tier system_fingerprint usage prompt_logprobs prompt_token_ids prompt_text kv_transfer_params ec_transfer_params metrics';
const CHOICE = 'index message logprobs finish_reason stop_reason token_ids routed_experts';
const MESSAGE = 'role content refusal annotations audio function_call reasoning';
const CHUNK = 'id object created model choices';
const names = (value: object): string => Object.keys(value).join(' ');

type Json = Record<string, never>;
const question = { model: 'gpt-oss-20b', messages: [{ role: 'user', content: 'Hi?' }] };

describe('fake vLLM', () => {
  let fake: FakeVllm;
  beforeAll(async () => {
    fake = await startFakeVllm();
  });
  afterEach(() => fake.reset());
  afterAll(() => fake.stop());

  const ask = (body: object, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${fake.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const events = async (body: object): Promise<string[]> =>
    (await (await ask({ stream: true, ...body })).text()).split('\n\n').filter(Boolean);

  it('answers whole with the recorded fields', async () => {
    const body = (await (await ask(question, { 'x-request-id': 'lorekeep-42' })).json()) as {
      id: string;
      choices: { message: object }[];
      usage: object;
    };
    expect(body.id).toBe('chatcmpl-lorekeep-42');
    expect(names(body)).toBe(COMPLETION);
    expect(names(body.choices[0]!)).toBe(CHOICE);
    expect(names(body.choices[0]!.message)).toBe(MESSAGE);
    expect(names(body.usage)).toBe('prompt_tokens total_tokens completion_tokens prompt_tokens_details');
  });

  it('streams role, reasoning, content, finish, usage with empty choices, [DONE]', async () => {
    const lines = await events({ ...question, stream_options: { include_usage: true } });
    const chunks = lines.slice(0, -1).map((line) => JSON.parse(line.slice('data: '.length)) as Json);
    expect(lines.at(-1)).toBe('data: [DONE]');
    const [first, second] = chunks as unknown as { choices: { delta: object }[] }[];
    expect(names(first!)).toBe(`${CHUNK} prompt_token_ids prompt_text`);
    expect(first!.choices[0]!.delta).toEqual({ role: 'assistant', content: '' });
    expect(names(second!)).toBe(CHUNK);
    expect(names(second!.choices[0]!)).toBe('index delta logprobs finish_reason token_ids');
    expect(names(second!.choices[0]!.delta)).toBe('reasoning');
    const finish = chunks.at(-2) as unknown as { choices: { finish_reason: string }[] };
    expect(names(finish)).toBe(`${CHUNK} system_fingerprint`);
    expect(finish.choices[0]!.finish_reason).toBe('stop');
    const usage = chunks.at(-1) as unknown as { choices: unknown[] };
    expect(names(usage)).toBe(`${CHUNK} usage system_fingerprint`);
    expect(usage.choices).toEqual([]);
  });

  it('quotes the first document with [1]', async () => {
    const content =
      'Q\n<document-ab12 number="1" title="Leave">\nStaff have 25 days. More.\n</document-ab12>\n';
    const body = (await (await ask({ ...question, messages: [{ role: 'user', content }] })).json()) as {
      choices: { message: { content: string } }[];
    };
    expect(body.choices[0]!.message.content).toBe('Staff have 25 days. [1]');
  });

  it.each([
    [{ ...question, model: 'nope' }, 404, 'NotFoundError'],
    [{ ...question, max_tokens: 0 }, 400, 'BadRequestError'],
    [{ ...question, cache_salt: '' }, 400, 'Bad Request'],
    [{ model: 'gpt-oss-20b' }, 400, 'Bad Request'],
    [{ ...question, max_tokens: 40_000 }, 400, 'BadRequestError'],
  ])('refuses %j with %i', async (body, status, type) => {
    const response = await ask(body);
    expect(response.status).toBe(status);
    const { error } = (await response.json()) as { error: { type: string; code: number } };
    expect(names(error)).toBe('message type param code');
    expect(error).toMatchObject({ type, code: status });
  });

  it('sends an error event followed by [DONE] when the engine dies', async () => {
    await fake.fault('error-mid-stream', { after: 3 });
    const lines = await events(question);
    expect(lines).toHaveLength(5);
    expect(lines[3]).toBe(
      'data: {"error": {"message": "EngineCore encountered an issue. See stack trace (above) for the root cause.", "type": "InternalServerError", "param": null, "code": 500}}',
    );
    expect(lines[4]).toBe('data: [DONE]');
  });

  it('shares cached prefixes only under the same salt', async () => {
    const long = { ...question, messages: [{ role: 'user', content: 'same long prefix '.repeat(40) }] };
    const cached = async (salt: string): Promise<number> => {
      const body = (await (await ask({ ...long, cache_salt: salt })).json()) as {
        usage: { prompt_tokens_details: { cached_tokens: number } };
      };
      return body.usage.prompt_tokens_details.cached_tokens;
    };
    expect(await cached('a')).toBe(0);
    expect(await cached('a')).toBeGreaterThan(100);
    expect(await cached('b')).toBe(0);
  });

  it('counts a caller who goes away and records priority and salt', async () => {
    await fake.fault('stall', { after: 2 });
    const gone = new AbortController();
    const response = await fetch(`${fake.url}/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ ...question, stream: true, priority: -5, cache_salt: 's' }),
      signal: gone.signal,
    });
    await response.body!.getReader().read();
    gone.abort();
    await expect(response.text()).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { aborted, requests } = await fake.requests();
    expect(aborted).toBe(1);
    expect(requests[0]).toMatchObject({ state: 'aborted', body: { priority: -5, cache_salt: 's' } });
  });

  it('has the open routes of vLLM', async () => {
    expect((await fetch(`${fake.url}/health`)).status).toBe(200);
    expect(await (await fetch(`${fake.url}/metrics`)).text()).toContain(
      'vllm:num_requests_running{engine="0"',
    );
    const models = (await (await fetch(`${fake.url}/v1/models`)).json()) as { data: { id: string }[] };
    expect(models.data[0]).toMatchObject({ id: 'gpt-oss-20b', max_model_len: 32768, owned_by: 'vllm' });
    const counted = await fetch(`${fake.url}/tokenize`, { method: 'POST', body: '{"prompt":"one two"}' });
    expect(await counted.json()).toMatchObject({ count: 2, token_strs: null });
    expect(await (await fetch(`${fake.url}/nothing`)).json()).toEqual({ detail: 'Not Found' });
  });
});
