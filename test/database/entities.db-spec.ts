import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource, type MixedList } from 'typeorm';
import { connectOwner, type OwnedDatabase } from './connect-owner.js';

type EntityClasses = (new () => object)[];

/** Written by hand-made statements alone: no entity describes them. */
const WITHOUT_ENTITY = ['schema_migration'];

describe('the entities of all domains', () => {
  let database: OwnedDatabase;
  let dataSource: DataSource;
  beforeAll(async () => {
    database = await connectOwner();
    dataSource = new DataSource({
      type: 'postgres',
      url: database.clone.ownerUrl,
      entities: (await allEntities()) as MixedList<new () => object>,
      synchronize: false,
      installExtensions: false,
      uuidExtension: 'pgcrypto',
    });
    await dataSource.initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.close();
  });

  it("leave TypeORM's schema builder nothing to change", async () => {
    const plan = await dataSource.driver.createSchemaBuilder().log();
    expect(plan.upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('describe every table', async () => {
    const { rows } = await database.owner.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
    );
    const described = new Set(
      dataSource.entityMetadatas.filter(({ synchronize }) => synchronize).map(({ tableName }) => tableName),
    );
    const missing = rows.map(({ name }) => name).filter((name) => !described.has(name));
    expect(missing.filter((name) => !WITHOUT_ENTITY.includes(name))).toEqual([]);
  });
});

async function allEntities(): Promise<EntityClasses> {
  const found: EntityClasses = [];
  for (const name of readdirSync('libs')) {
    const manifest = JSON.parse(readFileSync(`libs/${name}/package.json`, 'utf8')) as {
      exports: Record<string, unknown>;
    };
    if (!('./entities' in manifest.exports)) continue;
    const { entities } = (await import(`@lorekeep/${name}/entities`)) as { entities: EntityClasses };
    found.push(...entities);
  }
  return found;
}
