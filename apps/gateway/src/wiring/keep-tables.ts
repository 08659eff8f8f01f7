import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { systemContext } from '@lorekeep/kit/context';
import { Database } from '@lorekeep/kit/database';
import { within } from '@lorekeep/kit/stream';
import { RECHECK_MS, ScanTables, TABLE_LIMIT } from '@lorekeep/scanner';

/** Longest time that the start waits for tables, in milliseconds: a million words take some seconds. */
const WARM_MS = 60_000;

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

  /** Tenants with lists of words: what the others have is compiled in no time. */
  private async warm(): Promise<void> {
    const tenants = await this.database.withoutTenant<{ id: string }>('select tenant_ids() as id');
    for (const { id } of tenants.slice(0, TABLE_LIMIT)) {
      const ctx = systemContext(id);
      const lists = await this.database.once(ctx, `select from word_list where state = 'active' limit 1`);
      if (lists.length > 0) await this.tables.warm(ctx).catch(() => undefined);
    }
  }

  private async refresh(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    await this.tables.refresh((tenantId) => systemContext(tenantId)).catch(() => undefined);
    this.isBusy = false;
  }
}
