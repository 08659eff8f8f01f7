import { describe, expect, it } from '@jest/globals';
import { type Database, DatabaseTimeout } from '@lorekeep/kit/database';
import { appendBatch } from './audit.repository.js';

const TENANT = '00000000-0000-4000-8000-000000000001';
const HASH = Buffer.alloc(32, 1);
const append = (answer: () => unknown) =>
  appendBatch({ once: () => Promise.resolve().then(answer) } as unknown as Database, TENANT, {
    records: '[]',
    count: 2,
    timeout: 1000,
  });

describe('appendBatch', () => {
  it('takes an answer that fits the batch', async () => {
    expect(await append(() => [{ first: '4', last: '5', hash: HASH }])).toEqual({
      firstSequence: 4,
      lastSequence: 5,
      hash: HASH,
    });
  });

  it.each([
    ['nothing', []],
    ['nulls', [{ first: null, last: null, hash: null }]],
    ['fewer records', [{ first: '4', last: '4', hash: HASH }]],
    ['more records', [{ first: '4', last: '6', hash: HASH }]],
    ['a sequence before the first', [{ first: '0', last: '1', hash: HASH }]],
    ['no numbers', [{ first: 'x', last: 'y', hash: HASH }]],
    ['a short hash', [{ first: '4', last: '5', hash: Buffer.alloc(31) }]],
    ['a hash that is text', [{ first: '4', last: '5', hash: 'x'.repeat(32) }]],
  ])('does not believe %s', async (_what, rows) => {
    await expect(append(() => rows)).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
  });

  it('tells a timeout from a failure', async () => {
    const failing = (cause: Error) =>
      append(() => {
        throw cause;
      });
    await expect(failing(new DatabaseTimeout(5))).rejects.toMatchObject({ code: 'AUDIT_TIMEOUT' });
    await expect(failing(new Error('no'))).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
  });
});
