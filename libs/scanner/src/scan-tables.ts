import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { within } from '@lorekeep/kit/stream';
import { AssembleTable } from './assemble-table.js';
import type { ScanTable } from './scan-table.js';
import { ScannerFault } from './scanner.errors.js';
import type { ListOfTable, TableSource } from './store/table.repository.js';

/** A table is used for that long before the version is asked for again: a change is felt within a second. */
export const RECHECK_MS = 1_000;
/** Tables kept, by least recent use; the units that they share are kept apart. */
export const TABLE_LIMIT = 256;
/** A confirmed list that is compiled for longer than this stops answers: something is wrong with it. */
export const LATE_LIST_MS = 60_000;
/** A tenant that nobody asked for in so long is not kept up to date beside its answers. */
export const IN_USE_MS = 600_000;
/** Longest time that the confirmation of a list waits for its compilation. */
export const PREBUILD_MS = 30_000;

interface Known {
  readonly table: ScanTable;
  /** Monotonic time at which the check began that found this version. */
  readonly checkedAt: number;
  /** Since when lists in force have been missing from the table; undefined: it is complete. */
  readonly lateSince: number | undefined;
}

interface Check {
  readonly startedAt: number;
  readonly result: Promise<ScanTable>;
}

/**
 * What each tenant's answers are scanned with, up to date within a second in every process. Words, the policy and lists
 * that are compiled here already are in force then; a large list that is not is compiled while answers go on with the
 * table before, and is in force as soon as it is ready.
 */
export class ScanTables {
  /** By tenant, least recently used first. */
  private readonly known = new Map<string, Known>();
  private readonly checks = new Map<string, Check>();
  /** When a table was last asked for, by tenant. */
  private readonly usedAt = new Map<string, number>();

  constructor(
    private readonly source: TableSource,
    private readonly assemble: AssembleTable,
    private readonly clock: Clock,
    private readonly timeoutMs: number,
  ) {}

  /**
   * The table to scan an answer with; a stream keeps the one that it began with.
   * @throws ScannerFault when it cannot be had in time, or not in full: the answer is then not shown
   */
  async tableFor(ctx: CallContext): Promise<ScanTable> {
    const now = this.clock.monotonic();
    this.usedAt.set(ctx.tenantId, now);
    const known = this.known.get(ctx.tenantId);
    if (known && now - known.checkedAt < RECHECK_MS) {
      this.keep(ctx.tenantId, known);
      return known.table;
    }
    const patience = Math.min(this.timeoutMs, ctx.deadline - this.clock.monotonic());
    try {
      if (patience <= 0) throw new Error('the deadline has passed');
      return await within('forbidden words', patience, this.check(ctx, now));
    } catch (cause) {
      throw cause instanceof ScannerFault ? cause : new ScannerFault('SCANNER_UNAVAILABLE', cause);
    }
  }

  /** Something was changed by this process: the next answer asks for the version at once. */
  forget(tenantId: string): void {
    const known = this.known.get(tenantId);
    if (known) this.known.set(tenantId, { ...known, checkedAt: -Infinity });
    this.checks.delete(tenantId);
  }

  /** Compiles a list that is about to be confirmed; what fails here is compiled again when it is in force. */
  async prebuild(ctx: CallContext, list: Omit<ListOfTable, 'state'>): Promise<void> {
    const policy = this.assemble.policyOf(await this.source.stateOf(ctx));
    await within('compilation of a list', PREBUILD_MS, this.assemble.list(ctx, list, policy)).catch(
      () => undefined,
    );
  }

  /** Makes the table of a tenant before its first answer, however long that takes. */
  async warm(ctx: CallContext): Promise<void> {
    const now = this.clock.monotonic();
    this.usedAt.set(ctx.tenantId, now);
    await this.check(ctx, now);
  }

  /** Asks again for the tenants that answers were scanned for, so that lists are compiled before they are confirmed. */
  async refresh(contextOf: (tenantId: string) => CallContext): Promise<void> {
    const now = this.clock.monotonic();
    for (const [tenantId, { checkedAt }] of [...this.known]) {
      const isUsed = now - (this.usedAt.get(tenantId) ?? -Infinity) < IN_USE_MS;
      if (!isUsed || now - checkedAt < RECHECK_MS) continue;
      await this.check(contextOf(tenantId), now).catch(() => undefined);
    }
  }

  /** One check at a time for a tenant, unless it has been under way for so long that it may be stale. */
  private check(ctx: CallContext, now: number): Promise<ScanTable> {
    const running = this.checks.get(ctx.tenantId);
    if (running && now - running.startedAt < RECHECK_MS) return running.result;
    const check: Check = { startedAt: now, result: this.renew(ctx, now) };
    this.checks.set(ctx.tenantId, check);
    const done = () => {
      if (this.checks.get(ctx.tenantId) === check) this.checks.delete(ctx.tenantId);
    };
    check.result.then(done, done);
    return check.result;
  }

  private async renew(ctx: CallContext, startedAt: number): Promise<ScanTable> {
    const known = this.known.get(ctx.tenantId);
    const version = checked(await this.source.versionOf(ctx));
    const isCurrent = known?.table.version === version && known.lateSince === undefined;
    const current = isCurrent ? known : await this.load(ctx, version, known, startedAt);
    const newest = this.known.get(ctx.tenantId);
    // A check that was overtaken by a later one must not bring back what that one replaced.
    if (!newest || newest === known || newest.checkedAt < startedAt) {
      this.keep(ctx.tenantId, { ...current, checkedAt: startedAt });
    }
    return current.table;
  }

  private async load(
    ctx: CallContext,
    version: number,
    known: Known | undefined,
    now: number,
  ): Promise<Known> {
    const state = await this.source.stateOf(ctx);
    if (checked(state.version) < version) throw new Error('the words are older than their version');
    const lateSince = known?.lateSince ?? now;
    // A process that has scanned nothing yet has nothing to go on with.
    const before = now - lateSince > LATE_LIST_MS ? undefined : known?.table;
    const { table, late } = await this.assemble.run(ctx, state, before);
    for (const unit of late) void unit.then(() => this.forget(ctx.tenantId)).catch(() => undefined);
    return { table, checkedAt: now, lateSince: late.length > 0 ? lateSince : undefined };
  }

  private keep(tenantId: string, known: Known): void {
    this.known.delete(tenantId);
    this.known.set(tenantId, known);
    for (const tenant of this.known.keys()) {
      if (this.known.size <= TABLE_LIMIT) return;
      this.known.delete(tenant);
      this.usedAt.delete(tenant);
    }
  }
}

function checked(version: number): number {
  if (!Number.isSafeInteger(version) || version < 0) throw new Error('the version of the words is no number');
  return version;
}
