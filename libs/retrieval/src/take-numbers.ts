import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { NUMBER_MAX } from './segment-codec.js';

/** Numbers fetched at once: what a process leaves unused is lost, which costs nothing but a gap. */
const BLOCK_NUMBERS = 1_024;
/** Tenants with numbers in hand; the longest unused one loses its. */
const TENANTS_MAX = 1_000;

interface Block {
  next: number;
  readonly end: number;
  /** When the server that gave them out was started. */
  readonly server: string;
}

export interface Numbers {
  /** `first … first + count - 1`. */
  readonly first: number;
  readonly server: string;
}

/**
 * Gives out passage numbers of each tenant, never one twice. A block of them is committed, durably, before any is used,
 * in a transaction of its own: held inside the document's, it would make all ingestion of the tenant wait.
 */
export class PassageNumbers {
  private readonly blocks = new Map<string, Block>();

  constructor(private readonly database: Database) {}

  async take(ctx: CallContext, count: number): Promise<Numbers> {
    let block = this.blocks.get(ctx.tenantId);
    if (!block || block.next + count > block.end)
      block = await this.fetch(ctx, Math.max(count, BLOCK_NUMBERS));
    const first = block.next;
    block.next += count;
    this.blocks.delete(ctx.tenantId);
    this.blocks.set(ctx.tenantId, block);
    if (this.blocks.size > TENANTS_MAX) {
      const [oldest] = this.blocks.keys();
      if (oldest !== undefined) this.blocks.delete(oldest);
    }
    return { first, server: block.server };
  }

  /**
   * To be asked inside the transaction that uses the numbers. Another server than the one that gave them out, after a
   * failover or a restored backup, may give them out again: then they are forgotten, and the work must begin anew.
   */
  confirm(ctx: CallContext, numbers: Numbers, server: string): void {
    if (numbers.server === server) return;
    this.blocks.delete(ctx.tenantId);
    throw new Error('the database server has changed since the passage numbers were taken');
  }

  private async fetch(ctx: CallContext, count: number): Promise<Block> {
    const [row] = await this.database.once<{ end: string; server: string }>(
      ctx,
      `insert into passage_number as n (tenant_id, next) values (app_tenant(), $1)
       on conflict (tenant_id) do update set next = n.next + $1
       returning n.next as "end", ${SERVER} as server`,
      [count],
    );
    if (!row) throw new Error('no passage numbers');
    const end = Number(row.end);
    if (end - 1 > NUMBER_MAX) throw new Error('this tenant has used up its passage numbers');
    return { next: end - count, end, server: row.server };
  }
}

/** SQL that tells one server, and one start of it, from another. */
export const SERVER = 'pg_postmaster_start_time()::text';
