import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startFakeVllm, type FakeVllm } from '../../../../test/support/fake-vllm/start.js';
import { readCatalogue } from '../catalogue/read-catalogue.js';
import type { EngineHost } from '../host/engine-host.js';
import { pipeRequest } from '../host/pipe-request.js';
import { cards, gptOss, plan } from '../plan/testing/planning.js';
import { checkAnswers } from './check-answers.js';
import { replicaClient, type ReplicaAddress } from './replica-client.js';
import { warmReplica } from './warm-replica.js';

const speech = readCatalogue().find(({ task }) => task === 'transcribe')!;

describe('a model that listens', () => {
  let vllm: FakeVllm;
  let address: ReplicaAddress;

  beforeAll(async () => {
    vllm = await startFakeVllm(['--model', speech.id, '--api-key', 'k']);
    address = { port: Number(new URL(vllm.url).port), model: speech.id, key: 'k', task: 'transcribe' };
  });
  afterAll(() => vllm.stop());

  it('is ready once it hears silence, the same twice', async () => {
    const client = replicaClient(address);
    expect(await checkAnswers(client, 10_000)).toBe('well');
    expect(await client.chat(10_000)).toBe('answered');
    expect(await warmReplica(client, { batches: [1, 8], prompts: [] }, 10_000, () => undefined)).toBe(true);
    await vllm.script({ content: [] });
    expect(await checkAnswers(client, 10_000)).toBe('well');
    await vllm.reset();
  });

  it('is not ready where it writes, or is refused', async () => {
    const writing = replicaClient({ ...address, task: 'write' });
    expect(await checkAnswers(writing, 10_000)).toBe('silent');
    expect(await writing.chat(10_000)).toBe('unanswered');
    const stranger = replicaClient({ ...address, key: 'wrong' });
    expect(await checkAnswers(stranger, 10_000)).toBe('silent');
  });

  it('is served beside a model that writes, without a prefix cache', () => {
    const { instances } = plan([gptOss, speech], cards('2x24564MiB@8.9'));
    const commands = instances.map(({ command }) => command.join(' '));
    expect(commands.map((command) => command.includes('--no-enable-prefix-caching'))).toEqual([false, true]);
    expect(commands[1]).toContain('--max-model-len 448');
    const [limit, below] = [1500, 1499].map(
      (batchedTokens) => () => plan([speech], cards('1x8192MiB@7.5'), { sequences: 8, batchedTokens }),
    );
    expect(limit!().instances).toHaveLength(1);
    expect(below).toThrow(/too small/);
    const [alone] = plan([speech], cards('1x8192MiB@7.5')).instances;
    expect(alone?.sequences).toBeGreaterThanOrEqual(8);
  });
});

describe('the door of an engine host, for recordings', () => {
  let hearing: FakeVllm;
  let writing: FakeVllm;
  let server: Server;
  let url: string;

  beforeAll(async () => {
    [hearing, writing] = await Promise.all([
      startFakeVllm(['--model', speech.id]),
      startFakeVllm(['--model', 'writes']),
    ]);
    const replicas = [writing, hearing].map((fake, at) => ({
      plan: { id: String(at), port: Number(new URL(fake.url).port) },
      ...{ model: ['writes', speech.id][at], key: '' },
    }));
    const host = {
      choose: (model?: string) => replicas.find((replica) => model === undefined || replica.model === model),
      hold: () => () => undefined,
      status: () => ({ instances: [] }),
    } as unknown as EngineHost;
    server = createServer((request, response) => void pipeRequest(host, request, response));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.close();
    await Promise.all([hearing, writing].map((fake) => fake.stop()));
  });

  function send(model: string, bytes: number): Promise<Response> {
    const form = new FormData();
    form.set('model', model);
    form.set('file', new Blob([Buffer.concat([Buffer.from('ID3'), Buffer.alloc(bytes - 3)])]), 'a.mp3');
    return fetch(`${url}/v1/audio/transcriptions`, { method: 'POST', body: form });
  }

  it('leads to the replica of the model that the form begins with', async () => {
    expect(await (await send(speech.id, 100)).json()).toMatchObject({ text: expect.any(String) });
    expect((await send('nobody', 100)).status).toBe(404);
    expect((await writing.requests()).requests).toEqual([]);
  });

  it('takes what is larger than any question', async () => {
    const large = 16 * 1024 * 1024 + 1;
    // Seventeen minutes: it is vLLM that finds that too long.
    const answer = (await (await send(speech.id, large)).json()) as { error: { message: string } };
    expect(answer.error.message).toMatch(/^Audio exceeds/);
    const question = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body: 'x'.repeat(large) });
    expect(question.status).toBe(413);
  });
});
