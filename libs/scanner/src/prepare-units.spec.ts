import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { Matcher, MatcherThread, PinyinMatcher } from '@lorekeep/kit/matching';
import { sourceThread } from '@lorekeep/kit/testing';
import { compileUnit, THREAD_ENTRIES, type UnitSource } from './compile-unit.js';
import { EffectivePolicy, type PolicyChanges } from './policy/effective-policy.js';
import { prepareTable } from './prepare-table.js';
import { PrepareUnits, type PrepareThread } from './prepare-units.js';
import type { CompiledUnit, ScannerPolicy, ScanTable } from './scan-table.js';
import { StreamScanner } from './stream-scanner.js';

const SOME = '甲乙丙丁戊己庚辛壬癸';
const words = Array.from(
  { length: THREAD_ENTRIES },
  (_, i) => `大麻${[...String(i)].map((digit) => SOME[Number(digit)]).join('')}`,
);
const source = (kind: 'list' | 'words', entries: UnitSource['entries'] = words): UnitSource => ({
  ...{ id: `${kind}:${Math.random()}`, kind, baseFolds: [], entries },
  ruleOf: (entry) => ({
    ruleId: `${entry}`,
    category: kind === 'list' || entry % 2 === 0 ? 'names' : 'other',
    allow: kind === 'words' && entry % 10 === 0,
    action: kind === 'list' || entry % 3 === 0 ? 'stop' : 'redact',
  }),
});
const policyOf = (changes: PolicyChanges): ScannerPolicy => new EffectivePolicy(new Map(), changes);
const PINYIN = policyOf({ names: { folds: ['interleave', 'pinyin'] } });

/** The real thread, and how often it was asked for what. */
function counting(thread: MatcherThread) {
  const asked: string[] = [];
  const prepare: PrepareThread = {
    build: (entries, options) => (asked.push('build'), thread.build(entries, options)),
    buildSounds: (entries, accepts) => (asked.push('sounds'), thread.buildSounds(entries, accepts)),
    policy: (matcher, wanted) => (asked.push('policy'), thread.policy(matcher, wanted)),
  };
  return { prepare: new PrepareUnits(prepare), asked };
}
const tableOf = (unit: CompiledUnit, policy: ScannerPolicy, more: Partial<ScanTable> = {}): ScanTable => ({
  ...{ version: 1, units: [unit], policy },
  ...more,
});
const hitsOf = (table: ScanTable, text: string) => {
  const scanner = new StreamScanner(table);
  return [...scanner.push('c', text).hits, ...scanner.end('c').hits];
};

describe('PrepareUnits', () => {
  const thread = new MatcherThread(sourceThread());
  afterAll(() => thread.close());

  it.each(['list', 'words'] as const)(
    'makes all of a large unit (%s) elsewhere, the same as is made here, and once',
    async (kind) => {
      const { prepare, asked } = counting(thread);
      const ready = async (unit: CompiledUnit) => {
        await prepare.sounds(unit, PINYIN);
        await prepare.rules(unit, PINYIN);
        return tableOf(unit, PINYIN);
      };
      const unit = await compileUnit(source(kind));
      await Promise.all([ready(unit), ready(unit)]);
      const there = await ready(unit);
      expect(asked.sort()).toEqual(
        [...(kind === 'words' ? ['build', 'policy'] : []), 'policy', 'policy', 'sounds'].sort(),
      );
      const under = [jest.spyOn(Matcher.prototype, 'under'), jest.spyOn(PinyinMatcher.prototype, 'under')];
      const prepared = prepareTable(there);
      for (const made of under) expect(made).not.toHaveBeenCalled();
      for (const made of under) made.mockRestore();
      const here = prepareTable(tableOf(await compileUnit(source(kind)), PINYIN));
      expect(prepared.units.map(({ policy }) => policy.tables)).toEqual(
        here.units.map(({ policy }) => policy.tables),
      );
      expect(prepared.sounds.map(({ policy }) => policy.tables)).toEqual(
        here.sounds.map(({ policy }) => policy.tables),
      );
      expect(prepared.exceptions.map(({ policy }) => policy.tables)).toEqual(
        here.exceptions.map(({ policy }) => policy.tables),
      );
      const text = '说大.麻.乙丙，大嘛甲，大麻戊，和大ma癸';
      expect(hitsOf(there, text)).toEqual(hitsOf(here.table, text));
      expect(hitsOf(there, text).length).toBeGreaterThan(0);
    },
    30_000,
  );

  it('makes the sounds of a list once for all policies, and its rules only where they differ', async () => {
    const { prepare, asked } = counting(thread);
    const unit = await compileUnit(source('list'));
    const other = policyOf({ names: { folds: ['interleave', 'pinyin'] }, 'secret.token': { action: 'log' } });
    for (const policy of [PINYIN, other]) {
      await prepare.sounds(unit, policy);
      await prepare.rules(unit, policy);
    }
    expect(asked).toEqual(['sounds', 'policy', 'policy']);
    const logged = policyOf({ names: { folds: ['interleave', 'pinyin'], action: 'log' } });
    expect(prepare.sounds(unit, logged)).toBeNull();
    await prepare.rules(unit, logged);
    expect(asked).toEqual(['sounds', 'policy', 'policy', 'policy', 'policy']);
  }, 30_000);

  it('leaves small units, and tables without a thread, to whoever needs them', async () => {
    const { prepare, asked } = counting(thread);
    const small = await compileUnit(source('list', words.slice(1)));
    expect(prepare.sounds(small, PINYIN)).toBeNull();
    await prepare.rules(small, PINYIN);
    const large = await compileUnit(source('list'));
    expect(new PrepareUnits().sounds(large, PINYIN)).toBeNull();
    await new PrepareUnits().rules(large, PINYIN);
    expect(asked).toEqual([]);
    expect(hitsOf(tableOf(large, PINYIN), '大嘛甲')).toHaveLength(1);
  });

  it('keeps no failure: the next table tries again', async () => {
    const dead = () => Promise.reject(new Error('dead'));
    const failing = new PrepareUnits({ build: dead, buildSounds: dead, policy: dead });
    const unit = await compileUnit(source('list'));
    await expect(failing.sounds(unit, PINYIN)).rejects.toThrow('dead');
    await expect(failing.rules(unit, PINYIN)).rejects.toThrow('dead');
    const { prepare, asked } = counting(thread);
    await prepare.sounds(unit, PINYIN);
    await prepare.rules(unit, PINYIN);
    expect(asked).toEqual(['sounds', 'policy', 'policy']);
  }, 30_000);

  it('lets a table go on without sounds that are late', async () => {
    const unit = await compileUnit(source('list'));
    const deaf = tableOf(unit, PINYIN, { deaf: new Set([unit]) });
    expect(hitsOf(deaf, '大嘛甲')).toEqual([]);
    expect(hitsOf(deaf, '大麻甲')).toHaveLength(1);
  });
});
