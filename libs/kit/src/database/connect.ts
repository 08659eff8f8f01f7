import { DataSource, type EntitySchema, type MixedList } from 'typeorm';
import { Database } from './database.js';

export type Entities = MixedList<string | (new () => object) | EntitySchema>;

export interface ConnectOptions {
  /** postgres://… of the application's role. */
  url: string;
  entities: Entities;
  /** Connections this process may hold. */
  poolSize: number;
  /** Milliseconds after which a statement is cancelled by the server. */
  statementTimeout: number;
  applicationName: string;
}

/** Opens the pool; throws when the server cannot be reached or the role could bypass row security. */
export async function connectDatabase(options: ConnectOptions): Promise<Database> {
  const dataSource = new DataSource({
    type: 'postgres',
    url: options.url,
    entities: options.entities,
    synchronize: false,
    logging: false,
    applicationName: options.applicationName,
    poolSize: options.poolSize,
    connectTimeoutMS: 10_000,
    installExtensions: false,
    extra: { pipeline: true, statement_timeout: options.statementTimeout, idleTimeoutMillis: 60_000 },
  });
  await dataSource.initialize();
  try {
    await refusePowerfulRole(dataSource);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  return new Database(dataSource);
}

/** Row security is worth nothing to a role that owns the tables or bypasses it (house rule 7). */
async function refusePowerfulRole(dataSource: DataSource): Promise<void> {
  const [row] = (await dataSource.query(
    `select r.rolsuper or r.rolbypassrls as powerful,
            exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = 'public' and c.relkind = 'r' and pg_has_role(r.oid, c.relowner, 'member')) as owner
       from pg_roles r where r.rolname = current_user`,
  )) as { powerful: boolean; owner: boolean }[];
  if (!row || row.powerful || row.owner) {
    throw new Error(
      'DATABASE_URL must name a role that neither owns the tables nor bypasses row-level security; give the owner in MIGRATIONS_DATABASE_URL',
    );
  }
}
