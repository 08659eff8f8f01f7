import type { CallContext } from '@lorekeep/kit/context';
import type { Database, TransactionOptions, Tx } from '@lorekeep/kit/database';
import { Fault } from '@lorekeep/kit/errors';
import { DeadlineFault, within } from '@lorekeep/kit/stream';
import type { QueryResultRow } from 'pg';
import { AuthFault } from '../auth.errors.js';

/**
 * The database as this domain sees it: an answer in time, or an AuthFault. Whatever waits for a caller
 * here gets an exception when the database throws or hangs, never somebody to let in.
 */
export class AuthStore {
  constructor(
    private readonly database: Database,
    /** Milliseconds. */
    private readonly timeout: number,
  ) {}

  transaction<T>(ctx: CallContext, work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T> {
    return this.inTime(() => this.database.transaction(ctx, work, options));
  }

  once<Row extends QueryResultRow>(
    ctx: CallContext,
    sql: string,
    values: readonly unknown[],
    options?: TransactionOptions,
  ): Promise<Row[]> {
    return this.inTime(() => this.database.once<Row>(ctx, sql, values, options));
  }

  withoutTenant<Row extends QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.inTime(() => this.database.withoutTenant<Row>(sql, values));
  }

  private async inTime<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await within('the account database', this.timeout, work());
    } catch (error) {
      if (error instanceof Fault && !(error instanceof DeadlineFault)) throw error;
      throw new AuthFault('AUTH_UNAVAILABLE', error);
    }
  }
}

/** True when a statement broke the unique constraint of this name. */
export function violates(error: unknown, constraint: string): boolean {
  const { code, constraint: broken } = error as { code?: string; constraint?: string };
  return code === '23505' && broken === constraint;
}
