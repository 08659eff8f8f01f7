import { afterEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '@lorekeep/kit/clock';
import { systemContext } from '@lorekeep/kit/context';
import { isRefusal, type Refusal } from '@lorekeep/kit/errors';
import type { AnswerEvent } from '../driver.js';
import { SILENT, type InferenceObserver } from '../observer.js';
import type { OpenAiDriver } from '../openai/openai-driver.js';
import { Replica } from '../replicas/replica.js';
import { Replicas } from '../replicas/replicas.js';
import { Admission, type Wanted } from './admission.js';
import type { Turn } from './turn.js';

const [A, B] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

interface Asked {
  told: Extract<AnswerEvent, { kind: 'waiting' }>[];
  turn: Turn | Refusal | undefined;
  error: unknown;
  leave: () => void;
  done: Promise<void>;
}

describe('Admission', () => {
  const released: Turn[] = [];
  afterEach(() => released.splice(0).forEach((turn) => turn.release()));

  function open(
    slots: number,
    more: {
      size?: number;
      patience?: number;
      observer?: Partial<InferenceObserver>;
      weightOf?: () => number;
    } = {},
  ) {
    const away = () => Promise.reject(new Error('away'));
    const driver = { healthy: away, models: away } as unknown as OpenAiDriver;
    const replica = new Replica('r', driver, slots, systemClock);
    const replicas = new Replicas([replica]);
    const limits = { size: more.size ?? 10, patience: more.patience ?? 5_000 };
    const observer = { ...SILENT, ...more.observer };
    const shares = { shareOf: () => slots, waitingElsewhere: () => [] };
    const admission = new Admission(replicas, shares, limits, systemClock, {
      observer,
      ...(more.weightOf && { weightOf: more.weightOf }),
    });
    return { admission, replica };
  }

  function ask(admission: Admission, tenant: string, more: Partial<Wanted> = {}): Asked {
    const gone = new AbortController();
    const ctx = systemContext(tenant, { signal: gone.signal });
    const wanted: Wanted = {
      ...{
        model: 'm',
        tenant,
        priority: 'page',
        work: 'question',
        goesFirst: false,
        sequences: 1,
        cost: 100,
        affinity: 'k',
      },
      ...more,
    };
    const asked: Asked = {
      told: [],
      turn: undefined,
      error: null,
      leave: () => gone.abort(),
      done: Promise.resolve(),
    };
    asked.done = (async () => {
      try {
        const events = admission.admit(ctx, wanted);
        for (;;) {
          const step = await events.next();
          if (step.done) {
            asked.turn = step.value;
            if (!isRefusal(step.value)) released.push(step.value);
            return;
          }
          if (step.value.kind === 'waiting') asked.told.push(step.value);
        }
      } catch (error) {
        asked.error = error;
      }
    })();
    return asked;
  }
  const hasTurn = ({ turn }: Asked) => turn !== undefined && !isRefusal(turn);
  const release = ({ turn }: Asked) => (turn as Turn).release();

  it('gives a turn at once where there is room, without a word', async () => {
    const { admission, replica } = open(2);
    const [one, two] = [ask(admission, A), ask(admission, A)];
    await Promise.all([one.done, two.done]);
    expect([one.told, two.told, replica.running]).toEqual([[], [], 2]);
    release(one);
    release(one);
    expect(replica.running).toBe(1);
  });

  it('tells the place and when, and gives turns in order', async () => {
    const { admission } = open(1);
    const first = ask(admission, A);
    await first.done;
    const waiting = [ask(admission, A), ask(admission, A), ask(admission, A)];
    await pause(200);
    expect(waiting.map(({ told }) => told.at(-1)?.position)).toEqual([1, 2, 3]);
    expect(waiting[2]!.told[0]!.seconds).toBeGreaterThanOrEqual(1);
    release(first);
    await waiting[0]!.done;
    expect(waiting.map(hasTurn)).toEqual([true, false, false]);
    await pause(1_100);
    expect(waiting[2]!.told.at(-1)?.position).toBe(2);
    for (const each of waiting) each.leave();
    await Promise.all(waiting.map(({ done }) => done));
  });

  it('hundreds that come at once are placed together, not all again for each', async () => {
    let looked = 0;
    const weightOf = () => {
      looked += 1;
      return 1;
    };
    const { admission } = open(1, { size: 500, weightOf });
    await ask(admission, A).done;
    const crowd = Array.from({ length: 400 }, () => ask(admission, A));
    await pause(0);
    // Each for itself would be 200 times the crowd.
    expect(looked).toBeLessThan(50 * crowd.length);
    await pause(200);
    expect(crowd.every(({ told }) => told.length > 0)).toBe(true);
    for (const each of crowd) each.leave();
    await Promise.all(crowd.map(({ done }) => done));
  });

  it('whoever leaves frees the place at once', async () => {
    const left: string[] = [];
    const { admission } = open(1, { observer: { turnedAway: (_, why) => left.push(why) } });
    const first = ask(admission, A);
    await first.done;
    const [second, third] = [ask(admission, A), ask(admission, A)];
    await pause(10);
    second.leave();
    await second.done;
    expect((second.error as { code: string }).code).toBe('INFERENCE_CANCELLED');
    expect([admission.waiting, left]).toEqual([1, ['left']]);
    release(first);
    await third.done;
    expect(hasTurn(third)).toBe(true);
  });

  it('a turn that came while nobody listened any more is given on', async () => {
    const { admission, replica } = open(1);
    const first = ask(admission, A);
    await first.done;
    const events = admission.admit(systemContext(A), {
      ...{
        model: 'm',
        tenant: A,
        priority: 'page',
        work: 'question',
        goesFirst: false,
        sequences: 1,
        cost: 1,
        affinity: '',
      },
    });
    expect((await events.next()).value).toMatchObject({ kind: 'waiting', position: 1 });
    release(first);
    expect(replica.running).toBe(1);
    await events.return(undefined as never);
    expect(replica.running).toBe(0);
  });

  it('full: the newest of whoever waits most is refused with a time', async () => {
    const { admission } = open(1, { size: 2 });
    const first = ask(admission, A);
    await first.done;
    const [second, third] = [ask(admission, A), ask(admission, A)];
    await pause(10);
    const fourth = ask(admission, A);
    await fourth.done;
    expect(fourth.turn).toMatchObject({ status: 429, code: 'INFERENCE_QUEUE_FULL', step: 'inference' });
    expect((fourth.turn as Refusal).retryAfter).toBeGreaterThanOrEqual(1);
    const other = ask(admission, B);
    await third.done;
    expect(isRefusal(third.turn)).toBe(true);
    release(first);
    await other.done;
    expect([hasTurn(other), hasTurn(second)]).toEqual([true, false]);
    second.leave();
    await second.done;
  });

  it('a queue of none refuses what cannot go at once', async () => {
    const { admission } = open(1, { size: 0 });
    const first = ask(admission, A);
    await first.done;
    expect(hasTurn(first)).toBe(true);
    const second = ask(admission, A);
    await second.done;
    expect(isRefusal(second.turn)).toBe(true);
  });

  it('nobody waits longer than the limit', async () => {
    const { admission } = open(1, { patience: 80 });
    const first = ask(admission, A);
    await first.done;
    const second = ask(admission, A);
    await second.done;
    expect(second.turn).toMatchObject({ status: 429 });
    expect(admission.waiting).toBe(0);
  });

  it('keeps room for a tenant that has none while another floods', async () => {
    const { admission } = open(8);
    const newcomer = ask(admission, B);
    await newcomer.done;
    release(newcomer);
    const flood = Array.from({ length: 12 }, () => ask(admission, A));
    await pause(20);
    expect(flood.filter(hasTurn)).toHaveLength(7);
    const again = ask(admission, B);
    await again.done;
    expect([hasTurn(again), again.told]).toEqual([true, []]);
    for (const each of flood) each.leave();
    await Promise.all(flood.map(({ done }) => done));
  });

  it('more answers than a replica takes at once have it to themselves', async () => {
    const { admission } = open(2);
    const one = ask(admission, A);
    await one.done;
    const many = ask(admission, A, { sequences: 5 });
    await pause(10);
    expect(hasTurn(many)).toBe(false);
    release(one);
    await many.done;
    expect(hasTurn(many)).toBe(true);
  });

  it('single answers that keep coming do not starve a request for several', async () => {
    const { admission } = open(4);
    const running = Array.from({ length: 4 }, () => ask(admission, A));
    await Promise.all(running.map(({ done }) => done));
    const many = ask(admission, A, { sequences: 3 });
    await pause(10);
    for (let at = 0; at < 20 && !hasTurn(many); at += 1) {
      running.push(ask(admission, A));
      await pause(2);
      const next = running.find(hasTurn);
      if (next) release(running.splice(running.indexOf(next), 1)[0]!);
      await pause(2);
    }
    expect(hasTurn(many)).toBe(true);
    for (const each of running) each.leave();
    await Promise.all(running.map(({ done }) => done));
  });

  it('without any replica that answers there is nothing to wait for', async () => {
    const { admission, replica } = open(1);
    const first = ask(admission, A);
    await first.done;
    const waiting = ask(admission, A);
    await pause(10);
    replica.breaker.open('gone');
    const asked = ask(admission, A);
    await asked.done;
    expect((asked.error as { code: string }).code).toBe('INFERENCE_UNREACHABLE');
    await waiting.done;
    expect((waiting.error as { code: string }).code).toBe('INFERENCE_UNREACHABLE');
    expect(admission.waiting).toBe(0);
  });
});
