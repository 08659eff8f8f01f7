import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ALL_CONTEXT_FOLDS, BASE_FOLDS } from './fold-names.js';
import { type EntryRule, wantedRule, wantedRules } from './match-policy.js';
import { Matcher, type MatcherEntry } from './matcher.js';
import { MatcherThread } from './matcher-thread.js';
import { sourceThread } from './testing/source-thread.js';

const threadOf = (code: string) => ({ url: new URL(`data:text/javascript,${encodeURIComponent(code)}`) });
const entries: MatcherEntry[] = Array.from({ length: 20_000 }, (_, i) => ({
  id: `w${i}`,
  text: i % 3 === 0 ? `大${i}麻` : `word${i}`,
  ...(i % 5 === 0 ? { wholeWord: false } : {}),
  ...(i % 7 === 0 ? { holds: false } : {}),
  ...(i % 11 === 0 ? { folds: ALL_CONTEXT_FOLDS } : {}),
  ...(i % 501 === 500 ? { allow: true } : {}),
}));
const text = 'a word17 of WORD11 w-o-r-d-2-2 xword10x 大6麻 大 3 麻 word500.';

describe('MatcherThread', () => {
  const thread = new MatcherThread(sourceThread());
  afterAll(() => thread.close());

  it('builds what this thread would have built, in shared memory', async () => {
    const here = new Matcher(entries);
    const there = await thread.build(entries, { folds: BASE_FOLDS });
    expect(there.findAll(text)).toEqual(here.findAll(text));
    expect(there.findAll(text).length).toBeGreaterThan(2);
    expect(there.automaton).toEqual(here.automaton);
    expect(there.policy.tables).toEqual(here.policy.tables);
    expect(String(there.automaton.cells.buffer)).toBe('[object SharedArrayBuffer]');
    expect(String(there.policy.hold.buffer)).toBe('[object SharedArrayBuffer]');
  }, 30_000);

  it('makes the policies that this thread would have made, in shared memory', async () => {
    const matcher = new Matcher(entries);
    const ruleOf = (_: MatcherEntry, index: number): EntryRule => ({
      status: (['ignored', 'watched', 'holding'] as const)[index % 3] ?? 'ignored',
      folds: index % 32,
    });
    const rules = wantedRules(matcher.entries, (index) =>
      ruleOf(matcher.entries[index] as MatcherEntry, index),
    );
    const there = await thread.policy(matcher, rules);
    const here = matcher.under(ruleOf);
    expect(there.tables).toEqual(here.tables);
    expect(matcher.findAll(text, there)).toEqual(matcher.findAll(text, here));
    expect(String(there.hold.buffer)).toBe('[object SharedArrayBuffer]');
    const plain = new Matcher(entries.filter(({ allow }) => !allow));
    const alike = { status: 'holding', folds: ALL_CONTEXT_FOLDS } as const;
    expect((await thread.policy(plain, wantedRule(alike))).tables).toEqual(plain.under(() => alike).tables);
    expect(() => plain.withPolicy(there.tables)).toThrow(RangeError);
  }, 30_000);

  it('builds an empty list, and several at a time', async () => {
    const [none, one, two] = await Promise.all([
      thread.build([], { folds: [] }),
      thread.build([{ id: 'a', text: 'a' }], { folds: [] }),
      thread.build([{ id: 'b', text: 'B' }], { folds: ['case'] }),
    ]);
    expect([none, one, two].map((matcher) => matcher.findAll('a b').map(({ id }) => id))).toEqual([
      [],
      ['a'],
      ['b'],
    ]);
  });

  it('refuses what Matcher refuses', async () => {
    await expect(thread.build([{ id: 'a', text: '' }], { folds: [] })).rejects.toThrow(RangeError);
    await expect(thread.build([{ id: 'a', text: 'b' }], { folds: [] })).resolves.toBeInstanceOf(Matcher);
  });

  it('gives up when it is told to', async () => {
    const controller = new AbortController();
    const building = thread.build(entries, { folds: [], signal: controller.signal });
    controller.abort(new Error('not wanted any more'));
    await expect(building).rejects.toThrow('not wanted any more');
  });

  it.each([
    ['throws at once', 'throw new Error("broken")', /failed/],
    ['ends at once', 'process.exit(3)', /ended/],
    ['cannot be found', undefined, /failed/],
    [
      'dies while it builds',
      'import("node:worker_threads").then((w) => w.parentPort.on("message", () => process.exit(1)))',
      /ended/,
    ],
    [
      'hangs',
      'import("node:worker_threads").then((w) => w.parentPort.on("message", () => { for (;;); }))',
      /within 500 ms/,
    ],
    [
      'lies about what it built',
      'import("node:worker_threads").then((w) => w.parentPort.on("message", (m) => w.parentPort.postMessage({ kind: "built", id: m.id, compiled: { tables: { lengths: [1, 2, 3] } } })))',
      /other entries/,
    ],
  ])('fails when the thread %s', async (_, code, expected) => {
    const entry = code === undefined ? { url: new URL('file:///nowhere/thread.js') } : threadOf(code);
    const broken = new MatcherThread(entry, 500);
    await expect(broken.build([{ id: 'a', text: 'a' }], { folds: [] })).rejects.toThrow(expected);
    await broken.close();
  });

  it('starts another thread after one has died', async () => {
    const once = new MatcherThread(
      threadOf(
        'import("node:worker_threads").then((w) => w.parentPort.on("message", () => process.exit(1)))',
      ),
    );
    for (let i = 0; i < 2; i++) {
      await expect(once.build([{ id: 'a', text: 'a' }], { folds: [] })).rejects.toThrow(/ended/);
    }
    await once.close();
    await expect(once.build([], { folds: [] })).rejects.toThrow(/closed/);
  });

  it('ends a thread that has nothing to build, and starts one for the next build', async () => {
    // Tells how many builds it has seen: one, of every thread that is new.
    const counting = threadOf(
      'import("node:worker_threads").then((w) => { let seen = 0; w.parentPort.on("message", (m) => w.parentPort.postMessage({ kind: "refused", id: m.id, reason: String(++seen) })); })',
    );
    const rested = new MatcherThread(counting, 60_000, 0);
    const kept = new MatcherThread(counting, 60_000, 60_000);
    const build = async (thread: MatcherThread) => {
      await expect(thread.build([], { folds: [] })).rejects.toThrow(RangeError);
      const { worker } = thread as unknown as { worker: Worker };
      return worker;
    };
    const first = await build(rested);
    if (first.threadId > 0) await once(first, 'exit');
    const next = await build(rested);
    expect(next).not.toBe(first);
    expect(await build(kept)).toBe(await build(kept));
    await Promise.all([rested.close(), kept.close()]);
  });

  it('does not rest between builds that wait for one another', async () => {
    const rested = new MatcherThread(sourceThread(), 60_000, 0);
    const built = await Promise.all(
      [entries, [{ id: 'b', text: 'b' }]].map((list) => rested.build(list, { folds: BASE_FOLDS })),
    );
    expect(built.map((matcher) => matcher.findAll('b word17').length)).toEqual([1, 1]);
    await rested.close();
  }, 30_000);
});
