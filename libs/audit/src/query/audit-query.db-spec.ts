import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { openWorld, type World } from '../testing/world.js';
import { AuditQuery, RECORDS_PER_PAGE_MAX } from './audit-query.js';

const ANNA = '00000000-0000-4000-8000-00000000000a';
const RULES = {
  firewall: { rules: [{ rule: 'sql.union' }, { rule: 'sql.union' }], spared: [{ rule: 'xss.script' }] },
  passages: { screenedOut: [{ id: 'p', rules: [{ rule: 'jailbreak.mode' }] }] },
};

describe('AuditQuery', () => {
  let world: World;
  let query: AuditQuery;
  beforeEach(async () => {
    world = await openWorld();
    query = new AuditQuery(world.db, world.directory);
    const append = (kind: string, rest: object = {}) =>
      world.audit.append(world.ctx, { kind, detail: {}, ...rest });
    await append('question.opened', {
      detail: { question: 'Über 100% of "leave"?' },
      actor: { id: ANNA, name: 'anna@example.com' },
    });
    await append('question.closed', {
      outcome: 'answered',
      detail: { opened: 1, question: 'x', ...RULES },
      actor: { id: ANNA, name: 'anna@example.com' },
    });
    await append('sign-in.failed', { outcome: 'refused', actor: { id: null, name: 'bob_1@example.com' } });
    await append('sign-in.succeeded', { actor: { id: null, name: 'bobX1@example.com' } });
  });
  afterEach(() => world.close());

  const found = async (filter: Parameters<AuditQuery['list']>[1]) =>
    (await query.list(world.ctx, filter)).items.map((item) => item.sequence);

  it('lists newest first, page by page', async () => {
    const first = await query.list(world.ctx, { limit: 3 });
    expect(first.items.map((item) => item.sequence)).toEqual([4, 3, 2]);
    const second = await query.list(world.ctx, { limit: 3, cursor: first.next ?? 0 });
    expect(second).toMatchObject({
      items: [{ sequence: 1, kind: 'question.opened', actorId: ANNA }],
      next: null,
    });
    expect(second.items[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('filters by each field', async () => {
    expect(await found({ kind: 'question.' })).toEqual([2, 1]);
    expect(await found({ kind: 'question.closed' })).toEqual([2]);
    expect(await found({ outcome: 'refused' })).toEqual([3]);
    expect(await found({ actor: ANNA })).toEqual([2, 1]);
    expect(await found({ actor: 'BOB_1' })).toEqual([3]);
    expect(await found({ text: '100% OF "LEAVE"' })).toEqual([1]);
    expect(await found({ text: '100_' })).toEqual([]);
    for (const rule of ['sql.union', 'xss.script', 'jailbreak.mode'])
      expect(await found({ rule })).toEqual([2]);
    expect(await found({ rule: 'sql' })).toEqual([]);
    expect(await found({ traceId: world.ctx.traceId })).toEqual([4, 3, 2, 1]);
    expect(await found({ traceId: world.ctx.traceId.slice(0, 8) })).toEqual([4, 3, 2, 1]);
    expect(await found({ traceId: 'other' })).toEqual([]);
    const { recordedAt } = (await query.get(world.ctx, 3)) ?? { recordedAt: '' };
    expect(await found({ to: recordedAt })).not.toContain(3);
    expect(await found({ from: recordedAt })).toContain(3);
    expect(await found({ from: '2999-01-01' })).toEqual([]);
  });

  it('names the rules of the latest questions, each once a question', async () => {
    const event = { kind: 'question.closed', outcome: 'refused' } as const;
    await world.audit.append(world.ctx, {
      ...event,
      detail: { firewall: { rules: [{ rule: 'sql.union' }] } },
    });
    await world.audit.append(world.ctx, { kind: 'admin.words.add', detail: { rule: 'none' } });
    expect(await query.rules(world.ctx)).toEqual([
      { rule: 'jailbreak.mode', questions: 1 },
      { rule: 'sql.union', questions: 2 },
      { rule: 'xss.script', questions: 1 },
    ]);
    expect(await query.rules(await world.addTenant('another'))).toEqual([]);
  });

  it('gets one, and null for what is not there or not a sequence', async () => {
    expect(await query.get(world.ctx, 2)).toMatchObject({ outcome: 'answered', detail: { opened: 1 } });
    for (const sequence of [5, 0, -1, 1.5, NaN, 2 ** 60])
      expect(await query.get(world.ctx, sequence)).toBeNull();
    const other = await world.addTenant('other');
    expect(await query.get(other, 2)).toBeNull();
    expect(await query.list(other)).toEqual({ items: [], next: null });
  });

  it('refuses pages out of bounds', async () => {
    for (const bad of [{ limit: 0 }, { limit: RECORDS_PER_PAGE_MAX + 1 }, { cursor: 0 }, { cursor: 1.5 }]) {
      await expect(query.list(world.ctx, bad)).rejects.toMatchObject({ status: 422 });
    }
  });

  it('exports lines whose hashes anybody can recompute, and the signed head last', async () => {
    await world.heads.seal(world.tenantId);
    const lines: string[] = [];
    for await (const line of query.export(world.ctx)) lines.push(line);
    expect(lines).toHaveLength(5);
    let previous = '0'.repeat(64);
    for (const line of lines.slice(0, 4)) {
      const { previousHash, hash } = JSON.parse(line) as { previousHash: string; hash: string };
      const text = line.slice('{"record":'.length, line.lastIndexOf(',"previousHash":'));
      expect(previousHash).toBe(previous);
      expect(createHash('sha256').update(Buffer.from(previous, 'hex')).update(text).digest('hex')).toBe(hash);
      previous = hash;
    }
    expect(JSON.parse(lines[4] ?? '')).toMatchObject({ head: { count: 4, hash: previous } });
  });

  it('exports what a filter leaves, shows what was changed, and does without a head', async () => {
    await world.tamper(
      `update audit_record set recorded_at = 'infinity', detail = '{"x": 1}' where sequence = 2`,
    );
    const lines: string[] = [];
    for await (const line of new AuditQuery(world.db).export(world.ctx, { kind: 'question.closed' }))
      lines.push(line);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('"detail":{"x": 1}');
    expect(lines[1]).toBe('{"head":null}\n');
    expect(await query.get(world.ctx, 2)).toMatchObject({ recordedAt: 'Infinity' });
    await expect(query.export(world.ctx, { from: 'x' }).next()).rejects.toMatchObject({ status: 422 });
  });
});
