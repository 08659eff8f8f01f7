import pg from 'pg';
import type { DataSource, MigrationInterface } from 'typeorm';

/** Serialises concurrent migrators on one database; the number is arbitrary and ours. */
const MIGRATION_LOCK = 5_023_771_904;

export interface MigrateOptions {
  /** postgres://… of the owner. */
  ownerUrl: string;
  /** Name of the application's role, which receives the grants. */
  appRole: string;
  migrations: (new () => MigrationInterface)[];
}

/** Brings the schema up to date; returns the names of the migrations that ran. Safe to call at once from several processes. */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const lock = new pg.Client({ connectionString: options.ownerUrl });
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const dataSource = await migrationSource(options);
    await dataSource.initialize();
    try {
      const ran = await dataSource.runMigrations({ transaction: 'each' });
      return ran.map((migration) => migration.name);
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await lock.end();
  }
}

/** Undoes the newest migration. */
export async function revertLast(options: MigrateOptions): Promise<void> {
  const dataSource = await migrationSource(options);
  await dataSource.initialize();
  try {
    await dataSource.undoLastMigration({ transaction: 'each' });
  } finally {
    await dataSource.destroy();
  }
}

async function migrationSource(options: MigrateOptions): Promise<DataSource> {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(options.appRole)) {
    throw new Error('the application role must be a plain lower-case Postgres name');
  }
  const { DataSource } = await import('typeorm');
  return new DataSource({
    type: 'postgres',
    url: options.ownerUrl,
    migrations: options.migrations,
    migrationsTableName: 'schema_migration',
    synchronize: false,
    installExtensions: false,
    // Migrations read the role's name from here: GRANT takes no parameters.
    extra: { max: 2, options: `-c lorekeep.app_role=${options.appRole}` },
  });
}
