import type { Database } from '@lorekeep/kit/database';
import type { Beat, HeartbeatBoard } from '../queue/shared-capacity.js';

/** Heartbeats of gateways in Postgres. The rows belong to no tenant; only the function reaches them. */
export class DatabaseBoard implements HeartbeatBoard {
  constructor(private readonly db: Database) {}

  async beat(gateway: string, beats: readonly Omit<Beat, 'gateway'>[], lapseMs: number): Promise<Beat[]> {
    const rows = await this.db.withoutTenant<{
      gateway: string;
      engine: string;
      running: number;
      waiting: number;
    }>(
      'select gateway_id as gateway, engine, running, waiting from inference_beat($1::uuid, $2::jsonb, $3::integer)',
      [gateway, JSON.stringify(beats), lapseMs],
    );
    return rows.map(({ gateway: other, engine, running, waiting }) => ({
      ...{ gateway: other, engine, running, waiting },
    }));
  }
}
