import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFakeVllm, type FakeVllm } from '../../../../test/support/fake-vllm/start.js';
import { readCatalogue } from '../catalogue/read-catalogue.js';
import { cards, gptOss, plan } from '../plan/testing/planning.js';
import { checkAnswers } from './check-answers.js';
import { replicaClient, type ReplicaAddress } from './replica-client.js';
import { warmReplica } from './warm-replica.js';

const embedding = readCatalogue().find(({ task }) => task === 'embed')!;

describe('a model that makes vectors', () => {
  let vllm: FakeVllm;
  let address: ReplicaAddress;

  beforeAll(async () => {
    vllm = await startFakeVllm(['--model', embedding.id, '--runner', 'pooling', '--api-key', 'k']);
    address = { port: Number(new URL(vllm.url).port), model: embedding.id, key: 'k', task: 'embed' };
  });
  afterAll(() => vllm.stop());

  it('is ready once it answers with vectors, the same ones twice', async () => {
    const client = replicaClient(address);
    expect(await checkAnswers(client, 2_000)).toBe('well');
    expect(await client.chat(2_000)).toBe('answered');
    expect(await warmReplica(client, { batches: [1, 8], prompts: [16, 32] }, 2_000, () => undefined)).toBe(
      true,
    );
    expect(await client.metrics(2_000)).toBeDefined();
  });

  it('is not ready where it writes, or is refused', async () => {
    const writing = replicaClient({ ...address, task: 'write' });
    expect(await checkAnswers(writing, 2_000)).toBe('silent');
    expect(await writing.chat(2_000)).toBe('unanswered');
    const stranger = replicaClient({ ...address, key: 'wrong' });
    expect(await checkAnswers(stranger, 2_000)).toBe('silent');
  });

  it('is served with the pooling runner, beside a model that writes', () => {
    const { instances } = plan([gptOss, embedding], cards('2x24564MiB@8.9'));
    const commands = instances.map(({ command }) => command.join(' '));
    expect(commands.map((command) => command.includes('--runner pooling'))).toEqual([false, true]);
    expect(plan([embedding], cards('1x16384MiB@8.6')).instances).toHaveLength(1);
  });
});
