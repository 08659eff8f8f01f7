import { describe, expect, it } from '@jest/globals';
import { systemClock } from '@lorekeep/kit/clock';
import { SILENT } from '../observer.js';
import type { OpenAiDriver } from '../openai/openai-driver.js';
import { Replica, replicaName } from './replica.js';
import { Replicas } from './replicas.js';

const [ONE, TWO] = ['https://gpu-1:8090', 'https://gpu-2:8090'] as const;

/** Replicas with one of the settings, and what became of those that registered themselves. */
function made() {
  const [told, created, left]: [string[], string[], string[]] = [[], [], []];
  let answer: (well: boolean) => void = () => undefined;
  const replicaAt = (address: string) => {
    created.push(address);
    const driver = {
      healthy: () => new Promise<boolean>((done) => (answer = done)),
      models: async () => ({ cards: [], instances: [] }),
      leave: async () => void left.push(address),
    } as unknown as OpenAiDriver;
    return new Replica(replicaName(address), driver, 8, systemClock);
  };
  const fixed = replicaAt(ONE);
  created.length = 0;
  const observer = {
    ...SILENT,
    hostChanged: (name: string, state: string) => void told.push(`${name} ${state}`),
    replicaChanged: (name: string, state: string) => void told.push(`${name} ${state}`),
  };
  const replicas = new Replicas([fixed], observer, replicaAt);
  return { replicas, told, created, left, answer: (well: boolean) => answer(well) };
}

describe('hosts that register themselves', () => {
  it('stand beside those of the settings, each made once, and leave with what they are at', () => {
    const { replicas, told, created, left } = made();
    for (let round = 0; round < 3; round++) replicas.keepHosts([ONE, TWO]);
    expect(replicas.all.map(({ name }) => name)).toEqual(['gpu-1:8090', 'gpu-2:8090']);
    // The one of the settings is asked already.
    expect(created).toEqual([TWO]);
    replicas.keepHosts([]);
    expect(replicas.all.map(({ name }) => name)).toEqual(['gpu-1:8090']);
    expect(left).toEqual([TWO]);
    expect(told).toEqual(['gpu-2:8090 registered', 'gpu-2:8090 gone']);
  });

  it('leave although another cannot be made', () => {
    const { replicas, created, left } = made();
    replicas.keepHosts([TWO]);
    created.push = () => {
      throw new Error('INFERENCE_TLS_CERT cannot be read');
    };
    expect(() => replicas.keepHosts(['https://gpu-3:8090'])).toThrow('INFERENCE_TLS_CERT');
    expect(left).toEqual([TWO]);
    expect(replicas.all.map(({ name }) => name)).toEqual(['gpu-1:8090']);
  });

  it('are told as away by no look that ends after they left', async () => {
    const { replicas, told, answer } = made();
    replicas.keepHosts([TWO]);
    const looking = replicas.check(replicas.all[1] as Replica);
    replicas.keepHosts([]);
    answer(false);
    expect(await looking).toBe(false);
    expect(told).toEqual(['gpu-2:8090 registered', 'gpu-2:8090 gone']);
  });
});
