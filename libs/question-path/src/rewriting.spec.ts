import { describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { estimateTokens, ExtractiveDriver } from '@lorekeep/inference';
import { REWRITE_TOKENS_MAX, rewritePrompt } from './4-retrieval/rewrite-prompt.js';
import { finish, passage, person, question, shown, text, walk } from './testing/path-world.js';
import {
  BY_RULE,
  FIRST,
  followUp,
  MODEL_LIMITS,
  REWRITTEN,
  rewriteOf,
  rewriting,
  says,
  used,
} from './testing/rewriting-world.js';

describe('a follow-up question, by rule', () => {
  it.each(['ask', 'chat', 'draft'] as const)(
    'is searched for with what it hangs on, at the door %s',
    async (door) => {
      const world = rewriting(says());
      const { events, error } = await walk(world, followUp({ door }));
      expect(error).toBeNull();
      expect(world.queries).toEqual([BY_RULE]);
      expect(world.log).not.toContain('rewrite asked');
      expect(events).toContainEqual({ kind: 'rewritten', by: 'rule', failure: null });
      expect(rewriteOf(world)).toEqual({
        by: 'rule',
        failure: null,
        searched: { text: null, context: FIRST },
      });
      expect(world.requests[0]?.messages.at(-1)?.content).toBe('and in Suzhou?');
    },
  );

  it('leaves no text in the record where the tenant keeps none', async () => {
    const world = rewriting(says(), { settings: { keepQuestionText: false } });
    await walk(world, followUp());
    expect(rewriteOf(world)).toEqual({ by: 'rule', failure: null, searched: null });
    expect(JSON.stringify(world.records)).not.toContain('annual leave do I get');
  });

  it('leaves a question that stands alone as it is, and says nothing of it', async () => {
    const world = rewriting(says());
    const messages = [
      ...followUp().messages.slice(0, 2),
      { role: 'user' as const, content: 'What does E-417 mean?' },
    ];
    const { events } = await walk(world, question({ messages }));
    expect(world.queries).toEqual([{ text: 'What does E-417 mean?', k: 4 }]);
    expect(events.map(({ kind }) => kind)).not.toContain('rewritten');
    expect(rewriteOf(world)).toBeNull();
  });

  it('is switched off by the setting, and where nothing is searched', async () => {
    const off = rewriting(says());
    await walk(off, followUp(), { limits: { QUESTION_REWRITE: 'off' } });
    expect(off.queries).toEqual([{ text: 'and in Suzhou?', k: 4 }]);
    expect(rewriteOf(off)).toBeNull();
    const none = rewriting(says());
    await walk(none, followUp({ documents: 'none' }), { limits: MODEL_LIMITS });
    expect(none.queries).toEqual([]);
    expect(rewriteOf(none)).toBeNull();
  });

  it('searches for nothing that the firewall took out of an earlier question', async () => {
    const world = rewriting(says());
    const secret = 'AKIAQ3EGRZ7TWPNB5XKM';
    const messages = [
      { role: 'user' as const, content: `May ${secret} be put into Locker?` },
      ...followUp().messages.slice(1),
    ];
    await walk(world, question({ messages }));
    expect(world.queries[0]?.context).toContain('Locker');
    expect(JSON.stringify([world.queries, world.records])).not.toMatch(/AKIA|⟦/);
  });
});

describe('a follow-up question that quotations answer', () => {
  it('is answered in the light of what it hangs on', async () => {
    const world = rewriting(says(), {
      passages: [
        passage({
          content: 'In Suzhou the canteen is free. Employees in Suzhou get 18 days of annual leave.',
        }),
      ],
    });
    const driver = new ExtractiveDriver();
    const chosen = { model: 'extractive', driver };
    world.ports = { ...world.ports, drivers: { choose: async () => chosen, fallback: () => chosen } };
    const { events, error } = await walk(world, followUp());
    expect(error).toBeNull();
    expect(shown(events)).toBe('Employees in Suzhou get 18 days of annual leave. [1]');
  });
});

describe('a follow-up question, by the model', () => {
  it('is asked for once, briefly, in one piece, and searched for as it was rewritten', async () => {
    const world = rewriting(says(text(` "${REWRITTEN}"\n`), finish(), used(90, 12)));
    const { events, error } = await walk(world, followUp({ parameters: { maxTokens: 50 } }), {
      limits: MODEL_LIMITS,
    });
    expect(error).toBeNull();
    expect(world.queries).toEqual([{ text: REWRITTEN, context: `and in Suzhou?\n${FIRST}`, k: 4 }]);
    expect(world.requests[0]).toMatchObject({
      model: 'test-model',
      passages: [],
      documents: 'none',
      delivery: 'whole',
      parameters: { temperature: 0, maxTokens: REWRITE_TOKENS_MAX },
    });
    expect(events).toContainEqual({ kind: 'rewritten', by: 'model', failure: null });
    expect(rewriteOf(world)).toEqual({
      by: 'model',
      failure: null,
      searched: { text: REWRITTEN, context: `and in Suzhou?\n${FIRST}` },
    });
  });

  it('asks only once the opening record is durable, and answers after it', async () => {
    const world = rewriting(says(text(REWRITTEN), finish(), used(90, 12)));
    const { open } = world.ports.audit;
    world.ports = { ...world.ports, audit: { open: async (...args) => (await delay(20), open(...args)) } };
    await walk(world, followUp(), { limits: MODEL_LIMITS });
    expect(world.log).toEqual([
      'reserved',
      'opened',
      'rewrite asked',
      'accepted',
      'model asked',
      'settled',
      'closed',
    ]);
  });

  it('asks no model where the record cannot be opened', async () => {
    const world = rewriting(says(text(REWRITTEN), finish()));
    world.ports = { ...world.ports, audit: { open: () => Promise.reject(new Error('disk full')) } };
    expect((await walk(world, followUp(), { limits: MODEL_LIMITS })).error).toMatchObject({
      code: 'AUDIT_UNAVAILABLE',
    });
    expect(world.log).not.toContain('rewrite asked');
  });

  it('reserves what it may take in the same reservation, and charges what it took', async () => {
    const world = rewriting(says(text(REWRITTEN), finish(), used(90, 12)));
    const { events } = await walk(world, followUp(), { limits: MODEL_LIMITS });
    await walk(world, followUp());
    const prompt = rewritePrompt(followUp().messages).reduce(
      (sum, { content }) => sum + estimateTokens(content),
      0,
    );
    expect((world.reserved[0] ?? 0) - (world.reserved[1] ?? 0)).toBe(prompt + REWRITE_TOKENS_MAX);
    expect(world.settled).toEqual([
      { id: 'r1', tokens: 90 + 12 + 42 },
      { id: 'r1', tokens: 42 },
    ]);
    expect(events.at(-1)).toMatchObject({
      usage: { promptTokens: 130, completionTokens: 14, estimated: false },
    });
    expect(world.records[0]?.closed?.detail.tokens).toEqual({
      prompt: 130,
      completion: 14,
      estimated: false,
    });
  });

  it('is not asked for a question that stands alone, nor where quotations answer', async () => {
    const alone = rewriting(says(text(REWRITTEN), finish()));
    await walk(alone, question(), { limits: MODEL_LIMITS });
    expect(alone.log).not.toContain('rewrite asked');
    const quoting = rewriting(says(text(REWRITTEN), finish()));
    const { drivers } = quoting.ports;
    const chosen = await drivers.choose(person());
    const driver = { ...chosen.driver, name: 'extractive' as const };
    quoting.ports = {
      ...quoting.ports,
      drivers: { ...drivers, choose: async () => ({ model: 'extractive', driver }) },
    };
    await walk(quoting, followUp(), { limits: MODEL_LIMITS });
    expect(quoting.log).not.toContain('rewrite asked');
    expect(quoting.queries).toEqual([BY_RULE]);
    expect(rewriteOf(quoting)).toMatchObject({ by: 'rule', failure: null });
  });

  it('shows the model only what the firewall has passed, as data', async () => {
    const world = rewriting(says(text(REWRITTEN), finish(), used(1, 1)));
    const messages = [
      { role: 'user' as const, content: 'May AKIAQ3EGRZ7TWPNB5XKM be put into Locker?' },
      ...followUp().messages.slice(1),
    ];
    await walk(world, question({ messages }), { limits: MODEL_LIMITS });
    expect(JSON.stringify(world.requests[0])).toContain('Locker');
    expect(JSON.stringify(world.requests)).not.toContain('AKIA');
    expect(world.requests[0]?.messages[1]?.content).toMatch(
      /^<conversation-([0-9a-f]{16})>[^]*<\/conversation-\1>/,
    );
  });

  it('takes a secret out of what the model wrote before it is searched for', async () => {
    const world = rewriting(says(text('May AKIAQ3EGRZ7TWPNB5XKM be used in Suzhou?'), finish(), used(1, 1)));
    await walk(world, followUp(), { limits: MODEL_LIMITS });
    expect(world.queries[0]?.text).toContain('be used in Suzhou?');
    expect(JSON.stringify([world.queries, world.records])).not.toMatch(/AKIA|⟦/);
  });
});
