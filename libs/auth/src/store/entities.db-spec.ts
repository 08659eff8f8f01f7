import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectDatabase, type Database } from '@lorekeep/kit/database';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import { entities } from './entities.js';

describe('entities', () => {
  let clone: ClonedDatabase;
  let database: Database;

  beforeAll(async () => {
    clone = await cloneDatabase();
    database = await connectDatabase({
      url: clone.appUrl,
      entities,
      poolSize: 2,
      statementTimeout: 10_000,
      applicationName: 'auth-entities',
    });
  });
  afterAll(async () => {
    await database.close();
    await clone.drop();
  });

  it('are what the migrations have made', async () => {
    const plan = await database.dataSource.driver.createSchemaBuilder().log();
    expect(plan.upQueries.map((query) => query.query)).toEqual([]);
  });
});
