import { describe, expect, it } from '@jest/globals';
import { storableJson, storableText } from './storable-text.js';

describe('storableText', () => {
  it('takes out what Postgres cannot hold and leaves the rest', () => {
    expect(storableText('a\u0000b\ud800c\udc00 😀 答')).toBe('ab\ufffdc\ufffd 😀 答');
  });
});

describe('storableJson', () => {
  it('does so at every depth, and does not mistake an escaped backslash', () => {
    expect(JSON.parse(storableJson([{ a: ['\u0000x\ud800', '\\u0000'] }]) ?? '')).toEqual([
      { a: ['x\ufffd', '\\u0000'] },
    ]);
    expect(storableJson(null)).toBeNull();
    expect(storableJson(undefined)).toBeNull();
  });
});
