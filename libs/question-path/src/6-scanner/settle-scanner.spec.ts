import { describe, expect, it } from '@jest/globals';
import type { AnswerScanner, PathPorts } from '../ports.js';
import {
  finish,
  MODEL,
  pathOf,
  pathWorld,
  person,
  question,
  REFUSED,
  shown,
  text,
} from '../testing/path-world.js';
import { walk, type Scripted, type World } from '../testing/path-world.js';

type Settle = NonNullable<AnswerScanner['settle']>;

/** The path's world with a scanner that is told when the question is over. */
function settled(script: Scripted = {}, settle: Settle = async () => undefined) {
  const world = pathWorld(script);
  const { open } = world.ports.scanner;
  const asked: { reference: string; aborted: boolean }[] = [];
  const scanner: PathPorts['scanner'] = {
    open: async (ctx) => {
      const real = await open(ctx);
      return {
        push: (channel, chunk) => real.push(channel, chunk),
        end: (channel) => real.end(channel),
        source: (parts) => real.source(parts),
        settle: (detached) => {
          asked.push({ reference: detached.traceId, aborted: detached.signal.aborted });
          world.log.push('hits kept');
          return settle(detached);
        },
      };
    },
  };
  world.ports = { ...world.ports, scanner };
  return { world, asked };
}
const outcome = (world: World) => world.records[0]?.closed?.outcome;

describe('what the scanner found is written down once', () => {
  it('after an answer, before the record is closed', async () => {
    const { world, asked } = settled();
    const ctx = person();
    expect((await walk(world, question(), { ctx })).error).toBeNull();
    expect(asked).toEqual([{ reference: ctx.traceId, aborted: false }]);
    expect(world.log.indexOf('hits kept')).toBeLessThan(world.log.indexOf('closed'));
    expect(outcome(world)).toBe('answered');
  });

  it('after a stop', async () => {
    const answer = [MODEL, text('a nightingale'), finish()];
    const { world, asked } = settled({ words: [['nightingale', 'stop']], answer });
    await walk(world);
    expect(asked).toHaveLength(1);
    expect(outcome(world)).toBe('stopped');
  });

  it.each(['accepted', 'text'] as const)('after the caller went away at %s', async (last) => {
    const { world, asked } = settled();
    const gone = new AbortController();
    for await (const event of pathOf(world).ask(person({ signal: gone.signal }), question())) {
      if (event.kind !== last) continue;
      gone.abort();
      break;
    }
    expect(asked).toMatchObject([{ aborted: false }]);
    expect(outcome(world)).toBe('cancelled');
  });

  it('after a model that broke off, and after a search that failed beside it', async () => {
    const broken = settled({ answer: [MODEL, text('Half an ')] });
    await walk(broken.world);
    const lost = settled();
    lost.world.ports = { ...lost.world.ports, search: { run: () => Promise.reject(new Error('down')) } };
    await walk(lost.world);
    for (const { world, asked } of [broken, lost]) {
      expect(asked).toHaveLength(1);
      expect(outcome(world)).toBe('failed');
    }
  });

  it('and never where no scanner was opened', async () => {
    const { world, asked } = settled();
    world.ports = { ...world.ports, quota: { ...world.ports.quota, reserve: async () => REFUSED } };
    await walk(world);
    expect(outcome(world)).toBe('refused');
    expect(asked).toEqual([]);
  });
});

describe('a scanner that cannot write down what it found', () => {
  it.each<[how: string, code: string, settle: Settle]>([
    [
      'throws',
      'SCANNER_UNAVAILABLE',
      () => {
        throw new Error('at once');
      },
    ],
    ['rejects', 'SCANNER_UNAVAILABLE', () => Promise.reject(new Error('connect ECONNREFUSED'))],
    ['hangs', 'DEADLINE_EXCEEDED', () => new Promise(() => undefined)],
  ])(
    '%s: the answer ends as it should, all else is settled, and the record says so',
    async (_, code, settle) => {
      const { world } = settled({}, settle);
      const { events, error } = await walk(world);
      expect(error).toBeNull();
      expect(shown(events)).toBe('Thirty days [1].');
      expect(events.at(-1)).toMatchObject({ kind: 'end', outcome: 'answered' });
      expect(world.settled).toHaveLength(1);
      expect(world.records[0]?.closed).toMatchObject({ outcome: 'answered', detail: { fault: code } });
    },
  );

  it('does not hide why the answer failed', async () => {
    const { world } = settled({ answer: [MODEL, text('Half an ')] }, () => Promise.reject(new Error('no')));
    const { error } = await walk(world);
    expect(error).toMatchObject({ code: 'INFERENCE_INCOMPLETE' });
    expect(world.records[0]?.closed?.detail).toMatchObject({ fault: 'INFERENCE_INCOMPLETE' });
  });
});
