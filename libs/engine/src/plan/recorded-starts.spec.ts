import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describedModelSchema, type DescribedModel } from '../catalogue/described-model.js';
import { readCatalogue } from '../catalogue/read-catalogue.js';
import type { Hardware } from '../hardware/hardware.js';
import { GIB } from './describe-size.js';
import { estimateMemory, type FixedMemory } from './estimate-memory.js';
import { kvTokens, longestContext, requestBytes } from './kv-tokens.js';
import { planLaunch } from './plan-launch.js';
import { isPlanRefusal } from './plan-refusal.js';

interface RecordedShape {
  readonly name: string;
  readonly model: string;
  readonly vocab?: number;
  readonly tensorParallel: number;
  readonly utilization: number;
  readonly context: number;
  readonly sequences: number;
  readonly batchedTokens: number;
  readonly eager: boolean;
  readonly weightsGiB: number;
  readonly kvCacheGiB: number;
}

interface RecordedStart extends RecordedShape {
  readonly activationGiB: number;
  readonly nonTorchGiB: number;
  readonly graphsGiB: number;
  readonly beforeStartGiB: number;
  readonly kvTokens: number;
  readonly atOnce: number;
}

interface RecordedCount {
  readonly name: string;
  readonly model: string;
  readonly architecture: Partial<DescribedModel['architecture']>;
  readonly tensorParallel: number;
  readonly batchedTokens: number;
  readonly context: number;
  readonly kvCacheGiB: number;
  readonly kvTokens: number;
}

interface RecordedFailure extends RecordedShape {
  readonly neededKvGiB?: number;
  readonly longestContext?: number;
}

const recorded = JSON.parse(
  readFileSync(join(process.cwd(), 'libs/engine/src/plan/recorded-starts.json'), 'utf8'),
) as {
  cardGiB: number;
  starts: RecordedStart[];
  counts: RecordedCount[];
  failures: RecordedFailure[];
  moreCardsThanThereAre: { model: string; tensorParallel: number; cards: number }[];
  contextOverModel: { model: string; max: number; context: number };
  memoryTaken: { freeGiB: number; utilization: number; wantedGiB: number };
};

/** Five in a hundred of the recorded value, and the half digit that the log rounded away. */
const tolerance = (value: number): number => Math.abs(value) * 0.05 + 0.005;
const closeTo = (actual: number, value: number): void => {
  expect(Math.abs(actual - value)).toBeLessThanOrEqual(tolerance(value));
};

function modelOf({ model: id, vocab }: RecordedShape): DescribedModel {
  const model = readCatalogue().find((entry) => entry.id === id);
  if (!model) throw new Error(`no ${id}`);
  const architecture = { ...model.architecture, ...(vocab === undefined ? {} : { vocab }) };
  return describedModelSchema.parse({ ...model, architecture });
}

function estimate(start: RecordedShape): { fixed: FixedMemory; kvCache: number } {
  const model = modelOf(start);
  const fixed = estimateMemory(model, model.kernels[0] as DescribedModel['kernels'][number], start);
  const taken = fixed.weights + fixed.activation + fixed.nonTorch + (fixed.graphsInBudget ? fixed.graphs : 0);
  return { fixed, kvCache: start.utilization * recorded.cardGiB * GIB - taken };
}

const shapeOf = (start: RecordedShape) => ({ ...start, architecture: modelOf(start).architecture });

describe.each(recorded.starts)('$name', (start) => {
  const { fixed, kvCache } = estimate(start);

  it.each([
    ['weights', start.weightsGiB],
    ['activation', start.activationGiB],
    ['nonTorch', start.nonTorchGiB],
    ['graphs', start.graphsGiB],
    ['beforeStart', start.beforeStartGiB],
  ] as const)('%s within 5 %%', (part, value) => closeTo(fixed[part] / GIB, value));

  it('KV cache and its tokens within 5 %', () => {
    closeTo(kvCache / GIB, start.kvCacheGiB);
    const tokens = kvTokens(shapeOf(start), kvCache, start.context);
    closeTo(tokens, start.kvTokens);
    closeTo(tokens / start.context, start.atOnce);
  });

  it('counts the tokens of a given cache as vLLM does, to a thousandth', () => {
    const tokens = kvTokens(shapeOf(start), start.kvCacheGiB * GIB, start.context);
    expect(Math.abs(tokens / start.kvTokens - 1)).toBeLessThan(0.001);
  });
});

it.each(recorded.counts)('tokens of a cache: $name', ({ model, architecture, ...count }) => {
  const known = readCatalogue().find(({ id }) => id === model);
  const shape = { ...count, architecture: { ...(known as DescribedModel).architecture, ...architecture } };
  const tokens = kvTokens(shape, count.kvCacheGiB * GIB, count.context);
  expect(Math.abs(tokens / count.kvTokens - 1)).toBeLessThan(0.002);
});

describe('starts that failed', () => {
  const [tooLong, noRoom] = recorded.failures as [RecordedFailure, RecordedFailure];
  const hardware = (used = 0): Hardware => {
    const memory = recorded.cardGiB * GIB;
    const gpu = { index: 0, uuid: undefined, name: 'H200', memory, used, capability: 9, driver: undefined };
    return { gpus: [gpu], peerToPeer: true };
  };
  const wishes = ({ utilization, context, sequences, batchedTokens, eager }: RecordedShape) => ({
    utilization,
    context,
    sequences,
    batchedTokens,
    eager,
  });

  it('context too long: what one request needs, and the longest that fits', () => {
    const { fixed, kvCache } = estimate(tooLong);
    closeTo(fixed.weights / GIB, tooLong.weightsGiB);
    closeTo(kvCache / GIB, tooLong.kvCacheGiB);
    closeTo(requestBytes(shapeOf(tooLong), tooLong.context) / GIB, tooLong.neededKvGiB ?? 0);
    closeTo(longestContext(shapeOf(tooLong), kvCache, tooLong.context), tooLong.longestContext ?? 0);
    const refusal = planLaunch([modelOf(tooLong)], hardware(), wishes(tooLong));
    expect(refusal).toMatchObject({ code: 'NO_ROOM_FOR_CONTEXT' });
    if (isPlanRefusal(refusal)) closeTo(Number(refusal.facts['longest']), tooLong.longestContext ?? 0);
  });

  it('no room for the weights', () => {
    const { kvCache } = estimate(noRoom);
    closeTo(kvCache / GIB, noRoom.kvCacheGiB);
    const refusal = planLaunch([modelOf(noRoom)], hardware(), wishes(noRoom));
    expect(refusal).toMatchObject({ code: 'NO_ROOM_FOR_WEIGHTS' });
  });

  it.each(recorded.moreCardsThanThereAre)('$tensorParallel cards of $cards', ({ model: id, ...start }) => {
    const { gpus } = hardware();
    const cards = Array.from({ length: start.cards }, (_, index) => ({
      ...gpus[0],
      index,
    })) as Hardware['gpus'];
    const model = readCatalogue().find((entry) => entry.id === id) as DescribedModel;
    const refusal = planLaunch([model], { gpus: cards, peerToPeer: true }, start);
    expect(refusal).toMatchObject({
      code: 'TOO_MANY_GPUS',
      facts: { needed: start.tensorParallel, found: 2 },
    });
  });

  it('a context that the model was not made for', () => {
    const { model: id, max, context } = recorded.contextOverModel;
    const known = readCatalogue().find((entry) => entry.id === id) as DescribedModel;
    const model = { ...known, context: { default: max, max } };
    expect(planLaunch([model], hardware(), { context })).toMatchObject({
      code: 'CONTEXT_OVER_MODEL',
      facts: { context, max },
    });
  });

  it('memory taken by others', () => {
    const { freeGiB, utilization, wantedGiB } = recorded.memoryTaken;
    closeTo(utilization * recorded.cardGiB, wantedGiB);
    const refusal = planLaunch([modelOf(tooLong)], hardware((recorded.cardGiB - freeGiB) * GIB), {
      utilization,
    });
    expect(refusal).toMatchObject({ code: 'MEMORY_TAKEN' });
    if (!isPlanRefusal(refusal)) return;
    const most = Number(refusal.facts['most']);
    expect(most).toBeLessThan(freeGiB / recorded.cardGiB);
    expect(
      isPlanRefusal(
        planLaunch([modelOf(tooLong)], hardware((recorded.cardGiB - freeGiB) * GIB), { utilization: most }),
      ),
    ).toBe(false);
  });
});
