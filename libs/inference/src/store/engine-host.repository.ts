import type { Database } from '@lorekeep/kit/database';
import type { HostBoard } from '../hosts/engine-hosts.js';

/** Registered engine hosts in Postgres. The rows belong to no tenant; only the functions reach them. */
export class DatabaseHosts implements HostBoard {
  constructor(private readonly db: Database) {}

  async say(address: string, at: number, leaving: boolean): Promise<boolean> {
    const [row] = await this.db.withoutTenant<{ heard: boolean }>(
      'select inference_host_say($1, $2::bigint, $3) as heard',
      [address, at, leaving],
    );
    return row?.heard === true;
  }

  async present(lapseMs: number): Promise<string[]> {
    const rows = await this.db.withoutTenant<{ address: string }>('select address from inference_hosts($1)', [
      lapseMs,
    ]);
    return rows.map(({ address }) => address);
  }
}
