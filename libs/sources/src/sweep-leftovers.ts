import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';

const DAY_MS = 24 * 3_600_000;

/** What processes that were killed have left in DATA_DIR/sources, and uploads that never became whole. */
export class SweepLeftovers {
  constructor(
    private readonly database: Database,
    private readonly directory: string,
  ) {}

  /** `now`: milliseconds since the epoch. Only what nobody has touched for a day goes. */
  async run(tenantIds: readonly string[], now: number): Promise<void> {
    const alive = new Set<string>();
    for (const tenantId of tenantIds) {
      const ctx = systemContext(tenantId);
      await this.database.once(
        ctx,
        `delete from source_archive where sha256 is null and created_at < now() - interval '1 day'`,
      );
      for (const { id } of await this.database.once<{ id: string }>(ctx, 'select id from source'))
        alive.add(id);
    }
    await this.sweep(join(this.directory, 'git'), now, (name) => alive.has(name));
    await this.sweep(join(this.directory, 'archives'), now, () => false);
  }

  private async sweep(folder: string, now: number, keep: (name: string) => boolean): Promise<void> {
    for (const name of await readdir(folder).catch(() => [])) {
      if (keep(name)) continue;
      const path = join(folder, name);
      const touched = await stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => now,
      );
      if (now - touched > DAY_MS) await rm(path, { recursive: true, force: true });
    }
  }
}
