import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { within } from '@lorekeep/kit/stream';
import { compileWordTable, type WordTable } from './compile-word-table.js';
import { ScannerFault } from './scanner.errors.js';
import type { WordEntry } from './word-entry.js';

/** Where the words of a tenant come from. */
export interface WordRepository {
  /** Grows with every change of the tenant's words; 0 before the first. */
  versionOf(ctx: CallContext): Promise<number>;
  /** All words of the tenant with the version that they belong to, read at one moment. */
  wordsOf(ctx: CallContext): Promise<{ version: number; words: readonly WordEntry[] }>;
}

/** A table is used for that long before the version is asked for again: a change is felt within a second. */
export const RECHECK_MS = 1_000;
/** Tables kept, by least recent use: 256 kB each before the first word … */
export const TABLE_LIMIT = 256;
/** … and about 95 bytes for each word. */
export const CACHED_WORDS_LIMIT = 1_000_000;

interface Known {
  readonly version: number;
  readonly table: WordTable;
  /** Monotonic time at which the check began that found this version. */
  readonly checkedAt: number;
}

interface Check {
  readonly startedAt: number;
  readonly result: Promise<WordTable>;
}

/** The compiled words of each tenant, up to date within a second in every process. */
export class WordTables {
  /** By tenant, least recently used first. */
  private readonly known = new Map<string, Known>();
  private readonly checks = new Map<string, Check>();

  constructor(
    private readonly repository: WordRepository,
    private readonly clock: Clock,
    private readonly timeoutMs: number,
  ) {}

  /**
   * The words to scan an answer with; a stream keeps the table that it began with.
   * @throws ScannerFault when the words cannot be had in time, or not in full: the answer is then not shown
   */
  async tableFor(ctx: CallContext): Promise<WordTable> {
    const now = this.clock.monotonic();
    const known = this.known.get(ctx.tenantId);
    if (known && now - known.checkedAt < RECHECK_MS) {
      this.keep(ctx.tenantId, known);
      return known.table;
    }
    const patience = Math.min(this.timeoutMs, ctx.deadline - this.clock.now());
    try {
      if (patience <= 0) throw new Error('the deadline has passed');
      return await within('forbidden words', patience, this.check(ctx, now));
    } catch (cause) {
      throw cause instanceof ScannerFault ? cause : new ScannerFault('SCANNER_UNAVAILABLE', cause);
    }
  }

  /** The words were changed by this process: the next answer asks for the version at once. */
  forget(tenantId: string): void {
    const known = this.known.get(tenantId);
    if (known) this.known.set(tenantId, { ...known, checkedAt: -Infinity });
    this.checks.delete(tenantId);
  }

  /** One check at a time for a tenant, unless it has been under way for so long that it may be stale. */
  private check(ctx: CallContext, now: number): Promise<WordTable> {
    const running = this.checks.get(ctx.tenantId);
    if (running && now - running.startedAt < RECHECK_MS) return running.result;
    const check: Check = { startedAt: now, result: this.refresh(ctx, now) };
    this.checks.set(ctx.tenantId, check);
    const done = () => {
      if (this.checks.get(ctx.tenantId) === check) this.checks.delete(ctx.tenantId);
    };
    check.result.then(done, done);
    return check.result;
  }

  private async refresh(ctx: CallContext, startedAt: number): Promise<WordTable> {
    const known = this.known.get(ctx.tenantId);
    const version = checked(await this.repository.versionOf(ctx));
    const current = known?.version === version ? known : await this.load(ctx, version);
    const newest = this.known.get(ctx.tenantId);
    // A check that was overtaken by a later one must not bring back what that one replaced.
    if (!newest || newest === known || newest.checkedAt < startedAt) {
      this.keep(ctx.tenantId, { ...current, checkedAt: startedAt });
    }
    return current.table;
  }

  private async load(ctx: CallContext, version: number): Promise<{ version: number; table: WordTable }> {
    const loaded = await this.repository.wordsOf(ctx);
    if (checked(loaded.version) < version) throw new Error('the words are older than their version');
    return { version: loaded.version, table: compileWordTable(loaded.words) };
  }

  private keep(tenantId: string, known: Known): void {
    this.known.delete(tenantId);
    this.known.set(tenantId, known);
    let words = 0;
    for (const { table } of this.known.values()) words += table.words.length;
    for (const [tenant, { table }] of this.known) {
      if (this.known.size <= TABLE_LIMIT && words <= CACHED_WORDS_LIMIT) return;
      if (tenant === tenantId) return;
      this.known.delete(tenant);
      words -= table.words.length;
    }
  }
}

function checked(version: number): number {
  if (!Number.isSafeInteger(version) || version < 0) throw new Error('the version of the words is no number');
  return version;
}
