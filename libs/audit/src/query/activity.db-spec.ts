import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openWorld, type World } from '../testing/world.js';
import { activity, type ActivityRange } from './activity.js';

const ANNA = '00000000-0000-4000-8000-00000000000a';
const BOB = '00000000-0000-4000-8000-00000000000b';
const HOUR = 3_600_000;

interface Closed {
  /** Milliseconds before now. */
  ago: number;
  actor?: string;
  outcome?: string;
  detail?: object;
}

const answered = (model: string, completion: number, inference: number) => ({
  model: { model, driver: model === 'extractive' ? 'extractive' : 'openai-compatible' },
  tokens: { prompt: 100, completion, estimated: false },
  milliseconds: { quota: 3, firewall: 5, retrieval: 20, inference },
  refusal: null,
});
const refused = (step: string) => ({
  model: null,
  tokens: { prompt: 0, completion: 0, estimated: false },
  milliseconds: { quota: 1 },
  refusal: { step, code: 'X' },
});

describe('activity', () => {
  let world: World;
  let sequence = 0;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  async function close({ ago, actor = ANNA, outcome = 'answered', detail = answered('m', 10, 75) }: Closed) {
    await world.tamper(
      `insert into audit_record
         (tenant_id, sequence, id, recorded_at, kind, actor_id, actor, outcome, detail, previous_hash, hash)
       values ($1, $2, $3, now() - make_interval(secs => $4), 'question.closed', $5, 'a', $6, $7, '', '')`,
      [world.tenantId, ++sequence, randomUUID(), ago / 1_000, actor, outcome, JSON.stringify(detail)],
    );
  }
  const of = (range: ActivityRange, rest: { offset?: number; max?: number } = {}) =>
    activity(world.db, world.ctx, { range, offset: 0, ...rest });

  it('counts questions, people, refusals, tokens by model and first tokens', async () => {
    await close({ ago: 0, detail: answered('small', 10, 75) });
    await close({ ago: 0, detail: answered('large', 900, 175), actor: BOB });
    await close({ ago: 0, detail: answered('small', 30, 275), outcome: 'stopped' });
    await close({ ago: 0, detail: refused('firewall'), outcome: 'refused' });
    await close({ ago: 0, detail: refused('firewall'), outcome: 'refused' });
    const found = await of('day');
    expect(found).toMatchObject({
      questions: 5,
      people: 2,
      tokens: 1_240,
      refusals: [
        { step: 'firewall', count: 2 },
        { step: 'scanner', count: 1 },
      ],
      models: [
        { model: 'large', tokens: 1_000 },
        { model: 'small', tokens: 240 },
      ],
      firstToken: { p50: 200, p95: 290 },
      since: null,
      seconds: 3_600,
    });
    const sum = (of: 'questions' | 'refusals' | 'tokens') =>
      found.periods.reduce((all, period) => all + period[of], 0);
    expect([sum('questions'), sum('refusals'), sum('tokens')]).toEqual([5, 3, 1_240]);
    const timed = found.periods.filter(({ firstToken }) => firstToken !== null);
    expect(timed.map(({ questions }) => questions > 0)).toEqual(timed.map(() => true));
  });

  it('times no quotation and no vectors: only words that a model wrote', async () => {
    await close({ ago: 0, detail: answered('extractive', 10, 1) });
    await close({ ago: 0, detail: answered('vectors', 0, 1) });
    await close({ ago: 0, detail: refused('quota'), outcome: 'refused' });
    expect(await of('day')).toMatchObject({ questions: 3, firstToken: null });
  });

  it.each([
    ['day', 24, 23.5 * HOUR, 26 * HOUR],
    ['week', 25, 6 * 24 * HOUR, 8 * 24 * HOUR],
    ['month', 30, 29 * 24 * HOUR, 31 * 24 * HOUR],
  ] as const)('covers a %s and no more', async (range, fewest, within, before) => {
    for (const ago of [0, within - HOUR, before]) await close({ ago });
    const { questions, periods, seconds } = await of(range);
    expect(questions).toBe(2);
    expect(periods.reduce((sum, period) => sum + period.questions, 0)).toBe(2);
    expect(periods.length).toBeGreaterThanOrEqual(fewest);
    const times = periods.map(({ at }) => Date.parse(at));
    expect(times.slice(1).every((at, n) => at - (times[n] ?? 0) === seconds * 1_000)).toBe(true);
    expect((times.at(-1) ?? 0) + seconds * 1_000).toBeGreaterThan(Date.now());
  });

  it.each([
    [0, '00:00'],
    [480, '16:00'],
    [-570, '09:30'],
  ])('begins days at the midnights of a clock that is %s minutes ahead', async (offset, midnight) => {
    const { periods } = await of('month', { offset });
    expect(new Set(periods.map(({ at }) => at.slice(11, 16)))).toEqual(new Set([midnight]));
    expect(Date.parse(periods.at(-1)?.at ?? '')).toBeLessThanOrEqual(Date.now());
  });

  it('says since when it counts where more was asked than it reads', async () => {
    for (const ago of [0, HOUR, 2 * HOUR, 5 * HOUR]) await close({ ago });
    const { questions, since, periods } = await of('day', { max: 3 });
    expect(questions).toBe(3);
    expect(Math.abs(Date.parse(since ?? '') - (Date.now() - 2 * HOUR))).toBeLessThan(HOUR / 2);
    // Four where an hour has ended meanwhile.
    expect([3, 4]).toContain(periods.length);
    expect(await of('day', { max: 5 })).toMatchObject({ questions: 4, since: null });
  });

  it('shows nothing of another tenant', async () => {
    await close({ ago: 0 });
    const other = await world.addTenant('other');
    const found = await activity(world.db, other, { range: 'month', offset: 0 });
    expect(found).toMatchObject({ questions: 0, people: 0, tokens: 0, models: [], refusals: [] });
    expect(found.periods.every(({ questions }) => questions === 0)).toBe(true);
  });
});
