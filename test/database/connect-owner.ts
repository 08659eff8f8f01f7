import pg from 'pg';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';

export interface OwnedDatabase {
  readonly clone: ClonedDatabase;
  readonly owner: pg.Client;
  close(): Promise<void>;
}

/** A fresh copy of the migrated database with a connection as the role that owns it. */
export async function connectOwner(): Promise<OwnedDatabase> {
  const clone = await cloneDatabase();
  const owner = new pg.Client({ connectionString: clone.ownerUrl });
  // When a spec fails half-way the database is dropped under this connection: its own failure is the one to show.
  owner.on('error', () => undefined);
  await owner.connect();
  return {
    clone,
    owner,
    close: async () => {
      await owner.end();
      await clone.drop();
    },
  };
}
