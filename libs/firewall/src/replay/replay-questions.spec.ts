import { beforeAll, describe, expect, it } from '@jest/globals';
import { inspectText } from '../inspect-text.js';
import { BUILT_IN, withActions } from '../policy.js';
import { REPLAY_PAGE, REPLAY_SLICE_MS, replayQuestions, type KeptQuestion } from './replay-questions.js';

const DRAFT = withActions({ sql: 'flag' });
const question = (text: string): KeptQuestion => ({ reference: 'r', at: '2026-01-05T09:00:00.000Z', text });
const QUIET = question('How much leave do I get?');
const ATTACK = question("' OR 1=1 --");

describe('replayQuestions', () => {
  // The rules are made ready before: that takes longer than a page.
  beforeAll(() => void inspectText(BUILT_IN, 'ready', 'user'));

  it('counts from what to what, and shows the changed ones with their rules', async () => {
    const { read, counts, changed } = await replayQuestions(BUILT_IN, DRAFT, [QUIET, ATTACK, QUIET]);
    expect([read, counts]).toEqual([3, { 'allow>allow': 2, 'refuse>flag': 1 }]);
    expect(changed).toMatchObject([{ ...ATTACK, before: 'refuse', after: 'flag' }]);
    expect(changed[0]?.rules.length).toBeGreaterThan(0);
  });

  it('reads a page and no more, and shows a part of it', async () => {
    const many = Array.from({ length: REPLAY_PAGE + 1 }, () => ATTACK);
    const { read, changed } = await replayQuestions(BUILT_IN, DRAFT, many);
    expect([read, changed.length]).toEqual([REPLAY_PAGE, 50]);
  });

  it('ends when its time is over, and says how far it came', async () => {
    let now = 0;
    const time = { now: () => (now += REPLAY_SLICE_MS / 4) };
    const { read } = await replayQuestions(
      BUILT_IN,
      DRAFT,
      Array.from({ length: 50 }, () => QUIET),
      time,
    );
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(10);
  });
});
