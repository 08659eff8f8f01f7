import { afterEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '@lorekeep/kit/clock';
import { systemContext } from '@lorekeep/kit/context';
import { isRefusal } from '@lorekeep/kit/errors';
import { until } from '../../../../test/support/until.js';
import type { AnswerEvent } from '../driver.js';
import { InferenceFault } from '../inference.errors.js';
import { SILENT } from '../observer.js';
import type { OpenAiDriver } from '../openai/openai-driver.js';
import { FAULTS_TO_OPEN } from '../replicas/breaker.js';
import { Replica } from '../replicas/replica.js';
import { Replicas } from '../replicas/replicas.js';
import { Admission } from './admission.js';
import type { Turn } from './turn.js';

const TENANT = '11111111-1111-4111-8111-111111111111';

describe('two models of one engine host', () => {
  let over: AbortController;
  afterEach(() => over.abort());

  /** `a` and `b` take two questions at once each; `share`: sequences of the four that this gateway may use. */
  function open({ share = 4, asked = 6 } = {}) {
    over = new AbortController();
    const driver = {} as OpenAiDriver;
    const replica = new Replica('host', driver, 99, systemClock);
    replica.cards = ['a', 'b'].map((id) => ({ id, contextTokens: null, sequences: 2 }));
    const shares = { shareOf: () => share, waitingElsewhere: () => [] };
    const limits = { size: 100, patience: 60_000 };
    const admission = new Admission(new Replicas([replica]), shares, limits, systemClock, {
      observer: SILENT,
    });
    const ask = (model: string, sequences = 1) => {
      const one: { turn?: Turn; told: AnswerEvent[] } = { told: [] };
      const rest = { tenant: TENANT, priority: 'page', work: 'question', goesFirst: false } as const;
      const wanted = { ...rest, model, sequences, cost: 100, affinity: 'k' };
      const events = admission.admit(systemContext(TENANT, { signal: over.signal }), wanted);
      void (async () => {
        for (;;) {
          const { done, value } = await events.next();
          if (done && !isRefusal(value)) one.turn = value;
          if (done) return;
          one.told.push(value);
        }
      })().catch(() => undefined);
      return one;
    };
    const flood = Array.from({ length: asked }, () => ask('a'));
    const served = () => flood.filter(({ turn }) => turn).length;
    const filled = () => until(async () => served() === 2 && admission.waiting === asked - 2);
    return { admission, replica, ask, flood, served, filled };
  }

  it('do not wait for each other: one that is full leaves the other its own', async () => {
    const { admission, replica, ask, flood, served, filled } = open();
    await filled();
    const [first, second, third] = [ask('b'), ask('b'), ask('b')];
    await until(async () => first?.turn && second?.turn);
    // Its place is among those of its model, whatever else waits at that host.
    await until(async () => (third?.told.length ?? 0) > 0);
    expect(third).toMatchObject({ told: [{ kind: 'waiting', position: 1 }] });
    expect([served(), admission.waiting, replica.running]).toEqual([2, 5, 4]);
    flood.find(({ turn }) => turn)?.turn?.release();
    await until(async () => served() === 3);
    expect(third?.turn).toBeUndefined();
    first?.turn?.release();
    await until(async () => third?.turn);
    expect([replica.runningOf('a'), replica.runningOf('b')]).toEqual([2, 2]);
  });

  it('do not wait for one that needs room for several answers of the other', async () => {
    const { ask, filled, admission } = open({ asked: 2 });
    await filled();
    ask('a', 2);
    await until(async () => admission.waiting === 1);
    const other = ask('b');
    await until(async () => other.turn);
  });

  it('have each their part of what this gateway may use, and one question at least', async () => {
    const { ask, flood, served } = open({ share: 1 });
    await until(async () => served() === 1);
    const other = ask('b');
    await until(async () => other.turn);
    expect(flood.filter(({ turn }) => turn)).toHaveLength(1);
  });
});

describe('a host of which a model was taken away', () => {
  const missing = () => new InferenceFault('INFERENCE_MODEL_MISSING');
  const served = (replica: Replica) => replica.cards?.map(({ id }) => id);

  it('takes no more at once than it said, and stays in use, however often it is asked for that one', () => {
    const replica = new Replica('host', {} as OpenAiDriver, 99, systemClock);
    replica.cards = ['a', 'b'].map((id) => ({ id, contextTokens: 4_096, sequences: 2 }));
    for (let count = 0; count < 2 * FAULTS_TO_OPEN; count += 1) replica.failed(missing(), 1_000, 'gone');
    expect([replica.slots, replica.isOpen, served(replica)]).toEqual([4, false, ['a', 'b']]);
    replica.failed(missing(), 1_000, 'a');
    expect([replica.slots, replica.partOf('b'), served(replica)]).toEqual([2, 1, ['b']]);
    replica.failed(missing(), 1_000, 'b');
    expect(replica.cards).toBeNull();
  });
});

describe('a server that says no numbers', () => {
  it('has one room for whatever its models are called', () => {
    const replica = new Replica('r', {} as OpenAiDriver, 2, systemClock);
    replica.cards = [{ id: 'a', contextTokens: null, sequences: null }];
    replica.load('a', 1, 10);
    replica.load('alias', 1, 10);
    expect([replica.partOf('a'), replica.runningOf('a'), replica.runningOf('alias')]).toEqual([1, 2, 2]);
    replica.load('a', -1, -10);
    expect([replica.running, replica.outstanding]).toEqual([1, 10]);
  });
});
