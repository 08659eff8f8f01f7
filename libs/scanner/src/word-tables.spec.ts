import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@lorekeep/kit/clock';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { scanText } from './scan-text.js';
import type { WordEntry } from './word-entry.js';
import { RECHECK_MS, TABLE_LIMIT, WordTables, type WordRepository } from './word-tables.js';

/** Words in memory, which count how often they are asked for and can be told to misbehave. */
class MemoryWords implements WordRepository {
  version = 1;
  words: WordEntry[] = [];
  asked = { version: 0, words: 0 };
  misbehave: (() => Promise<never>) | undefined;

  async versionOf(): Promise<number> {
    this.asked.version++;
    if (this.misbehave) return this.misbehave();
    return this.version;
  }

  async wordsOf(): Promise<{ version: number; words: readonly WordEntry[] }> {
    this.asked.words++;
    return { version: this.version, words: [...this.words] };
  }

  save(...texts: string[]): void {
    this.words = texts.map((text) => ({ id: text, text, category: 'test', action: 'redact' }));
    this.version++;
  }
}

const TENANT = '00000000-0000-4000-8000-000000000001';
const ctx = systemContext(TENANT);
const world = (timeoutMs = 1_000) => {
  const words = new MemoryWords();
  const clock = new ManualClock();
  return { words, clock, tables: new WordTables(words, clock, timeoutMs) };
};
const hits = async (tables: WordTables, text: string, context: CallContext = ctx) =>
  scanText(await tables.tableFor(context), text).hits.length;

describe('WordTables', () => {
  it('loads once and asks for the version at most once a second', async () => {
    const { words, clock, tables } = world();
    words.save('甲');
    for (let i = 0; i < 5; i++) expect(await hits(tables, '甲')).toBe(1);
    expect(words.asked).toEqual({ version: 1, words: 1 });
    clock.advance(RECHECK_MS);
    const before = await tables.tableFor(ctx);
    expect(words.asked).toEqual({ version: 2, words: 1 });
    expect(await tables.tableFor(ctx)).toBe(before);
  });

  it('feels a change after a second, and not in the middle of a stream', async () => {
    const { words, clock, tables } = world();
    const old = await tables.tableFor(ctx);
    words.save('甲');
    clock.advance(RECHECK_MS - 1);
    expect(await hits(tables, '甲')).toBe(0);
    clock.advance(1);
    expect(await hits(tables, '甲')).toBe(1);
    expect(scanText(old, '甲').hits).toEqual([]);
  });

  it('feels a change of its own process at once', async () => {
    const { words, tables } = world();
    expect(await hits(tables, '甲')).toBe(0);
    words.save('甲');
    tables.forget(TENANT);
    expect(await hits(tables, '甲')).toBe(1);
  });

  it('loads once for answers that begin together', async () => {
    const { words, tables } = world();
    const all = await Promise.all(Array.from({ length: 20 }, () => tables.tableFor(ctx)));
    expect(new Set(all).size).toBe(1);
    expect(words.asked).toEqual({ version: 1, words: 1 });
  });

  it('keeps tenants apart', async () => {
    const { words, tables } = world();
    words.save('甲');
    const other = systemContext('00000000-0000-4000-8000-000000000002');
    expect(await hits(tables, '甲')).toBe(1);
    words.words = [];
    expect(await hits(tables, '甲', other)).toBe(0);
    expect(await hits(tables, '甲')).toBe(1);
  });

  it('keeps the tables used last', async () => {
    const { words, tables } = world();
    const tenant = (i: number) => systemContext(`00000000-0000-4000-8000-${String(i).padStart(12, '0')}`);
    for (let i = 0; i < TABLE_LIMIT; i++) await tables.tableFor(tenant(i));
    await tables.tableFor(tenant(0));
    await tables.tableFor(tenant(TABLE_LIMIT));
    const loaded = words.asked.words;
    await tables.tableFor(tenant(0));
    expect(words.asked.words).toBe(loaded);
    await tables.tableFor(tenant(1));
    expect(words.asked.words).toBe(loaded + 1);
  });

  describe('fails closed', () => {
    it('when the words cannot be loaded, even though older ones are known', async () => {
      const { words, clock, tables } = world();
      await tables.tableFor(ctx);
      clock.advance(RECHECK_MS);
      words.misbehave = () => Promise.reject(new Error('connection refused'));
      await expect(tables.tableFor(ctx)).rejects.toMatchObject({ code: 'SCANNER_UNAVAILABLE', status: 503 });
      words.misbehave = undefined;
      await expect(tables.tableFor(ctx)).resolves.toBeDefined();
    });

    it('when loading hangs, and recovers while the old check still hangs', async () => {
      const { words, clock, tables } = world(20);
      words.misbehave = () => new Promise<never>(() => undefined);
      await expect(tables.tableFor(ctx)).rejects.toMatchObject({ code: 'SCANNER_UNAVAILABLE' });
      words.misbehave = undefined;
      clock.advance(RECHECK_MS);
      await expect(tables.tableFor(ctx)).resolves.toBeDefined();
    });

    it('when the deadline of the call has passed', async () => {
      const { clock, tables } = world();
      await expect(tables.tableFor({ ...ctx, deadline: clock.now() })).rejects.toMatchObject({
        code: 'SCANNER_UNAVAILABLE',
      });
    });

    it.each([
      ['a version that is no number', (words: MemoryWords) => (words.version = Number.NaN)],
      [
        'words older than their version',
        (words: MemoryWords) => (words.wordsOf = async () => ({ version: 0, words: [] })),
      ],
      [
        'no list',
        (words: MemoryWords) => (words.wordsOf = async () => ({ version: 1, words: null as never })),
      ],
    ])('when the repository lies: %s', async (_, corrupt) => {
      const { words, tables } = world();
      corrupt(words);
      await expect(tables.tableFor(ctx)).rejects.toMatchObject({ code: 'SCANNER_UNAVAILABLE' });
    });

    it('when a stored word cannot be honoured', async () => {
      const { words, tables } = world();
      words.save('甲', ' ');
      await expect(tables.tableFor(ctx)).rejects.toMatchObject({ code: 'SCANNER_WORDS_INVALID' });
    });
  });

  it('does not bring back old words when a slow check is overtaken', async () => {
    const { words, clock, tables } = world();
    let release: (version: number) => void = () => undefined;
    words.versionOf = () => new Promise<number>((resolve) => (release = resolve));
    const slow = tables.tableFor(ctx);
    const releaseSlow = release;
    clock.advance(RECHECK_MS);
    words.save('甲');
    const fast = tables.tableFor(ctx);
    release(2);
    expect(scanText(await fast, '甲').hits).toHaveLength(1);
    words.words = [];
    words.version = 1;
    releaseSlow(1);
    await slow;
    expect(await hits(tables, '甲')).toBe(1);
  });
});
