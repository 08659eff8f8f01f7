import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { canonicalText, hashRecord } from './chain/canonical-record.js';
import type { JsonObject } from './json.js';
import { readPage } from './store/read-page.js';
import { openWorld, type World } from './testing/world.js';

describe('Audit', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  it('answers with the sequence of a record that is there', async () => {
    expect(await world.audit.append(world.ctx, { kind: 'spec.first', detail: { a: 1 } })).toEqual({
      sequence: 1,
    });
    expect(await world.audit.append(world.ctx, { kind: 'spec.second', detail: {} })).toEqual({ sequence: 2 });
    expect(
      await world.rows(
        `select sequence, kind, actor, trace_id, detail ->> 'a' as a from audit_record order by 1`,
      ),
    ).toEqual([
      { sequence: '1', kind: 'spec.first', actor: 'Lorekeep', trace_id: world.ctx.traceId, a: '1' },
      { sequence: '2', kind: 'spec.second', actor: 'Lorekeep', trace_id: world.ctx.traceId, a: null },
    ]);
  });

  it('shares transactions among those who append at once, in their order', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        world.audit.append(world.ctx, { kind: 'spec.many', detail: { n } }),
      ),
    );
    expect(answers.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
    const [row] = await world.rows<{ transactions: string; ordered: boolean }>(
      `select count(distinct xmin::text) as transactions, bool_and((detail ->> 'n')::int = sequence - 1) as ordered
         from audit_record`,
    );
    expect(row?.ordered).toBe(true);
    expect(Number(row?.transactions)).toBeLessThanOrEqual(2);
  });

  it('keeps a chain per tenant, and shows each tenant its own', async () => {
    const other = await world.addTenant('other');
    await Promise.all([
      world.audit.append(world.ctx, { kind: 'spec.one', detail: {} }),
      world.audit.append(other, { kind: 'spec.two', detail: {} }),
      world.audit.append(world.ctx, { kind: 'spec.one', detail: {} }),
    ]);
    expect((await readPage(world.db, world.ctx, { after: 0 })).map((r) => [r.sequence, r.kind])).toEqual([
      [1, 'spec.one'],
      [2, 'spec.one'],
    ]);
    expect((await readPage(world.db, other, { after: 0 })).map((r) => [r.sequence, r.kind])).toEqual([
      [1, 'spec.two'],
    ]);
  });

  it('hashes in the database exactly what is rebuilt from the stored row, whatever the text', async () => {
    const odd = '"\\/\b\f\n\r\t\u0001\u001f\u007f\u2028\u2029é漢字😀 %$1 \'';
    const details: JsonObject[] = [
      {},
      { text: odd, [odd]: [odd, null, true, { b: 1, a: { aa: 2, b: 3 } }] },
      { numbers: [0, -0, 0.1, 1.5, 1e21, 1e-7, 5e-324, 1.7976931348623157e308, 2 ** 53, NaN, Infinity] },
      { broken: 'a\u0000b \ud800 c \udc00', 'key\u0000': undefined },
      JSON.parse('{"__proto__": {"a": 1}, "constructor": "x"}') as JsonObject,
    ];
    for (const detail of details) {
      await world.audit.append(world.ctx, {
        kind: 'spec.odd',
        outcome: odd,
        detail,
        actor: { id: null, name: `${odd}\u0000\ud83d` },
      });
    }
    let previous: Buffer = Buffer.alloc(32);
    const records = await readPage(world.db, world.ctx, { after: 0 });
    expect(records).toHaveLength(details.length);
    for (const record of records) {
      expect(record.previousHash.equals(previous)).toBe(true);
      expect(hashRecord(previous, canonicalText(record) ?? '').equals(record.hash)).toBe(true);
      previous = record.hash;
    }
    expect(records[3]?.detail).toContain('a\ufffdb \ufffd c \ufffd');
  });

  it('is durable even in a transaction that is not', async () => {
    const [row] = await world.db.transaction(
      world.ctx,
      async (tx) => {
        await tx.query(
          `select audit_append('[{"id":"${crypto.randomUUID()}","kind":"spec.x","actor":"a","detail":{}}]')`,
        );
        return tx.query<{ setting: string }>(`select current_setting('synchronous_commit') as setting`);
      },
      { durable: false },
    );
    expect(row?.setting).toBe('on');
  });

  it('leaves the application no other way to write, change or remove a record', async () => {
    await world.audit.append(world.ctx, { kind: 'spec.first', detail: {} });
    for (const statement of [
      `insert into audit_record select tenant_id, 2, gen_random_uuid(), recorded_at, kind, trace_id, actor_id, actor,
         outcome, detail, hash, hash from audit_record`,
      `update audit_record set kind = 'x.y'`,
      'delete from audit_record',
      'truncate audit_record',
      'update audit_head set sequence = 0',
      `insert into audit_head values (app_tenant(), 7, '')`,
      'delete from audit_head',
      'truncate audit_head',
    ]) {
      await expect(world.db.once(world.ctx, statement)).rejects.toThrow(/permission denied/);
    }
  });

  it('refuses changes even by the owner while the triggers are on', async () => {
    await world.audit.append(world.ctx, { kind: 'spec.first', detail: {} });
    await world.tamper('alter table audit_record enable trigger user');
    for (const statement of [
      `update audit_record set kind = 'x.y'`,
      'delete from audit_record',
      'truncate audit_record',
    ])
      await expect(world.tamper(statement)).rejects.toThrow(/append-only/);
  });

  it('opens and closes a question; a second closing answers as the first', async () => {
    const question = await world.audit.open(world.ctx, { question: 'how many days' });
    expect((await world.verify()).incomplete).toBe(1);
    const closed = await question.close('answered', { tokens: 12, opened: 'not this' });
    expect(await question.close('failed', {})).toEqual(closed);
    await world.heads.seal(world.tenantId);
    expect(await world.verify()).toMatchObject({ ok: true, records: 2, incomplete: 0 });
    expect(
      await world.rows(
        `select kind, outcome, detail -> 'opened' as opened from audit_record order by sequence`,
      ),
    ).toEqual([
      { kind: 'question.opened', outcome: null, opened: null },
      { kind: 'question.closed', outcome: 'answered', opened: 1 },
    ]);
  });

  it('records who acted by which key, and somebody else where told', async () => {
    const userId = crypto.randomUUID();
    const ctx = {
      ...world.ctx,
      caller: { ...world.ctx.caller, kind: 'key' as const, userId, email: 'a@example.com', keyId: 'k1' },
    };
    await world.audit.append(ctx, { kind: 'spec.own', detail: {} });
    await world.audit.append(ctx, {
      kind: 'sign-in.failed',
      detail: {},
      actor: { id: null, name: 'b@example.com' },
    });
    expect(
      await world.rows(
        `select actor_id, actor, detail -> 'caller' ->> 'keyId' as key from audit_record order by sequence`,
      ),
    ).toEqual([
      { actor_id: userId, actor: 'a@example.com', key: 'k1' },
      { actor_id: null, actor: 'b@example.com', key: 'k1' },
    ]);
  });

  it('does not heed the abort signal: what was cancelled is recorded too', async () => {
    const controller = new AbortController();
    controller.abort();
    const ctx = { ...world.ctx, signal: controller.signal, deadline: 0 };
    expect(await world.audit.append(ctx, { kind: 'spec.cancelled', detail: {} })).toEqual({ sequence: 1 });
  });

  it('refuses records after close', async () => {
    const last = world.audit.append(world.ctx, { kind: 'spec.last', detail: {} });
    const closing = world.audit.close();
    await expect(world.audit.append(world.ctx, { kind: 'spec.late', detail: {} })).rejects.toMatchObject({
      code: 'AUDIT_UNAVAILABLE',
    });
    await closing;
    expect(await last).toEqual({ sequence: 1 });
    expect((await world.verify()).head?.count).toBe(1);
  });
});
