import { describe, expect, it } from '@jest/globals';
import { EventReader, LINE_LIMIT } from './event-reader.js';

const read = (pieces: (string | Buffer)[]): string[] => {
  const reader = new EventReader();
  return pieces.flatMap((piece) => reader.push(Buffer.from(piece as string)));
};

describe('EventReader', () => {
  const stream =
    ': comment\n\ndata: {"a":"年"}\n\nevent: x\nid: 1\ndata:one\ndata: two\n\ndata:\n\ndata: [DONE]\r\n\r\n';
  const expected = ['{"a":"年"}', 'one\ntwo', '', '[DONE]'];

  it('reads events however the bytes are cut', () => {
    expect(read([stream])).toEqual(expected);
    const bytes = Buffer.from(stream);
    for (let cut = 1; cut < bytes.length; cut++)
      expect(read([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(expected);
    expect(read([...bytes].map((byte) => Buffer.of(byte)))).toEqual(expected);
  });

  it('gives nothing of an event that is not complete', () => {
    expect(read(['data: {"a":1}'])).toEqual([]);
    expect(read(['data: {"a":1}\n'])).toEqual([]);
  });

  it('refuses a line beyond its limit, and a limit made of many lines', () => {
    expect(read([`data: ${'x'.repeat(LINE_LIMIT - 6)}`, '\n\n'])).toHaveLength(1);
    expect(() => read(['x'.repeat(LINE_LIMIT + 1)])).toThrow(RangeError);
    expect(() => read(Array.from({ length: 20 }, () => `data: ${'x'.repeat(100_000)}\n`))).toThrow(
      RangeError,
    );
  });
});
