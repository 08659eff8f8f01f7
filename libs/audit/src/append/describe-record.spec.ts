import { describe, expect, it } from '@jest/globals';
import { systemContext } from '@lorekeep/kit/context';
import { DETAIL_DEPTH_MAX, storableJson, storableText, type JsonObject } from '../json.js';
import { DETAIL_MAX_BYTES, describeRecord } from './describe-record.js';

const ctx = systemContext('00000000-0000-4000-8000-000000000001', { traceId: 'a'.repeat(32) });
const nested = (levels: number): JsonObject => (levels === 1 ? {} : { inner: nested(levels - 1) });
const invalid = expect.objectContaining({ code: 'AUDIT_RECORD_INVALID' });

describe('describeRecord', () => {
  it('is one element for audit_append', () => {
    expect(
      JSON.parse(
        describeRecord(ctx, { kind: 'document.read', outcome: 'ok', detail: { a: [1, undefined] } }),
      ),
    ).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      kind: 'document.read',
      traceId: 'a'.repeat(32),
      actorId: null,
      actor: 'Lorekeep',
      outcome: 'ok',
      detail: { caller: { kind: 'system', keyId: null, sessionId: null }, a: [1, null] },
    });
  });

  it.each(['', 'plain', 'Upper.case', 'a..b', 'a.b.c.d.e.f', 'a.b ', `a.${'b'.repeat(63)}`])(
    'refuses the kind %p',
    (kind) => {
      expect(() => describeRecord(ctx, { kind, detail: {} })).toThrow(invalid as unknown as Error);
    },
  );

  it('refuses an actor id that is none, before it could fail a batch', () => {
    expect(() =>
      describeRecord(ctx, { kind: 'a.b', detail: {}, actor: { id: 'robert', name: 'x' } }),
    ).toThrow(/AUDIT_RECORD_INVALID/);
  });

  it('keeps names and traces to their limits', () => {
    const record = JSON.parse(
      describeRecord(
        { ...ctx, traceId: 't'.repeat(65) },
        { kind: 'a.b', detail: {}, actor: { id: null, name: 'n'.repeat(321) } },
      ),
    ) as { actor: string; traceId: string };
    expect(record.actor).toHaveLength(320);
    expect(record.traceId).toHaveLength(64);
  });

  it('takes a detail of the largest size and refuses one byte more', () => {
    const empty = Buffer.byteLength(
      storableJson({ caller: { kind: 'system', keyId: null, sessionId: null }, text: '' }),
    );
    const text = 'x'.repeat(DETAIL_MAX_BYTES - empty);
    expect(() => describeRecord(ctx, { kind: 'a.b', detail: { text } })).not.toThrow();
    expect(() => describeRecord(ctx, { kind: 'a.b', detail: { text: `${text}x` } })).toThrow(
      /AUDIT_RECORD_INVALID/,
    );
  });

  it('refuses what is no JSON', () => {
    const cycle: Record<string, JsonObject> = {};
    cycle['self'] = cycle;
    for (const detail of [cycle, { a: 1n }, { a: () => 1 }, { a: Symbol('x') }]) {
      expect(() => describeRecord(ctx, { kind: 'a.b', detail: detail as unknown as JsonObject })).toThrow(
        /AUDIT_RECORD_INVALID/,
      );
    }
  });
});

describe('storable JSON', () => {
  it(`is at most ${DETAIL_DEPTH_MAX} levels deep`, () => {
    expect(() => storableJson(nested(DETAIL_DEPTH_MAX))).not.toThrow();
    expect(() => storableJson(nested(DETAIL_DEPTH_MAX + 1))).toThrow(TypeError);
  });

  it('replaces only what Postgres cannot store', () => {
    expect(storableText('a\0b\ud83dc\udc00 😀')).toBe('a\ufffdb\ufffdc\ufffd 😀');
    expect(JSON.parse(storableJson({ 'k\0': ['\udc00', NaN, undefined], gone: undefined }))).toEqual({
      'k\ufffd': ['\ufffd', null, null],
    });
  });
});
