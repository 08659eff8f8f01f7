import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import type { BenchSettings } from './bench-options.js';
import { PromptBuilder } from './build-prompts.js';
import type { HttpClient } from './http-client.js';
import type { LoadWatch } from './load-watch.js';
import { measureRound } from './measure-level.js';
import { measureModel, type ModelParts } from './measure-model.js';
import type { Target } from './target.js';
import { modelOf } from './testing/model-report.js';

/** A request that is never answered; ended, it is an error. */
class Unheard extends EventEmitter {
  constructor(private readonly refused: boolean) {
    super();
  }
  end(): void {
    if (this.refused) setImmediate(() => this.emit('error', new Error('connect ECONNREFUSED')));
  }
  destroy(): void {
    this.emit('error', new Error('destroyed'));
  }
}

const TARGET: Target = { kind: 'direct', url: 'http://gpu:8000', label: 'direct', key: undefined };

function partsWith(refused: boolean): ModelParts & { asked: number } {
  const settings = {
    ...{ seed: 0, inputTokens: 30, outputTokens: 4, temperature: 1, goals: undefined, warmup: undefined },
    ...{ requests: 20, rounds: 2, endpoint: 'chat', documents: 'none' },
    levels: [1, 4].map((concurrency) => ({ concurrency, rate: Infinity })),
  } as unknown as BenchSettings;
  const watched = { start: () => undefined, stop: () => Promise.resolve(), seen: () => null };
  const parts = {
    ...{
      settings,
      shape: settings,
      asked: 0,
      timeoutMs: refused ? 60_000 : 1,
      signal: new AbortController().signal,
    },
    ...{ now: () => performance.now(), nextStream: () => 0, processorMs: () => 0, say: () => undefined },
    ...{ ownEnds: new Set<Target>(), silent: new Set<Target>() },
    prompts: new PromptBuilder(0, 30, undefined),
    watch: { begin: () => watched } as unknown as LoadWatch,
    client: { open: () => ((parts.asked += 1), new Unheard(refused)) } as unknown as HttpClient,
  };
  return parts;
}

describe('a server that answers nothing', () => {
  it('ends its round after as many time-outs in a row as are asked for at once', async () => {
    const parts = partsWith(false);
    const load = { requests: 200, rate: Infinity, concurrency: 4 };
    const { records, isHung } = await measureRound(TARGET, 'a', load, parts);
    expect(isHung).toBe(true);
    expect(new Set(records.map(({ failure }) => failure))).toEqual(new Set(['timeout']));
    expect(records.length).toBeGreaterThanOrEqual(4);
    expect(records.length).toBeLessThan(12);
  });

  it.each([
    ['hangs', false, { timeout: 3 }],
    ['is not there', true, { connection: 10 }],
  ])('is asked no further level where it %s, and its failures are told', async (_, refused, failures) => {
    const parts = partsWith(refused);
    const report = modelOf('a', { levels: [] });
    await measureModel(report, [TARGET], parts);
    expect(report.levels).toMatchObject([{ concurrency: 1, figures: { successful: 0, failures } }]);
    expect(parts.silent.has(TARGET)).toBe(true);
    // The warm-up's one, and those of the round.
    expect(parts.asked).toBe(1 + (Object.values(failures)[0] ?? 0));
  });
});
