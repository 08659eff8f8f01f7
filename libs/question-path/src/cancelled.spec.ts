import { describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { ManualClock } from '@lorekeep/kit/clock';
import type { AnswerEvent } from './ports.js';
import { QuestionPath } from './question-path.js';
import {
  finish,
  LIMITS,
  MODEL,
  pathOf,
  pathWorld,
  person,
  question,
  text,
  walk,
} from './testing/path-world.js';

describe('a caller who goes away', () => {
  it.each(['accepted', 'step', 'citations', 'model', 'text'] as const)(
    'at the event %s: the model is let go, the quota settled, the record closed as cancelled',
    async (last) => {
      const world = pathWorld();
      for await (const event of pathOf(world).ask(person(), question())) if (event.kind === last) break;
      expect(world.records).toHaveLength(1);
      expect(world.records[0]?.closed?.outcome).toBe('cancelled');
      expect(world.settled).toHaveLength(1);
      expect(world.released).toBe(world.log.includes('model asked'));
    },
  );

  it('is charged for what was used until then', async () => {
    const world = pathWorld({ answer: [MODEL, text('123456789'), text('never read'), finish()] });
    for await (const event of pathOf(world).ask(person(), question())) if (event.kind === 'text') break;
    const prompt = Math.ceil((39 + 'Everyone has thirty days of annual leave.'.length) / 3);
    expect(world.settled).toEqual([{ id: 'r1', tokens: prompt + 3 }]);
    expect(world.records[0]?.closed?.detail).toMatchObject({
      tokens: { prompt, completion: 3, estimated: true },
      answer: '123456789',
    });
  });

  it('pays nothing where no model was asked', async () => {
    const world = pathWorld();
    for await (const event of pathOf(world).ask(person(), question())) if (event.kind === 'accepted') break;
    expect(world.settled).toEqual([{ id: 'r1', tokens: 0 }]);
  });

  it('after the last word changes nothing: the question was answered and recorded as such', async () => {
    const world = pathWorld();
    for await (const event of pathOf(world).ask(person(), question())) if (event.kind === 'finish') break;
    expect(world.records[0]?.closed?.outcome).toBe('answered');
    expect(world.log.filter((entry) => entry === 'closed')).toHaveLength(1);
    expect(world.settled).toHaveLength(1);
  });

  it('by signal while the model thinks: even a driver that does not notice is left behind', async () => {
    const world = pathWorld();
    const gone = new AbortController();
    let told = false;
    const driver = {
      name: 'openai-compatible' as const,
      async *answer(ctx: { signal: AbortSignal }): AsyncGenerator<AnswerEvent> {
        ctx.signal.addEventListener('abort', () => (told = true));
        yield MODEL;
        await new Promise(() => undefined);
      },
    };
    world.ports = {
      ...world.ports,
      drivers: { ...world.ports.drivers, choose: async () => ({ model: 'm', driver }) },
    };
    setTimeout(() => gone.abort(), 20);
    const { error } = await walk(world, question(), { ctx: person({ signal: gone.signal }) });
    expect(error).toMatchObject({ code: 'INFERENCE_CANCELLED' });
    expect(told).toBe(true);
    expect(world.records[0]?.closed?.outcome).toBe('cancelled');
    expect(world.settled).toHaveLength(1);
  });

  it('before the model was asked: it is not asked, and nothing is charged', async () => {
    const world = pathWorld();
    const { error } = await walk(world, question(), { ctx: person({ signal: AbortSignal.abort() }) });
    expect(error).toMatchObject({ code: 'INFERENCE_CANCELLED' });
    expect(world.log).toEqual(['reserved', 'opened', 'accepted', 'settled', 'closed']);
    expect(world.settled).toEqual([{ id: 'r1', tokens: 0 }]);
    expect(world.records[0]?.closed?.outcome).toBe('cancelled');
  });

  it('and a driver whose clean-up hangs holds up neither the quota nor the record', async () => {
    const world = pathWorld();
    const driver = {
      name: 'openai-compatible' as const,
      async *answer(): AsyncGenerator<AnswerEvent> {
        try {
          yield* [MODEL, text('one'), text('two'), finish()];
        } finally {
          await new Promise(() => undefined);
        }
      },
    };
    world.ports = {
      ...world.ports,
      drivers: { ...world.ports.drivers, choose: async () => ({ model: 'm', driver }) },
    };
    for await (const event of pathOf(world).ask(person(), question())) if (event.kind === 'text') break;
    expect(world.records[0]?.closed?.outcome).toBe('cancelled');
    expect(world.settled).toHaveLength(1);
  });

  it("settles and records with a signal of its own: the caller's is aborted", async () => {
    const world = pathWorld();
    const gone = new AbortController();
    const aborted: boolean[] = [];
    const { quota } = world.ports;
    world.ports = {
      ...world.ports,
      quota: { ...quota, settle: async (ctx) => void aborted.push(ctx.signal.aborted) },
    };
    for await (const event of pathOf(world).ask(person({ signal: gone.signal }), question())) {
      if (event.kind !== 'text') continue;
      gone.abort();
      break;
    }
    expect(aborted).toEqual([false]);
  });

  it.each([
    ['while the deadline has passed counts as failed, not as cancelled', 'failed', (c) => c.advance(5_000)],
    ['while the clock is set an hour ahead counts as cancelled', 'cancelled', (c) => c.jump(3_600_000)],
  ] satisfies [string, string, (clock: ManualClock) => void][])('%s', async (_, outcome, change) => {
    const world = pathWorld();
    const over = new AbortController();
    const clock = new ManualClock();
    const ctx = { ...person({ signal: over.signal }), deadline: clock.monotonic() + 5_000 };
    const driver = {
      name: 'openai-compatible' as const,
      async *answer(): AsyncGenerator<AnswerEvent> {
        yield MODEL;
        change(clock);
        over.abort();
        await delay(5);
        throw new Error('aborted');
      },
    };
    world.ports = {
      ...world.ports,
      drivers: { ...world.ports.drivers, choose: async () => ({ model: 'm', driver }) },
    };
    const path = new QuestionPath(world.ports, LIMITS, clock);
    const events = path.ask(ctx, question());
    await expect(
      (async () => {
        for await (const event of events) void event;
      })(),
    ).rejects.toThrow();
    expect(world.records[0]?.closed?.outcome).toBe(outcome);
  });
});
