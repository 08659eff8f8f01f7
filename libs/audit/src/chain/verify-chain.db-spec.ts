import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { open, openWorld, type World } from '../testing/world.js';
import { verifyChain } from './verify-chain.js';

const COUNT = 12;
/** Recomputes the chain from `first` on, as somebody who knows how would. */
const REHASH = (first: number) => `
  do $$ declare r record; before bytea; begin
    select hash into before from audit_record where sequence = ${first - 1};
    for r in select * from audit_record where sequence >= ${first} order by sequence loop
      before := coalesce(before, decode(repeat('00', 32), 'hex'));
      update audit_record set previous_hash = before, hash = sha256(before || convert_to(
          '{"tenant":"' || r.tenant_id || '","sequence":' || r.sequence || ',"id":"' || r.id || '","recordedAt":"'
          || to_char(r.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","kind":' || to_json(r.kind)
          || ',"traceId":' || coalesce(to_json(r.trace_id)::text, 'null') || ',"actorId":null,"actor":'
          || to_json(r.actor) || ',"outcome":' || coalesce(to_json(r.outcome)::text, 'null') || ',"detail":'
          || r.detail || '}', 'UTF8')) where sequence = r.sequence returning hash into before;
    end loop;
    update audit_head set sequence = (select max(sequence) from audit_record), hash = before;
  end $$`;

describe('verifyChain', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
    await Promise.all(
      Array.from({ length: COUNT }, (_, n) =>
        world.audit.append(world.ctx, { kind: 'spec.record', detail: { n } }),
      ),
    );
    await world.heads.seal(world.tenantId);
  });
  afterEach(() => world.close());

  const headFile = () => join(world.directory, `${world.tenantId}.head.json`);

  it('finds an untouched chain good', async () => {
    const verification = await world.verify();
    expect(verification).toMatchObject({ ok: true, records: COUNT, incomplete: 0, unsigned: 0 });
    expect(verification.head?.count).toBe(COUNT);
    expect(verification.firstBad).toBeUndefined();
  });

  it('finds an empty chain good', async () => {
    const other = await world.addTenant('other');
    expect(await verifyChain(other, world.db, world.directory, world.key.publicKey)).toEqual({
      ok: true,
      records: 0,
      incomplete: 0,
      head: null,
      unsigned: 0,
    });
  });

  it('counts what came after the signed head', async () => {
    await world.audit.append(world.ctx, { kind: 'spec.later', detail: {} });
    expect(await world.verify()).toMatchObject({ ok: true, records: COUNT + 1, unsigned: 1 });
  });

  it.each([
    ['the detail', `update audit_record set detail = jsonb_set(detail, '{n}', '99') where sequence = 5`],
    [
      'a number to another form of itself',
      `update audit_record set detail = jsonb_set(detail, '{n}', '4.0') where sequence = 5`,
    ],
    ['the actor', `update audit_record set actor = 'Somebody' where sequence = 5`],
    ['the actor id', `update audit_record set actor_id = gen_random_uuid() where sequence = 5`],
    ['the kind', `update audit_record set kind = 'spec.other' where sequence = 5`],
    ['the outcome', `update audit_record set outcome = 'x' where sequence = 5`],
    ['the trace id', `update audit_record set trace_id = null where sequence = 5`],
    ['the id', `update audit_record set id = gen_random_uuid() where sequence = 5`],
    [
      'the time by a microsecond',
      `update audit_record set recorded_at = recorded_at + interval '1 us' where sequence = 5`,
    ],
    ['the time to infinity', `update audit_record set recorded_at = 'infinity' where sequence = 5`],
    [
      'the time to before our era',
      `update audit_record set recorded_at = '0044-03-15 BC' where sequence = 5`,
    ],
    ['the time to a far year', `update audit_record set recorded_at = '200000-01-01' where sequence = 5`],
    ['the hash', `update audit_record set hash = sha256(hash) where sequence = 5`],
    ['the hash to something short', `update audit_record set hash = '' where sequence = 5`],
    ['the previous hash', `update audit_record set previous_hash = hash where sequence = 5`],
  ])('names the record after an edit of %s', async (_what, sql) => {
    await world.tamper(sql);
    expect(await world.verify()).toMatchObject({
      ok: false,
      records: 4,
      firstBad: { sequence: 5, reason: 'ALTERED' },
    });
  });

  it('names a record that was edited together with its own hash: its successor remembers', async () => {
    await world.tamper(`create temp table later as select * from audit_record where sequence > 5`);
    await world.tamper(`update audit_record set detail = '{}' where sequence = 5`);
    await world.tamper(REHASH(5));
    await world.tamper(
      `update audit_record r set previous_hash = l.previous_hash, hash = l.hash from later l where l.sequence = r.sequence`,
    );
    expect(await world.verify()).toMatchObject({ ok: false, firstBad: { sequence: 5, reason: 'ALTERED' } });
  });

  it('names the first record of those that were deleted', async () => {
    await world.tamper('delete from audit_record where sequence in (6, 7)');
    expect(await world.verify()).toMatchObject({ ok: false, firstBad: { sequence: 6, reason: 'MISSING' } });
  });

  it('names the beginning when it was deleted', async () => {
    await world.tamper('delete from audit_record where sequence <= 3');
    expect(await world.verify()).toMatchObject({ ok: false, firstBad: { sequence: 1, reason: 'MISSING' } });
  });

  it('names the first of two that changed places', async () => {
    await world.tamper(`update audit_record set sequence = -sequence where sequence in (4, 9)`);
    await world.tamper(`update audit_record set sequence = 13 + sequence where sequence < 0`);
    expect(await world.verify()).toMatchObject({ ok: false, firstBad: { sequence: 4, reason: 'ALTERED' } });
  });

  it('names the first of a tail that was cut', async () => {
    await world.tamper('delete from audit_record where sequence > 8');
    expect(await world.verify()).toMatchObject({ ok: false, firstBad: { sequence: 9, reason: 'MISSING' } });
  });

  it('and when the head in the database was moved back too', async () => {
    await world.tamper('delete from audit_record where sequence > 8');
    await world.tamper(
      'update audit_head set sequence = 8, hash = (select hash from audit_record where sequence = 8)',
    );
    expect(await world.verify()).toMatchObject({ ok: false, firstBad: { sequence: 9, reason: 'MISSING' } });
  });

  it('and when everything is gone', async () => {
    await world.tamper('delete from audit_record');
    await world.tamper('delete from audit_head');
    expect(await world.verify()).toMatchObject({ ok: false, firstBad: { sequence: 1, reason: 'MISSING' } });
  });

  it('and when new records have grown over the cut: the old head is never replaced', async () => {
    await world.tamper('delete from audit_record where sequence > 8');
    await world.tamper(
      'update audit_head set sequence = 8, hash = (select hash from audit_record where sequence = 8)',
    );
    // A process that starts after the cut and knows nothing of what was there.
    const faults: { code: string }[] = [];
    const fresh = open(world.db, world.directory, world.key, faults as never);
    for (let n = 0; n < 6; n++) await fresh.audit.append(world.ctx, { kind: 'spec.new', detail: {} });
    await fresh.audit.close();
    expect(faults).toMatchObject([{ code: 'AUDIT_CHAIN_BROKEN' }]);
    expect(await world.verify()).toMatchObject({
      ok: false,
      head: { count: COUNT },
      firstBad: { sequence: COUNT, reason: 'NOT_AS_SIGNED' },
    });
  });

  it('notices a chain that was written anew from the middle, with every hash made to fit', async () => {
    await world.tamper(`update audit_record set detail = '{}' where sequence = 5`);
    await world.tamper(REHASH(5));
    expect(await world.verify()).toMatchObject({
      ok: false,
      firstBad: { sequence: COUNT, reason: 'NOT_AS_SIGNED' },
    });
    await expect(world.heads.seal(world.tenantId)).rejects.toMatchObject({ code: 'AUDIT_CHAIN_BROKEN' });
  });

  it('names a record that was added behind the end', async () => {
    await world.tamper(`insert into audit_record select tenant_id, 13, gen_random_uuid(), recorded_at, kind, trace_id,
      actor_id, actor, outcome, detail, hash, hash from audit_record where sequence = 12`);
    expect(await world.verify()).toMatchObject({ ok: false, firstBad: { sequence: 13, reason: 'ALTERED' } });
    await world.tamper(REHASH(13));
    await world.tamper('update audit_head set sequence = 12');
    expect(await world.verify()).toMatchObject({
      ok: false,
      firstBad: { sequence: 13, reason: 'BEYOND_HEAD' },
    });
  });

  it('notices that the head in the database names another hash', async () => {
    await world.tamper('update audit_head set hash = sha256(hash)');
    expect(await world.verify()).toMatchObject({
      ok: false,
      firstBad: { sequence: 12, reason: 'HEAD_ALTERED' },
    });
  });

  it('notices that the signed head is gone', async () => {
    await rm(headFile());
    expect(await world.verify()).toMatchObject({ ok: false, firstBad: { reason: 'HEAD_MISSING' } });
  });

  it.each([
    [
      'edited',
      async (file: string) =>
        writeFile(file, (await readFile(file, 'utf8')).replace('"count": 12', '"count": 8')),
    ],
    ['garbage', (file: string) => writeFile(file, 'garbage')],
    ['empty', (file: string) => writeFile(file, '')],
  ])('notices that the signed head is %s', async (_how, change) => {
    await change(headFile());
    expect(await world.verify()).toMatchObject({
      ok: false,
      head: null,
      firstBad: { reason: 'HEAD_FORGED' },
    });
    await world.audit.append(world.ctx, { kind: 'spec.more', detail: {} });
    await expect(world.heads.seal(world.tenantId)).rejects.toMatchObject({ code: 'AUDIT_HEAD_UNUSABLE' });
  });

  it('does not accept the head of another key', async () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    expect(await verifyChain(world.tenantId, world.db, world.directory, publicKey)).toMatchObject({
      ok: false,
      firstBad: { reason: 'HEAD_FORGED' },
    });
  });
});
