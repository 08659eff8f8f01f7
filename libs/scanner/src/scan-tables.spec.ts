import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@lorekeep/kit/clock';
import { systemContext } from '@lorekeep/kit/context';
import { PinyinMatcher } from '@lorekeep/kit/matching';
import { AssembleTable, PROMPT_LIST_WORDS } from './assemble-table.js';
import { DEFAULT_FOLDS } from './category-defaults.js';
import { compileUnit, type UnitSource } from './compile-unit.js';
import { EMPTY_TIER } from './testing/empty-tier.js';
import { PrepareUnits } from './prepare-units.js';
import type { CompiledUnit } from './scan-table.js';
import { IN_USE_MS, LATE_LIST_MS, RECHECK_MS, ScanTables } from './scan-tables.js';
import type { ListOfTable, TableSource, TableState } from './store/table.repository.js';
import { UnitCache } from './unit-cache.js';

const HOUR = 3_600_000;
const LARGE = PROMPT_LIST_WORDS + 1;
const ctx = systemContext('00000000-0000-4000-8000-000000000001');
const wordsOf = (list: ListOfTable) => Array.from({ length: list.words }, (_, i) => `${list.id}w${i}`);

class MemoryTables implements TableSource {
  state: TableState = { version: 1, wordsVersion: 1, changes: {}, lists: [] };
  asked = 0;
  fault: Promise<never> | undefined;

  async versionOf(): Promise<number> {
    this.asked++;
    await this.fault;
    return this.state.version;
  }
  async stateOf(): Promise<TableState> {
    return this.state;
  }
  async wordsOf() {
    return { words: [{ id: 'own', text: 'own', category: 'general', action: 'redact' as const }] };
  }
  async listWords(_: unknown, id: string): Promise<string[]> {
    return this.state.lists.filter((list) => list.id === id).flatMap(wordsOf);
  }
  save(change: Partial<TableState>): void {
    this.state = { ...this.state, version: this.state.version + 1, ...change };
  }
}

function world(prepare?: PrepareUnits) {
  const source = new MemoryTables();
  const clock = new ManualClock();
  const compiled: string[] = [];
  /** Units of lists wait for this. */
  const gate = { open: Promise.resolve() };
  const compile = async (unit: UnitSource): Promise<CompiledUnit> => {
    compiled.push(unit.id.split(':')[0] ?? '');
    if (unit.kind === 'list') await gate.open;
    return compileUnit(unit);
  };
  const assemble = new AssembleTable(source, EMPTY_TIER, new UnitCache(compile), prepare);
  return { source, clock, compiled, gate, tables: new ScanTables(source, assemble, clock, 200) };
}
const list = (id: string, words: number, state: ListOfTable['state'] = 'active'): ListOfTable => ({
  ...{ id, words, state, category: 'names', action: 'stop' },
});
const shut = (gate: { open: Promise<void> }) => {
  let release = () => {};
  gate.open = new Promise((resolve) => (release = resolve));
  return () => release();
};
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('ScanTables', () => {
  it('asks at most once a second, and adds a small list at once without compiling the words again', async () => {
    const { source, clock, compiled, tables } = world();
    const held = await tables.tableFor(ctx);
    await tables.tableFor(ctx);
    expect(source.asked).toBe(1);
    source.save({ lists: [list('a', 3)] });
    expect(await tables.tableFor(ctx)).toBe(held);
    clock.advance(RECHECK_MS);
    const { units } = await tables.tableFor(ctx);
    expect(units.map(({ kind }) => kind)).toEqual(['words', 'list']);
    expect(units[0]).toBe(held.units[0]);
    expect(held.units).toHaveLength(1);
    expect(compiled).toEqual(['words', 'list']);
    source.save({ lists: [] });
    tables.forget(ctx.tenantId);
    expect((await tables.tableFor(ctx)).units).toHaveLength(1);
  });

  it('gives a call its time, whatever the clock is set to, and no more', async () => {
    const { clock, tables } = world();
    const call = { ...ctx, deadline: clock.monotonic() + 5_000 };
    for (const jump of [HOUR, -2 * HOUR]) {
      clock.jump(jump);
      tables.forget(ctx.tenantId);
      expect((await tables.tableFor(call)).units).toHaveLength(1);
    }
    clock.advance(5_000);
    await expect(tables.tableFor(call)).rejects.toMatchObject({ code: 'SCANNER_UNAVAILABLE' });
  });

  it('has a large list that was compiled while it was previewed in force within a second', async () => {
    const { source, clock, tables } = world();
    source.save({ lists: [list('a', LARGE, 'preview')] });
    expect((await tables.tableFor(ctx)).units).toHaveLength(1);
    await settled();
    source.save({ lists: [list('a', LARGE)] });
    clock.advance(RECHECK_MS);
    expect((await tables.tableFor(ctx)).units).toHaveLength(2);
  });

  it('has a large list that pinyin is switched on for without it until that is made, and the rest of the policy at once', async () => {
    const gate = { open: Promise.resolve() };
    const open = shut(gate);
    const prepare = new PrepareUnits({
      build: () => Promise.reject(new Error('not asked')),
      buildSounds: async (entries) => (await gate.open, new PinyinMatcher(entries)),
      policy: async (matcher) => matcher.policy,
    });
    const { source, clock, tables } = world(prepare);
    source.save({ lists: [list('a', LARGE)] });
    await tables.tableFor(ctx);
    source.save({ changes: { names: { folds: [...DEFAULT_FOLDS, 'pinyin'], severity: 'low' } } });
    clock.advance(RECHECK_MS);
    const { units, deaf, policy } = await tables.tableFor(ctx);
    expect(policy.of('names').severity).toBe('low');
    expect([...(deaf ?? [])]).toEqual([units[1]]);
    open();
    await settled();
    expect((await tables.tableFor(ctx)).deaf?.size).toBe(0);
  });

  it('keeps tenants in use up to date beside their answers, and makes a table before the first', async () => {
    const { source, clock, tables } = world();
    await tables.refresh(() => ctx);
    expect(source.asked).toBe(0);
    await tables.warm(ctx);
    source.save({ lists: [list('a', LARGE, 'preview')] });
    clock.advance(RECHECK_MS);
    await tables.refresh(() => ctx);
    expect(source.asked).toBe(2);
    await settled();
    source.save({ lists: [list('a', LARGE)] });
    clock.advance(RECHECK_MS);
    expect((await tables.tableFor(ctx)).units).toHaveLength(2);
    clock.advance(IN_USE_MS);
    await tables.refresh(() => ctx);
    expect(source.asked).toBe(3);
  });

  it('goes on while a large list is compiled, and has it as soon as it is ready', async () => {
    const { source, clock, gate, tables } = world();
    await tables.tableFor(ctx);
    const release = shut(gate);
    source.save({ lists: [list('a', LARGE)] });
    clock.advance(RECHECK_MS);
    expect((await tables.tableFor(ctx)).units).toHaveLength(1);
    release();
    await settled();
    expect((await tables.tableFor(ctx)).units).toHaveLength(2);
  });

  it('keeps a large list in force while it is compiled with other folds', async () => {
    const { source, clock, gate, tables } = world();
    source.save({ lists: [list('a', LARGE)] });
    const [, before] = (await tables.tableFor(ctx)).units;
    const release = shut(gate);
    source.save({ changes: { names: { folds: ['case'] } } });
    clock.advance(RECHECK_MS);
    expect((await tables.tableFor(ctx)).units[1]).toBe(before);
    release();
    await settled();
    expect((await tables.tableFor(ctx)).units[1]?.baseFolds).toEqual(['case']);
  });

  it('fails closed: without a table before, and where a list is never ready', async () => {
    const fresh = world();
    shut(fresh.gate);
    fresh.source.save({ lists: [list('a', LARGE)] });
    await expect(fresh.tables.tableFor(ctx)).rejects.toMatchObject({ code: 'SCANNER_UNAVAILABLE' });
    const stuck = world();
    await stuck.tables.tableFor(ctx);
    shut(stuck.gate);
    stuck.source.save({ lists: [list('a', LARGE)] });
    stuck.clock.advance(RECHECK_MS);
    await stuck.tables.tableFor(ctx);
    stuck.clock.advance(LATE_LIST_MS + 1);
    await expect(stuck.tables.tableFor(ctx)).rejects.toMatchObject({ code: 'SCANNER_UNAVAILABLE' });
  });

  it('fails closed where the source throws, hangs or lies', async () => {
    const { source, clock, tables } = world();
    await tables.tableFor(ctx);
    for (const fault of [Promise.reject(new Error('away')), new Promise<never>(() => {})]) {
      fault.catch(() => undefined);
      source.fault = fault;
      clock.advance(RECHECK_MS);
      await expect(tables.tableFor(ctx)).rejects.toMatchObject({ code: 'SCANNER_UNAVAILABLE' });
    }
    source.fault = undefined;
    clock.advance(RECHECK_MS);
    source.listWords = async () => ['one alone'];
    source.save({ lists: [list('b', 2)] });
    await expect(tables.tableFor(ctx)).rejects.toMatchObject({ code: 'SCANNER_WORDS_INVALID' });
  });

  it('forgets compiled units beyond its limits, the least recently used first', async () => {
    const cache = new UnitCache(compileUnit, { units: 2, entries: 3 });
    const make = (id: string, words: string[]) =>
      cache.build(id, async () => ({
        ...{ id, kind: 'list' as const, baseFolds: [], entries: words.map((text) => ({ text })) },
        ruleOf: () => ({ ruleId: id, category: 'c', allow: false, action: null }),
      }));
    const first = await make('a', ['1']);
    await make('b', ['1']);
    expect(await make('a', ['1'])).toBe(first);
    await make('c', ['1', '2']);
    expect([cache.get('a') === first, cache.get('b'), cache.get('c') !== undefined]).toEqual([
      true,
      undefined,
      true,
    ]);
    await make('d', ['1', '2', '3', '4']);
    expect(cache.get('a') ?? cache.get('c')).toBeUndefined();
  });
});
