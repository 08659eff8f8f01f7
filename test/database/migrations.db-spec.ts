import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeSchema, migrate, revertLast } from '@lorekeep/kit/database';
import { migrations } from '@lorekeep/migrations';
import { connectOwner, type OwnedDatabase } from './connect-owner.js';

const APP_ROLE = 'lorekeep_app';

describe('migrations', () => {
  let database: OwnedDatabase;
  const describeNow = () => describeSchema({ url: database.clone.ownerUrl, appRole: APP_ROLE });
  const options = (upTo = migrations.length) => ({
    ownerUrl: database.clone.ownerUrl,
    appRole: APP_ROLE,
    migrations: migrations.slice(0, upTo),
  });

  beforeEach(async () => {
    database = await connectOwner();
  });
  afterEach(() => database.close());

  it('make what migrations/schema.sql says', async () => {
    expect(await describeNow()).toBe(readFileSync('migrations/schema.sql', 'utf8'));
  });

  it('run once', async () => {
    expect(await migrate(options())).toEqual([]);
  });

  it('can each be reverted, which undoes exactly what it did, and applied again', async () => {
    // after[n]: the schema when n migrations are applied
    const after = [await describeNow()];
    for (let applied = migrations.length; applied > 0; applied--) {
      await revertLast(options(applied));
      after.unshift(await describeNow());
    }
    expect(after[0]).not.toMatch(/^table (?!schema_migration)/m);
    expect(after[0]).not.toMatch(/function/i);
    for (let applied = 1; applied <= migrations.length; applied++) {
      expect(await migrate(options(applied))).toHaveLength(1);
      expect(await describeNow()).toBe(after[applied]);
    }
  }, 120_000);

  it('are in the order of their time, each named after it', () => {
    const names = migrations.map((migration) => new migration().name ?? '');
    const times = names.map((name) => /\d{14}$/.exec(name)?.[0] ?? 'no time');
    expect(times).toEqual([...times].sort());
    expect(new Set(times).size).toBe(times.length);
    expect(migrations.map(({ name }) => name)).toEqual(names);
  });

  it('bring an old database to the same schema as a fresh one, at once from two processes', async () => {
    for (let applied = migrations.length; applied > 1; applied--) await revertLast(options(applied));
    const ran = await Promise.all([migrate(options()), migrate(options())]);
    expect(ran.flat()).toHaveLength(migrations.length - 1);
    expect(await describeNow()).toBe(readFileSync('migrations/schema.sql', 'utf8'));
  });
});
