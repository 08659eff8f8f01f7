import { describe, expect, it } from '@jest/globals';
import { cloneDatabase } from '@lorekeep/kit/testing';
import { DataSource } from 'typeorm';
import { entities } from './entities.js';

describe('source entities', () => {
  it('leave the schema builder nothing to change', async () => {
    const clone = await cloneDatabase();
    const source = await new DataSource({
      type: 'postgres',
      url: clone.ownerUrl,
      entities,
      installExtensions: false,
    }).initialize();
    try {
      const { upQueries } = await source.driver.createSchemaBuilder().log();
      expect(upQueries.map((query) => query.query)).toEqual([]);
    } finally {
      await source.destroy();
      await clone.drop();
    }
  });
});
