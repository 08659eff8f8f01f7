import type { Clock } from '@lorekeep/kit/clock';
import type { Database } from '@lorekeep/kit/database';

/** The extension as this database has it. */
export interface Pgvector {
  readonly version: string;
  /** Its types and operators, for SQL: they need not be in the search path. */
  readonly schema: string;
}

/** Iterative scans, without which a filter leaves holes in the result, came with 0.8. */
const OLDEST = [0, 8] as const;
/** pgvector's index takes no more dimensions (of half precision). */
export const INDEX_DIMENSIONS_MAX = 4_000;
/** It may be installed while we run. */
const REMEMBER_MS = 30_000;
const NAME = /^[a-z_][a-z0-9_$]*$/;

const EXTENSION = `select e.extversion as version, n.nspname as schema from pg_extension e
  join pg_namespace n on n.oid = e.extnamespace where e.extname = 'vector'`;

/** Whether vectors are searched by pgvector's index or by signature. */
export class VectorStorage {
  private known: { at: number; pgvector: Promise<Pgvector | null> } | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Null: pgvector is not enabled here, or is too old. */
  pgvector(): Promise<Pgvector | null> {
    const now = this.clock.monotonic();
    if (!this.known || now - this.known.at > REMEMBER_MS) {
      const pgvector = this.look();
      this.known = { at: now, pgvector };
      pgvector.catch(() => (this.known = undefined));
    }
    return this.known.pgvector;
  }

  private async look(): Promise<Pgvector | null> {
    const [found] = await this.database.withoutTenant<{ version: string; schema: string }>(EXTENSION);
    if (!found || !NAME.test(found.schema)) return null;
    const [major = 0, minor = 0] = found.version.split('.').map(Number);
    return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]) ? found : null;
  }
}

/** Of the index that `vector_index` makes for a set. */
export const indexNameOf = (setId: string): string => `passage_vector_${setId.replaceAll('-', '')}`;
