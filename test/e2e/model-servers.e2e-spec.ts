import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from '../support/client.js';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';

const SLOW = { content: Array.from({ length: 60 }, () => 'word '), reasoning: [], tokenMs: 25 };
const WITHOUT = { documents: 'none' };

describe('several model servers and gateways', () => {
  let servers: FakeVllm[];
  let stack: Stack;

  beforeAll(async () => {
    servers = await Promise.all([1, 2].map(() => startFakeVllm(['--model', 'm'])));
    const urls = servers.map(({ url }) => url).join(',');
    const settings = { INFERENCE_URL: urls, INFERENCE_SEQUENCES: '20', INFERENCE_WATCH_MS: '1000' };
    stack = await startStack(settings, { worker: false });
  }, 120_000);
  afterAll(async () => {
    await stack?.stop();
    await Promise.all(servers.map((server) => server.stop()));
  });

  const sharesAt = async (url: string) => {
    const { text } = await new Client(url).call('GET', '/metrics');
    return [...text.matchAll(/^lorekeep_replica_share\{.*\} (\d+)$/gm)].map(([, share]) => Number(share));
  };
  const received = async (server: FakeVllm) => (await server.requests()).requests.length;

  it('gateways share the servers, and what one had comes back when it stops', async () => {
    expect(await sharesAt(stack.url)).toEqual([20, 20]);
    const second = await stack.gateway();
    await until(async () => (await sharesAt(stack.url)).every((share) => share === 10));
    await until(async () => (await sharesAt(second)).every((share) => share === 10));
    await stack.terminate(second);
    await until(async () => (await sharesAt(stack.url)).every((share) => share === 20));
  });

  it('one server dies under sixteen answers: every question after it is answered by the other', async () => {
    await Promise.all(servers.map((server) => server.script(SLOW)));
    const running = Array.from({ length: 16 }, (_, at) => stack.admin.ask(`Question ${at}?`, WITHOUT));
    const [one, two] = servers as [FakeVllm, FakeVllm];
    await until(async () => (await received(one)) + (await received(two)) === 16);
    expect(Math.min(await received(one), await received(two))).toBeGreaterThan(0);
    one.process.kill('SIGKILL');
    const after = await Promise.all(
      Array.from({ length: 8 }, (_, at) => stack.admin.ask(`Next ${at}?`, WITHOUT)),
    );
    for (const { events } of after) {
      expect(events.find(({ kind }) => kind === 'model')).toMatchObject({ driver: 'openai-compatible' });
      expect(events.at(-1)).toMatchObject({ kind: 'end', outcome: 'answered' });
    }
    const ends = (await Promise.all(running)).map(({ events }) => events.at(-1)!);
    const broken = ends.filter(({ kind }) => kind === 'error');
    for (const { error } of broken) expect(error).toMatchObject({ code: 'INFERENCE_BROKEN', status: 502 });
    expect(ends.filter(({ kind }) => kind === 'end').length + broken.length).toBe(16);
    const { text } = await stack.client().call('GET', '/metrics');
    expect([...text.matchAll(/^lorekeep_replica_up\{.*\} 0$/gm)].length).toBeLessThanOrEqual(1);
    expect(text).toMatch(/lorekeep_replica_changes_total\{.*state="open".*\} \d/);
  });
});
