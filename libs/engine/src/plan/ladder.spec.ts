import { describe, expect, it } from '@jest/globals';
import type { DescribedModel } from '../catalogue/described-model.js';
import { readCatalogue } from '../catalogue/read-catalogue.js';
import { parseGpuNotation } from '../hardware/parse-gpu-notation.js';
import {
  LADDER_STEPS,
  lowerRung,
  MIN_CONTEXT,
  withContext,
  withoutPeerToPeer,
  withUtilization,
} from './ladder.js';
import type { InstancePlan } from './launch-plan.js';
import { planLaunch } from './plan-launch.js';
import { isPlanRefusal } from './plan-refusal.js';
import type { PlanWishes } from './plan-wishes.js';

const models = readCatalogue() as [DescribedModel, DescribedModel];

function plan(id: string, gpus = '2x24564MiB@8.9', wishes: PlanWishes = {}): InstancePlan {
  const wanted = models.filter((model) => id.split('+').includes(model.id));
  const planned = planLaunch(wanted, { gpus: parseGpuNotation(gpus), peerToPeer: false }, wishes);
  if (isPlanRefusal(planned)) throw new Error(planned.sentences.join(' '));
  return planned.instances[0] as InstancePlan;
}

const flagOf = ({ command }: InstancePlan, name: string) => command[command.indexOf(`--${name}`) + 1];

describe('withoutPeerToPeer', () => {
  const pair = (peerToPeer: boolean, gpus = '2x24564MiB@8.9'): InstancePlan => {
    const wanted = models.filter(({ id }) => id === 'gpt-oss-20b');
    const planned = planLaunch(wanted, { gpus: parseGpuNotation(gpus), peerToPeer }, {});
    if (isPlanRefusal(planned)) throw new Error(planned.sentences.join(' '));
    return planned.instances[0] as InstancePlan;
  };

  it('is the plan of cards that have none, and is taken once', () => {
    const first = pair(true);
    expect(first.command).not.toContain('--disable-custom-all-reduce');
    expect(first.environment).not.toHaveProperty('NCCL_P2P_DISABLE');
    const without = withoutPeerToPeer(first) as InstancePlan;
    expect(without).toEqual(pair(false));
    expect(without.command).toContain('--disable-custom-all-reduce');
    expect(without.environment).toMatchObject({ NCCL_P2P_DISABLE: '1' });
    expect(withoutPeerToPeer(without)).toBeUndefined();
  });

  it('is nothing on one card', () => expect(withoutPeerToPeer(pair(true, '1x81559MiB@9.0'))).toBeUndefined());
});

describe('lowerRung', () => {
  it('goes down each rung once, and the command with it', () => {
    const first = plan('gpt-oss-20b');
    const utilization = lowerRung(first, 'utilization') as InstancePlan;
    expect(utilization.utilization).toBe(0.85);
    expect(flagOf(utilization, 'gpu-memory-utilization')).toBe('0.85');
    expect(utilization.memory.kvCache).toBeLessThan(first.memory.kvCache);
    expect(lowerRung(utilization, 'utilization')).toBeUndefined();

    const sequences = lowerRung(utilization, 'sequences') as InstancePlan;
    expect(sequences).toMatchObject({ sequences: 32, utilization: 0.85 });
    expect(flagOf(sequences, 'max-num-seqs')).toBe('32');
    expect(flagOf(sequences, 'max-cudagraph-capture-size')).toBe('32');
    expect(sequences.memory.graphs).toBeLessThan(utilization.memory.graphs);

    const context = lowerRung(sequences, 'context') as InstancePlan;
    expect(context.context).toBe(16_384);
    expect(flagOf(context, 'max-model-len')).toBe('16384');

    const eager = lowerRung(context, 'eager') as InstancePlan;
    expect(eager.command).toContain('--enforce-eager');
    expect(eager.command).not.toContain('--max-cudagraph-capture-size');
    expect(eager.memory.graphs).toBe(0);
    expect(lowerRung(eager, 'eager')).toBeUndefined();
    expect(eager).toMatchObject({ id: first.id, port: first.port, gpus: first.gpus, basis: first.basis });
  });

  it('ends where nothing is left to lower', () => {
    let instance = plan('gpt-oss-20b');
    const steps: string[] = [];
    for (let next: InstancePlan | undefined = instance; next;) {
      const from: InstancePlan = next;
      const step = LADDER_STEPS.find((candidate) => lowerRung(from, candidate) !== undefined);
      next = step && lowerRung(from, step);
      if (next) instance = next;
      if (step) steps.push(step);
      expect(steps.length).toBeLessThan(20);
    }
    expect(instance).toMatchObject({ utilization: 0.85, sequences: 1, context: MIN_CONTEXT, eager: true });
  });

  it('shortens the context where a lower utilisation leaves too little for it', () => {
    const tight = plan('llama-3.1-8b', '20GiB@8.9');
    expect(tight.context).toBeLessThan(32_768);
    const lower = lowerRung(tight, 'utilization') as InstancePlan;
    expect(lower.context).toBeLessThan(tight.context);
    expect(lower.kvTokens).toBeGreaterThanOrEqual(lower.context);
  });

  it('is undefined where the weights would no longer fit', () => {
    const tight = plan('llama-3.1-8b', '18900MiB@8.9');
    expect(tight.memory.kvCache).toBeLessThan(tight.memory.budget / 10);
    expect(lowerRung(tight, 'utilization')).toBeUndefined();
  });

  it("lowers a share of the cards by as much as a whole card's", () => {
    const shared = plan('gpt-oss-20b+llama-3.1-8b', '2x48GiB@8.9');
    expect(shared.utilization).toBeLessThan(0.5);
    const lower = lowerRung(shared, 'utilization') as InstancePlan;
    expect(lower.utilization / shared.utilization).toBeCloseTo(0.85 / 0.9, 2);
    expect(lowerRung(lower, 'utilization')).toBeUndefined();
  });
});

describe('withContext and withUtilization', () => {
  const instance = plan('gpt-oss-20b');

  it('take what a failed start named', () => {
    expect(withContext(instance, 19_280)?.context).toBe(19_200);
    expect(withUtilization(instance, 0.8123)?.utilization).toBe(0.812);
  });

  it.each([MIN_CONTEXT - 1, 131_073, 0, -5, Number.NaN])('refuse a context of %p', (tokens) => {
    expect(withContext(instance, tokens)).toBeUndefined();
  });

  it.each([0, 1, -1, 0.2, Number.NaN])('refuse a utilisation of %p', (share) => {
    expect(withUtilization(instance, share)).toBeUndefined();
  });

  it('hold the least context', () => {
    expect(withContext(instance, MIN_CONTEXT)?.context).toBe(MIN_CONTEXT);
  });
});
