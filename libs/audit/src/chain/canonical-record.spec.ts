import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { canonicalText, CHAIN_START, hashRecord, type StoredRecord } from './canonical-record.js';

const record: StoredRecord = {
  tenantId: '00000000-0000-4000-8000-000000000001',
  sequence: 7,
  id: '00000000-0000-4000-8000-000000000002',
  recordedMicros: 1_767_603_600_123_000n,
  kind: 'question.closed',
  traceId: null,
  actorId: null,
  actor: 'Zoë "Z"\n',
  outcome: 'answered',
  detail: '{"b": 1.0, "aa": "漢"}',
  previousHash: CHAIN_START,
  hash: CHAIN_START,
};
const TEXT =
  '{"tenant":"00000000-0000-4000-8000-000000000001","sequence":7,"id":"00000000-0000-4000-8000-000000000002",' +
  '"recordedAt":"2026-01-05T09:00:00.123Z","kind":"question.closed","traceId":null,"actorId":null,' +
  '"actor":"Zoë \\"Z\\"\\n","outcome":"answered","detail":{"b": 1.0, "aa": "漢"}}';

describe('canonical text', () => {
  it('has one form, written out here so that no change goes unseen', () => {
    expect(canonicalText(record)).toBe(TEXT);
  });

  it('is hashed after the 32 bytes of the hash before', () => {
    const bytes = Buffer.concat([Buffer.alloc(32, 9), Buffer.from(TEXT, 'utf8')]);
    expect(hashRecord(Buffer.alloc(32, 9), TEXT)).toEqual(createHash('sha256').update(bytes).digest());
  });

  it.each([null, 1n, 999n, -1000n, 253_402_300_800_000_000n])(
    'does not exist for the time %p',
    (recordedMicros) => {
      expect(canonicalText({ ...record, recordedMicros })).toBeUndefined();
    },
  );
});
