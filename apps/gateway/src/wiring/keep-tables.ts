import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { Database } from '@lorekeep/kit/database';
import { within } from '@lorekeep/kit/stream';
import { RECHECK_MS, ScanTables, StreamScanner, TABLE_LIMIT } from '@lorekeep/scanner';

/** Longest time that the start waits for tables, in milliseconds: a million words take some seconds. */
const WARM_MS = 60_000;

/** Read once by every reader, so that none is made for the first answer. */
const SAMPLE = 'Thirty days of annual leave a year [1]. 每年三十天年假 [2]。';

/** Tables are compiled before the first question, and lists before they are confirmed. */
@Injectable()
export class KeepTables implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private isBusy = false;

  constructor(
    @Inject(ScanTables) private readonly tables: ScanTables,
    @Inject(Database) private readonly database: Database,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    // Whatever is not ready then is made when it is asked for, or stops the answer.
    await within('tables of the scanner', WARM_MS, this.warm()).catch(() => undefined);
    this.timer = setInterval(() => void this.refresh(), RECHECK_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /**
   * Tenants with lists of words, and one for all the others: what these share is made ready with its table, for which the
   * first answers would wait, all of them, some 100 ms of the thread that answers.
   */
  private async warm(): Promise<void> {
    const tenants = await this.database.withoutTenant<{ id: string }>('select tenant_ids() as id');
    let isShared = false;
    for (const { id } of tenants.slice(0, TABLE_LIMIT)) {
      const ctx = systemContext(id);
      const lists = await this.database.once(ctx, `select from word_list where state = 'active' limit 1`);
      if (lists.length === 0 && isShared) continue;
      isShared ||= lists.length === 0;
      await this.ready(ctx).catch(() => undefined);
    }
  }

  private async ready(ctx: CallContext): Promise<void> {
    await this.tables.warm(ctx);
    new StreamScanner(await this.tables.tableFor(ctx)).push('0:content', SAMPLE);
  }

  private async refresh(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    await this.tables.refresh((tenantId) => systemContext(tenantId)).catch(() => undefined);
    this.isBusy = false;
  }
}
