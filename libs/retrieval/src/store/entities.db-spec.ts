import { expect, it } from '@jest/globals';
import { cloneDatabase } from '@lorekeep/kit/testing';
import { DataSource } from 'typeorm';
import { entities } from '../index.js';

/** Keys to the tables of other domains are known by the migrations alone: domains refer to each other by id. */
const FOREIGN = /DROP CONSTRAINT "\w+_(tenant_id|created_by)_fkey"/;

it('leaves TypeORM nothing to change', async () => {
  const clone = await cloneDatabase();
  const dataSource = new DataSource({
    type: 'postgres',
    url: clone.ownerUrl,
    entities,
    synchronize: false,
    installExtensions: false,
    uuidExtension: 'pgcrypto',
  });
  await dataSource.initialize();
  try {
    const changes = await dataSource.driver.createSchemaBuilder().log();
    expect(changes.upQueries.map(({ query }) => query).filter((query) => !FOREIGN.test(query))).toEqual([]);
  } finally {
    await dataSource.destroy();
    await clone.drop();
  }
});
