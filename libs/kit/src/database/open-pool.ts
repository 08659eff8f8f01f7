import pg, { type PoolClient, type PoolConfig } from 'pg';
import type { Connections, Runner } from './database.js';

/** What fails on a connection fails its statement, and the pool drops it; unheard, it would end the process. */
const unheard = (): void => undefined;

/** The driver's own pool, lending connections as TypeORM does. */
export function openPool(config: PoolConfig): Connections {
  const pool = new pg.Pool(config).on('error', unheard);
  return { createQueryRunner: () => lend(pool), destroy: () => pool.end() };
}

function lend(pool: pg.Pool): Runner {
  let client: PoolClient | undefined;
  return {
    get manager(): never {
      throw new Error('this pool knows no entities');
    },
    async connect() {
      client = await pool.connect();
      return client.on('error', unheard);
    },
    release() {
      client?.off('error', unheard).release();
      return Promise.resolve();
    },
  };
}
