import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startStallProxy } from '@lorekeep/kit/testing';
import { connect, open, openWorld, type World } from '../testing/world.js';
import { readHead } from './head-file.js';
import { SEAL_INTERVAL_MS } from './signed-heads.js';
import { loadPublicKey, loadSigningKey } from './signing-key.js';

const RECORD = { kind: 'spec.record', detail: {} };

describe('SignedHeads', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  const onDisk = () => readHead(world.directory, world.tenantId);
  const signed = async () => {
    for (let tries = 0; tries < 400 && (await onDisk()) === 'missing'; tries++) await delay(50);
    return onDisk();
  };

  it('signs soon after the first append, once for all that came meanwhile', async () => {
    for (let n = 0; n < 5; n++) await world.audit.append(world.ctx, RECORD);
    expect(await onDisk()).toBe('missing');
    expect(await signed()).toMatchObject({ tenantId: world.tenantId, count: 5 });
    const before = await stat(join(world.directory, `${world.tenantId}.head.json`));
    await delay(SEAL_INTERVAL_MS + 100);
    const after = await stat(join(world.directory, `${world.tenantId}.head.json`));
    expect(after.mtimeMs).toBe(before.mtimeMs);
    expect(after.mode & 0o777).toBe(0o600);
    expect((await readdir(world.directory)).filter((name) => name.endsWith('.draft'))).toEqual([]);
  });

  it('signs what is left when it closes', async () => {
    await world.audit.append(world.ctx, RECORD);
    await world.audit.close();
    expect(await onDisk()).toMatchObject({ count: 1 });
  });

  it('never goes backwards, however many sign at once', async () => {
    const others = [1, 2, 3].map(() => open(world.db, world.directory, world.key));
    const counts: number[] = [];
    for (let round = 0; round < 10; round++) {
      await Promise.all([
        ...others.map(({ audit }) => audit.append(world.ctx, RECORD)),
        ...others.map(({ heads }) => heads.seal(world.tenantId)),
      ]);
      const head = await onDisk();
      counts.push(typeof head === 'object' ? head.count : -1);
    }
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    await Promise.all(others.map(({ audit }) => audit.close()));
    expect(await onDisk()).toMatchObject({ count: 30 });
  });

  it('does not sign a chain that lost what this process wrote', async () => {
    await world.audit.append(world.ctx, RECORD);
    await world.audit.append(world.ctx, RECORD);
    await world.tamper('delete from audit_record where sequence = 2');
    await world.tamper('update audit_head set sequence = 1, hash = (select hash from audit_record)');
    await expect(world.heads.seal(world.tenantId)).rejects.toMatchObject({ code: 'AUDIT_CHAIN_BROKEN' });
    expect(await onDisk()).toBe('missing');
  });

  it('tells of a database that is away, and signs when it is back without another append', async () => {
    const proxy = await startStallProxy(world.clone.appUrl);
    const db = await connect(proxy.url);
    const faults: { code: string }[] = [];
    const { audit } = open(db, world.directory, world.key, faults as never);
    await audit.append(world.ctx, RECORD);
    proxy.stall();
    await delay(SEAL_INTERVAL_MS);
    for (let tries = 0; tries < 100 && faults.length === 0; tries++) {
      await delay(200);
      proxy.cut();
    }
    expect(faults[0]).toMatchObject({ code: 'AUDIT_HEAD_UNUSABLE' });
    expect(await onDisk()).toBe('missing');
    proxy.resume();
    expect(await signed()).toMatchObject({ count: 1 });
    await audit.close();
    await db.close();
    await proxy.close();
  });

  it('tells when the folder cannot be written; appending goes on', async () => {
    const faults: { code: string }[] = [];
    const file = join(world.directory, 'a-file');
    await writeFile(file, '');
    const { audit } = open(world.db, join(file, 'inside'), world.key, faults as never);
    expect(await audit.append(world.ctx, RECORD)).toEqual({ sequence: 1 });
    await audit.close();
    expect(faults).toMatchObject([{ code: 'AUDIT_HEAD_UNUSABLE' }]);
  });
});

describe('signing key', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'audit-key-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('is made once, also by many at once, for the owner only', async () => {
    expect(await loadPublicKey(directory)).toBeUndefined();
    const keys = await Promise.all(Array.from({ length: 8 }, () => loadSigningKey(directory)));
    const texts = keys.map((key) => key.publicKey.export({ type: 'spki', format: 'pem' }));
    expect(new Set(texts).size).toBe(1);
    expect((await stat(join(directory, 'signing-key.pem'))).mode & 0o777).toBe(0o600);
    expect((await loadPublicKey(directory))?.export({ type: 'spki', format: 'pem' })).toBe(texts[0]);
    expect((await readdir(directory)).sort()).toEqual(['signing-key.pem', 'signing-key.pub.pem']);
  });

  it('is a fault when it is none, and is not replaced', async () => {
    await writeFile(join(directory, 'signing-key.pem'), 'garbage');
    await expect(loadSigningKey(directory)).rejects.toMatchObject({ code: 'AUDIT_HEAD_UNUSABLE' });
    expect(await readFile(join(directory, 'signing-key.pem'), 'utf8')).toBe('garbage');
  });
});
