import type { DataSource, EntitySchema, MixedList } from 'typeorm';
import { Database } from './database.js';
import { openPool } from './open-pool.js';

const CONNECT_TIMEOUT_MS = 10_000;

export type Entities = MixedList<string | (new () => object) | EntitySchema>;

export interface PoolOptions {
  /** postgres://… of the application's role. */
  url: string;
  /** Connections this process may hold. */
  poolSize: number;
  /** Milliseconds after which a statement is cancelled by the server. */
  statementTimeout: number;
  applicationName: string;
}

export interface ConnectOptions extends PoolOptions {
  entities: Entities;
}

/** Opens the pool; throws when the server cannot be reached or the role could bypass row security. */
export async function connectDatabase(options: ConnectOptions): Promise<Database<DataSource>> {
  // Loaded here: a thread that has no entities does without its 300 modules.
  const { DataSource } = await import('typeorm');
  const dataSource = new DataSource({
    type: 'postgres',
    url: options.url,
    entities: options.entities,
    synchronize: false,
    logging: false,
    applicationName: options.applicationName,
    poolSize: options.poolSize,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    installExtensions: false,
    extra: extraOf(options),
  });
  await dataSource.initialize();
  return withoutPower(new Database(dataSource));
}

/** The same without TypeORM, for whoever has no entities: `tx.manager` throws. */
export function connectPool(options: PoolOptions): Promise<Database> {
  const connections = openPool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.poolSize,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    ...extraOf(options),
  });
  return withoutPower(new Database(connections));
}

const extraOf = ({ statementTimeout }: PoolOptions) => ({
  pipeline: true,
  statement_timeout: statementTimeout,
  idleTimeoutMillis: 60_000,
});

/** Row security is worth nothing to a role that owns the tables or bypasses it (house rule 7). */
async function withoutPower<Found extends Database>(database: Found): Promise<Found> {
  try {
    await refusePowerfulRole(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function refusePowerfulRole(database: Database): Promise<void> {
  const [row] = await database.withoutTenant<{ powerful: boolean; owner: boolean }>(
    `select r.rolsuper or r.rolbypassrls as powerful,
            exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = 'public' and c.relkind = 'r' and pg_has_role(r.oid, c.relowner, 'member')) as owner
       from pg_roles r where r.rolname = current_user`,
  );
  if (!row || row.powerful || row.owner) {
    throw new Error(
      'DATABASE_URL must name a role that neither owns the tables nor bypasses row-level security; give the owner in MIGRATIONS_DATABASE_URL',
    );
  }
}
