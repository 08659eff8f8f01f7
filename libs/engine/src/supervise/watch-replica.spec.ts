import { describe, expect, it } from '@jest/globals';
import type { EngineMetrics } from './read-metrics.js';
import type { Answer, Health, ReplicaClient } from './replica-client.js';
import { ManualPace } from './testing/manual-pace.js';
import { watchReplica, type Sight, type WatchParts } from './watch-replica.js';

const LIMITS = {
  lookEveryMs: 1_000,
  lookTimeoutMs: 2_000,
  processesEveryMs: 100,
  silentLooks: 3,
  stallAfterMs: 6_000,
  probeEveryMs: 10_000,
  probeTimeoutMs: 5_000,
  memoryShare: 0.95,
  memoryForMs: 30_000,
  drainMs: 20_000,
};
const IDLE: EngineMetrics = { running: 0, waiting: 0, generatedTokens: 0, promptTokens: 0, cacheUsage: 0 };
const ANSWER: Answer = { text: ' 4', tokens: 1, seconds: 0.05 };

interface World {
  health?: (at: number) => Health;
  metrics?: (at: number) => EngineMetrics | undefined;
  answer?: (at: number) => Promise<Answer | undefined>;
  cardShare?: (at: number) => number | null;
  wantsClimb?: (at: number) => boolean;
  canRelieve?: boolean;
  held?: (at: number) => number;
  gone?: (at: number) => boolean;
}

/** Watches for two virtual minutes at most. */
async function watch(
  world: World,
): Promise<{ ending: unknown; at: number; probes: number; sights: Sight[]; moves: string[] }> {
  const pace = new ManualPace();
  const sights: Sight[] = [];
  const moves: string[] = [];
  let probes = 0;
  const client: ReplicaClient = {
    health: () => Promise.resolve(world.health?.(pace.now()) ?? 'well'),
    metrics: () => Promise.resolve(world.metrics ? world.metrics(pace.now()) : IDLE),
    answer: () => {
      probes += 1;
      return world.answer ? world.answer(pace.now()) : Promise.resolve(ANSWER);
    },
    chat: () => Promise.resolve('answered'),
  };
  const over = new AbortController();
  const parts: WatchParts = {
    client,
    pace,
    limits: LIMITS,
    isWorkerGone: () => world.gone?.(pace.now()) ?? false,
    cardShare: () => Promise.resolve(world.cardShare?.(pace.now()) ?? null),
    onSight: (sight) => {
      sights.push(sight);
      if (pace.now() >= 120_000) over.abort();
    },
    wantsClimb: () => world.wantsClimb?.(pace.now()) ?? false,
    canRelieve: () => world.canRelieve ?? true,
    held: () => world.held?.(pace.now()) ?? 0,
    onLeaving: () => void moves.push(`leaving ${pace.now()}`),
    onStaying: () => void moves.push(`staying ${pace.now()}`),
  };
  const ending = await watchReplica(parts, over.signal);
  return { ending, at: pace.now(), probes, sights, moves };
}

describe('a ready replica', () => {
  it('that is well is asked one token every ten seconds', async () => {
    const { ending, probes, sights } = await watch({});
    expect(ending).toBeUndefined();
    expect(probes).toBeGreaterThanOrEqual(10);
    expect(probes).toBeLessThanOrEqual(12);
    expect(sights).toContainEqual({ probeSeconds: 0.05 });
  });

  it('that says it is dead is given up at once', async () => {
    const { ending, at } = await watch({ health: (now) => (now < 3_000 ? 'well' : 'dead') });
    expect(ending).toEqual({ kind: 'unhealthy' });
    expect(at).toBe(3_000);
  });

  it('may be silent twice, but not three times in a row', async () => {
    expect(
      (await watch({ health: (now) => (now % 3_000 === 0 ? 'well' : 'silent') })).ending,
    ).toBeUndefined();
    expect((await watch({ health: () => 'silent' })).at).toBe(2_000);
    expect((await watch({ health: () => 'refused' })).ending).toEqual({ kind: 'unhealthy' });
  });

  it('is stalled when requests run and no token comes for six seconds, under a healthy /health', async () => {
    const stuck = { ...IDLE, running: 1 };
    const { ending, at } = await watch({
      metrics: (now) => ({ ...stuck, generatedTokens: Math.min(now, 20_000) }),
    });
    expect(ending).toEqual({ kind: 'stalled', seconds: 6 });
    expect(at).toBe(26_000);
  });

  it('is not stalled while it reads a long prompt: the KV cache fills', async () => {
    const { ending } = await watch({ metrics: (now) => ({ ...IDLE, running: 1, cacheUsage: now / 1e6 }) });
    expect(ending).toBeUndefined();
  });

  it('is not stalled by requests that wait while others get their tokens', async () => {
    const { ending, probes } = await watch({
      metrics: (now) => ({ ...IDLE, running: 8, waiting: 500, generatedTokens: now }),
    });
    expect(ending).toBeUndefined();
    expect(probes).toBe(0);
  });

  it('is not stalled by waiting alone', async () => {
    expect((await watch({ metrics: () => ({ ...IDLE, waiting: 3 }) })).ending).toBeUndefined();
  });

  it('is not judged by metrics that cannot be read', async () => {
    const stuck = { ...IDLE, running: 1 };
    const { ending } = await watch({
      metrics: (now) => (now % 5_000 === 0 ? undefined : stuck),
      answer: async () => ANSWER,
    });
    expect(ending).toBeUndefined();
  });

  it('that does not answer a probe while nothing else moves is given up', async () => {
    const { ending } = await watch({ answer: () => Promise.resolve(undefined) });
    expect(ending).toEqual({ kind: 'probe-silent', seconds: 5 });
  });

  it('that does not answer a probe because others were first is busy', async () => {
    let tokens = 0;
    const { ending } = await watch({
      metrics: () => ({ ...IDLE, generatedTokens: tokens }),
      answer: () => {
        tokens += 100;
        return Promise.resolve(undefined);
      },
    });
    expect(ending).toBeUndefined();
  });

  it('whose worker has gone is given up before the next look, while /health still says well', async () => {
    const { ending, at } = await watch({ gone: (now) => now > 4_000 });
    expect(ending).toEqual({ kind: 'log', cause: { kind: 'worker-died' } });
    expect(at).toBe(4_100);
  });

  it('whose card is fuller than 95 % for 30 s is rebuilt; a peak is not', async () => {
    const { ending, at } = await watch({ cardShare: (now) => (now >= 10_000 ? 0.96 : 0.9) });
    expect(ending).toEqual({ kind: 'memory-high', share: 0.96 });
    // The second look without work.
    expect(at).toBe(41_000);
    expect((await watch({ cardShare: (now) => (now % 25_000 === 0 ? 0.9 : 0.99) })).ending).toBeUndefined();
    expect((await watch({ cardShare: () => 0.95 })).ending).toBeUndefined();
  });

  it('is left for a climb when the ladder asks', async () => {
    const { ending, at } = await watch({ wantsClimb: (now) => now >= 50_000 });
    expect([ending, at]).toEqual(['climb', 51_000]);
  });

  it('is not left for a climb under an answer that somebody still reads, nor while others go on for too long', async () => {
    const wantsClimb = (now: number): boolean => now === 30_000;
    const short = await watch({ wantsClimb, held: (now) => (now < 40_000 ? 1 : 0) });
    expect([short.ending, short.at, short.moves]).toEqual(['climb', 41_000, ['leaving 30000']]);
    const long = await watch({ wantsClimb, held: () => 1 });
    expect([long.ending, long.moves]).toEqual([undefined, ['leaving 30000', 'staying 50000']]);
  });

  it('whose card stays full ends running answers first, but not for ever, and is left as it is where no rung helps', async () => {
    const cardShare = (): number => 0.97;
    const drained = await watch({ cardShare, held: (now) => (now < 35_000 ? 1 : 0) });
    expect([drained.ending, drained.at]).toEqual([{ kind: 'memory-high', share: 0.97 }, 36_000]);
    const late = await watch({ cardShare, held: () => 1 });
    expect([late.ending, late.at]).toEqual([{ kind: 'memory-high', share: 0.97 }, 50_000]);
    expect((await watch({ cardShare, canRelieve: false })).ending).toBeUndefined();
  });
});
