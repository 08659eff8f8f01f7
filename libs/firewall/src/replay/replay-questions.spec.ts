import { beforeAll, describe, expect, it } from '@jest/globals';
import { inspectText } from '../inspect-text.js';
import { BUILT_IN, withActions } from '../policy.js';
import { REPLAY_PAGE, REPLAY_SLICE_MS, replayQuestions, type KeptQuestion } from './replay-questions.js';

const DRAFT = () => withActions({ sql: 'flag' });
const NOW = () => BUILT_IN;
const question = (text: string): KeptQuestion => ({
  ...{ reference: 'r', at: '2026-01-05T09:00:00.000Z' },
  ...{ text, takenOut: [], groupIds: [] },
});
/** A slow machine reads fewer in its time. */
const STILL = { now: () => 0 };
const QUIET = question('How much leave do I get?');
const ATTACK = question("' OR 1=1 --");

describe('replayQuestions', () => {
  // The rules are made ready before: that takes longer than a page.
  beforeAll(() => void inspectText(BUILT_IN, 'ready', 'user'));

  it('counts from what to what, and shows the changed ones with their rules', async () => {
    const replayed = await replayQuestions(NOW, DRAFT, [QUIET, ATTACK, QUIET], STILL);
    const { read, counts, changed, byRule } = replayed;
    expect([read, counts]).toEqual([3, { 'allow>allow': 2, 'refuse>flag': 1 }]);
    expect(changed).toMatchObject([{ text: ATTACK.text, before: 'refuse', after: 'flag' }]);
    expect(changed[0]?.rules.length).toBeGreaterThan(0);
    expect(Object.keys(byRule)).toEqual(changed[0]?.rules);
    expect(new Set(Object.values(byRule))).toEqual(new Set([1]));
  });

  it('reads a page and no more, and shows a part of it', async () => {
    const many = Array.from({ length: REPLAY_PAGE + 1 }, () => ATTACK);
    const { read, changed } = await replayQuestions(NOW, DRAFT, many, STILL);
    expect([read, changed.length]).toEqual([REPLAY_PAGE, 50]);
  });

  it('counts what was taken out of a question before it was kept', async () => {
    const secret = { rule: 'secret.aws-key', category: 'secret' } as const;
    const kept = { ...question('Why is my key ⟦secret:1⟧ refused?'), takenOut: [secret] };
    const refused = await replayQuestions(NOW, () => withActions({ secret: 'refuse' }), [kept, QUIET], STILL);
    expect(refused.counts).toEqual({ 'redact>refuse': 1, 'allow>allow': 1 });
    expect(refused.changed).toMatchObject([{ text: kept.text, rules: ['secret.aws-key'] }]);
    const sparing = { ...BUILT_IN, sparedBy: ({ rule }: { rule: string }) => rule };
    // What decides no more is told by the policy under which it did.
    expect(await replayQuestions(NOW, () => sparing, [kept, kept])).toMatchObject({
      ...{ counts: { 'redact>allow': 2 }, byRule: { 'secret.aws-key': 2 } },
    });
    // Somebody may have written the placeholder.
    expect((await replayQuestions(NOW, NOW, [question(kept.text)])).counts).toEqual({ 'allow>allow': 1 });
  });

  it('asks the policy of those who asked', async () => {
    const theirs = (groupIds: readonly string[]) => (groupIds.includes('sql') ? DRAFT() : BUILT_IN);
    const { counts } = await replayQuestions(NOW, theirs, [ATTACK, { ...ATTACK, groupIds: ['sql'] }], STILL);
    expect(counts).toEqual({ 'refuse>refuse': 1, 'refuse>flag': 1 });
  });

  it('ends when its time is over, and says how far it came', async () => {
    let now = 0;
    const time = { now: () => (now += REPLAY_SLICE_MS / 4) };
    const { read } = await replayQuestions(
      NOW,
      DRAFT,
      Array.from({ length: 50 }, () => QUIET),
      time,
    );
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(10);
  });
});
