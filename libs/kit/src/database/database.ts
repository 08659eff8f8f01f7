import type { PoolClient, QueryConfig, QueryResultRow } from 'pg';
import type { EntityManager } from 'typeorm';
import { principalsOf, type CallContext } from '../context/index.js';
import { isUuid } from '../sql/is-uuid.js';
import { copyRows, type BinaryRow } from './copy-rows.js';
import { runAlone, UnknownPlans, type Setting } from './one-transaction.js';

/** One open transaction, bound to one tenant. */
export interface Tx {
  /**
   * Runs one statement with `$1…` parameters and returns its rows. `prepared`: keeps its plan on the connection under
   * this name, which no other statement may have.
   */
  query<Row extends QueryResultRow>(
    sql: string,
    values?: readonly unknown[],
    prepared?: string,
  ): Promise<Row[]>;
  /** TypeORM's manager on the same connection, for ordinary reading and writing of entities. */
  readonly manager: EntityManager;
}

export interface TransactionOptions {
  /**
   * `caller` (default): row security shows only documents that the caller may read.
   * `all`: every document of the tenant; for ingestion and administration, after their own check.
   */
  access?: 'caller' | 'all';
  /** False gives up durability of this commit for speed (quota counters); the audit never does. */
  durable?: boolean;
  /**
   * Milliseconds for the whole call, waiting for a connection included. Past it the server cancels the statement or,
   * if it does not answer, the connection is dropped, and the call throws DatabaseTimeout: whether the work took effect
   * is then unknown. Without it the role's statement_timeout is the only limit, which a server that hangs does not keep.
   */
  timeout?: number;
  /** For `once`: keeps the statement's plan on the connection under this name, which no other statement may have. */
  prepared?: string;
}

/** The database did not answer in time; the statement may or may not have taken effect. */
export class DatabaseTimeout extends Error {
  constructor(milliseconds: number) {
    super(`the database did not answer within ${milliseconds} ms`);
    this.name = 'DatabaseTimeout';
  }
}

/** The server gives up a little before we do, so that it frees its locks and the connection survives. */
const SERVER_SHARE = 0.9;
const QUERY_CANCELED = '57014';

const PRINCIPAL = /^[a-z0-9:-]+$/i;

/** What row security reads, and limits; all of it ends with the transaction. */
function settingsOf(ctx: CallContext, options: TransactionOptions): Setting[] {
  if (!isUuid(ctx.tenantId)) throw new Error('tenant id is not a uuid');
  const principals = principalsOf(ctx.caller);
  if (!principals.every((name) => PRINCIPAL.test(name)))
    throw new Error('principal has unexpected characters');
  const settings: Setting[] = [
    ['app.tenant', ctx.tenantId],
    ['app.principals', principals.join(',')],
    ['app.access', options.access ?? 'caller'],
  ];
  if (options.durable === false) settings.push(['synchronous_commit', 'off']);
  if (options.timeout !== undefined) {
    const milliseconds = Math.max(1, Math.floor(options.timeout * SERVER_SHARE));
    settings.push(['statement_timeout', String(milliseconds)]);
  }
  return settings;
}

/** The opening statements in one message. No value has a quote in it: see `settingsOf`. */
function opening(ctx: CallContext, options: TransactionOptions): string {
  const calls = settingsOf(ctx, options).map(([name, value]) => `set_config('${name}', '${value}', true)`);
  return `begin; select ${calls.join(', ')}`;
}

/** One connection of the pool, as TypeORM lends it. */
export interface Runner {
  readonly manager: EntityManager;
  connect(): Promise<unknown>;
  release(): Promise<void>;
}

/** The pool: TypeORM's DataSource, or one that knows no entities (see `connectPool`). */
export interface Connections {
  createQueryRunner(): Runner;
  destroy(): Promise<void>;
}

/** Access to Postgres as the application's role: every statement runs inside a transaction of one tenant. */
export class Database<From extends Connections = Connections> {
  constructor(readonly dataSource: From) {}

  /** Runs `work` in a transaction of the caller's tenant; commits when it returns, rolls back when it throws. */
  async transaction<T>(
    ctx: CallContext,
    work: (tx: Tx) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    const { runner, client, watch } = await this.connectWithin(options.timeout);
    let broken = false;
    try {
      await client.query(opening(ctx, options));
      // TypeORM must not open a transaction of its own inside this one.
      Object.assign(runner, { isTransactionActive: true });
      const result = await work(txOn(client, runner));
      await commit(client);
      return result;
    } catch (error) {
      broken = watch.dropped || !(await rollback(client));
      throw timedOut(error, watch, options);
    } finally {
      watch.end();
      Object.assign(runner, { isTransactionActive: false });
      await this.release(runner, client, broken);
    }
  }

  /** One statement in a transaction of its own, in a single message to the server. */
  once<Row extends QueryResultRow>(
    ctx: CallContext,
    sql: string,
    values: readonly unknown[] = [],
    options: TransactionOptions = {},
  ): Promise<Row[]> {
    const statement = statementOf(sql, values, options.prepared);
    return this.alone((client) => runAlone<Row>(client, settingsOf(ctx, options), statement), options);
  }

  /**
   * The same for a query whose rows come as bytes, as the server stores them. It takes no parameters: whoever writes
   * it puts in nothing but what it has made itself (uuids, hex, numbers).
   */
  copy(ctx: CallContext, query: string, options: TransactionOptions = {}): Promise<BinaryRow[]> {
    return this.alone(async (client) => {
      const [opened, sent, committed] = await Promise.allSettled([
        client.query(opening(ctx, options)),
        copyRows(client, query),
        commit(client),
      ]);
      if (opened.status === 'rejected') throw opened.reason;
      if (sent.status === 'rejected') throw sent.reason;
      if (committed.status === 'rejected') throw committed.reason;
      return sent.value;
    }, options);
  }

  private async alone<Rows>(
    send: (client: PoolClient) => Promise<Rows>,
    options: TransactionOptions,
  ): Promise<Rows> {
    const { runner, client, watch } = await this.connectWithin(options.timeout);
    let broken = false;
    try {
      return await send(client);
    } catch (error) {
      const isUnknown = error instanceof UnknownPlans;
      broken = watch.dropped || isUnknown || !(await rollback(client));
      throw timedOut(isUnknown ? error.cause : error, watch, options);
    } finally {
      watch.end();
      await this.release(runner, client, broken);
    }
  }

  /** For the few functions that answer before a tenant is known (see migrations: `tenant_by_slug`, `tenant_ids`). */
  async withoutTenant<Row extends QueryResultRow>(
    sql: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    const { runner, client } = await this.connect();
    let broken = false;
    try {
      return (await client.query<Row>(sql, [...values])).rows;
    } catch (error) {
      // No transaction is open: this asks whether the connection still answers.
      broken = !(await rollback(client));
      throw error;
    } finally {
      await this.release(runner, client, broken);
    }
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
  }

  private async connect(): Promise<{ runner: Runner; client: PoolClient }> {
    const runner = this.dataSource.createQueryRunner();
    const client = (await runner.connect()) as PoolClient;
    return { runner, client };
  }

  /** A connection that comes too late goes straight back to the pool. */
  private async connectWithin(
    limit: number | undefined,
  ): Promise<{ runner: Runner; client: PoolClient; watch: Watch }> {
    if (limit === undefined) return { ...(await this.connect()), watch: UNWATCHED };
    const until = performance.now() + limit;
    const connecting = this.connect();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), limit);
    });
    const first = await Promise.race([connecting, late]).finally(() => clearTimeout(timer));
    if (first !== 'late') return { ...first, watch: dropAt(first.client, until) };
    void connecting.then(({ runner, client }) => this.release(runner, client, false)).catch(() => undefined);
    throw new DatabaseTimeout(limit);
  }

  private async release(runner: Runner, client: PoolClient, broken: boolean): Promise<void> {
    // A connection that could not roll back may still hold another tenant's settings: end it, never pool it.
    if (broken) await (client as unknown as { end(): Promise<void> }).end().catch(() => undefined);
    await runner.release();
  }
}

function txOn(client: PoolClient, runner: Runner): Tx {
  return {
    get manager() {
      return runner.manager;
    },
    async query<Row extends QueryResultRow>(
      sql: string,
      values: readonly unknown[] = [],
      prepared?: string,
    ): Promise<Row[]> {
      return (await client.query<Row>(statementOf(sql, values, prepared))).rows;
    },
  };
}

const statementOf = (text: string, values: readonly unknown[], name: string | undefined): QueryConfig => ({
  text,
  values: [...values],
  ...(name ? { name } : {}),
});

interface Watch {
  dropped: boolean;
  end(): void;
}

function timedOut(error: unknown, watch: Watch, { timeout }: TransactionOptions): unknown {
  const cancelled = (error as { code?: unknown } | null)?.code === QUERY_CANCELED;
  return timeout !== undefined && (watch.dropped || cancelled) ? new DatabaseTimeout(timeout) : error;
}

const UNWATCHED: Watch = { dropped: false, end: () => undefined };

/** Cuts the connection at `until`: every statement on it then fails at once, and the server rolls back when it sees it. */
function dropAt(client: PoolClient, until: number): Watch {
  const { stream } = (client as unknown as { connection: { stream: { destroy(): void } } }).connection;
  const timer = setTimeout(
    () => {
      watch.dropped = true;
      stream.destroy();
    },
    Math.max(0, until - performance.now()),
  );
  const watch: Watch = { dropped: false, end: () => clearTimeout(timer) };
  return watch;
}

async function commit(client: PoolClient): Promise<void> {
  const result = await client.query('commit');
  // Postgres answers COMMIT with ROLLBACK when a statement of the transaction had failed.
  if (result.command !== 'COMMIT') throw new Error('transaction was rolled back instead of committed');
}

async function rollback(client: PoolClient): Promise<boolean> {
  try {
    await client.query('rollback');
    return true;
  } catch {
    return false;
  }
}
