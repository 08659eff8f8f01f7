import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@lorekeep/kit/clock';
import type { EntailmentPort } from '../ports.js';
import { ASKED_MAX, SecondOpinion, UNANSWERED_MAX, WAITED_MAX_MS } from './second-opinion.js';

const PAIR = { premise: 'The canteen is open.', hypothesis: 'The canteen is shut.' };
const choose = () => PAIR;
/** Shorter than a spec may take. */
const SHORT = 20;

function made(answer: EntailmentPort['contradicts'], signal = new AbortController().signal) {
  const asked: unknown[] = [];
  const clock = new ManualClock();
  const model = {
    contradicts: (pair: typeof PAIR) => {
      asked.push(pair);
      return answer(pair);
    },
  };
  return { asked, clock, opinion: new SecondOpinion(model, clock, signal, SHORT) };
}

describe('SecondOpinion', () => {
  it('says what the model says, and counts nothing where nothing is to be asked', async () => {
    for (const said of [true, false]) {
      const { opinion, asked } = made(async () => said);
      expect(await opinion.contradicts(choose)).toBe(said);
      expect(await opinion.contradicts(() => null)).toBe(false);
      expect(asked).toEqual([PAIR]);
      expect(opinion.counts()).toEqual({ asked: 1, unanswered: 0 });
    }
  });

  it.each<[string, EntailmentPort['contradicts']]>([
    ['has no answer', async () => null],
    ['throws', () => Promise.reject(new Error('broken'))],
    [
      'throws at once',
      () => {
        throw new Error('broken');
      },
    ],
    ['hangs', () => new Promise(() => undefined)],
  ])(
    'lets the words decide where the model %s, and asks no more after some times in a row',
    async (_, answer) => {
      const { opinion, asked } = made(answer);
      for (let count = 0; count < UNANSWERED_MAX + 2; count++)
        expect(await opinion.contradicts(choose)).toBe(false);
      expect(asked).toHaveLength(UNANSWERED_MAX);
      expect(opinion.counts()).toEqual({ asked: UNANSWERED_MAX, unanswered: UNANSWERED_MAX + 2 });
    },
  );

  it('forgives single answers that did not come', async () => {
    let count = 0;
    const { opinion, asked } = made(async () => (++count % UNANSWERED_MAX === 0 ? true : null));
    for (let at = 0; at < UNANSWERED_MAX * 3; at++) await opinion.contradicts(choose);
    expect(asked).toHaveLength(UNANSWERED_MAX * 3);
  });

  it('asks about so many sentences and no more', async () => {
    const { opinion, asked } = made(async () => true);
    for (let at = 0; at < ASKED_MAX; at++) expect(await opinion.contradicts(choose)).toBe(true);
    expect(await opinion.contradicts(choose)).toBe(false);
    expect(asked).toHaveLength(ASKED_MAX);
    expect(opinion.counts()).toEqual({ asked: ASKED_MAX, unanswered: 1 });
  });

  it('is not asked again once an answer was held up for so long', async () => {
    const clock = new ManualClock();
    let asked = 0;
    const model = {
      contradicts: async () => {
        asked += 1;
        clock.advance(WAITED_MAX_MS / 2);
        return false;
      },
    };
    const opinion = new SecondOpinion(model, clock, new AbortController().signal);
    for (let at = 0; at < 4; at++) await opinion.held(() => opinion.contradicts(choose));
    expect(asked).toBe(2);
    expect(opinion.counts()).toEqual({ asked: 2, unanswered: 2 });
  });

  it('is waited for by nobody who has gone', async () => {
    const controller = new AbortController();
    const { opinion, asked } = made(() => {
      controller.abort();
      return new Promise(() => undefined);
    }, controller.signal);
    expect(await opinion.contradicts(choose)).toBe(false);
    expect(await opinion.contradicts(choose)).toBe(false);
    expect(asked).toHaveLength(1);
  });

  it('is left out for a sentence that cannot be read', async () => {
    const { opinion } = made(async () => true);
    expect(
      await opinion.contradicts(() => {
        throw new Error('unreadable');
      }),
    ).toBe(false);
    expect(opinion.counts()).toEqual({ asked: 0, unanswered: 1 });
  });
});
