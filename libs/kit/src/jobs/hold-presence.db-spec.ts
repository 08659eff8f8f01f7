import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { cloneDatabase, LOADED_MS, type ClonedDatabase } from '../testing/index.js';
import { Presence } from './hold-presence.js';

let clone: ClonedDatabase;
/** A server in front of the database that can be away: it takes connections and ends them. */
let door: Server;
let url: string;
let isAway = false;
let refused = 0;
const sockets = new Set<Socket>();

beforeAll(async () => {
  clone = await cloneDatabase();
  const target = new URL(clone.appUrl);
  const upstream = { host: target.hostname, port: Number(target.port) };
  door = createServer((near) => {
    near.on('error', () => undefined);
    if (isAway) {
      refused += 1;
      return void near.destroy();
    }
    const far = connect(upstream);
    far.on('error', () => undefined);
    sockets.add(near.pipe(far).pipe(near));
    near.on('close', () => far.destroy());
  });
  await new Promise<void>((ready) => door.listen(0, '127.0.0.1', ready));
  target.host = `127.0.0.1:${(door.address() as AddressInfo).port}`;
  url = target.href;
});
afterAll(async () => {
  await new Promise((closed) => door.close(closed));
  await clone.drop();
});

describe('presence', () => {
  it('comes back after the database was away, asking once a second in the meantime', async () => {
    const presence = new Presence(url, 'pool');
    await presence.begin();
    refused = 0;
    isAway = true;
    for (const socket of sockets) socket.destroy();
    const since = performance.now();
    const asked = () => refused;
    while (asked() < 4 && performance.now() - since < 5_000 + LOADED_MS) await delay(50);
    expect(refused).toBeGreaterThan(1);
    expect(refused).toBeLessThanOrEqual((performance.now() - since) / 1_000 + 1);
    isAway = false;
    const admin = new pg.Client({ connectionString: clone.ownerUrl });
    await admin.connect();
    const held = async () => {
      const { rowCount } = await admin.query(
        `select from pg_locks where locktype = 'advisory' and classid = 502377 and granted
          and database = (select oid from pg_database where datname = current_database())`,
      );
      return rowCount;
    };
    for (let tries = 0; tries < 200 && (await held()) !== 1; tries += 1) await delay(50);
    expect(await held()).toBe(1);
    await presence.end();
    await admin.end();
  });
});
