import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { Mistakes } from './read-records.js';
import { readStreamRecords, textLine } from './read-stream-records.js';

async function read(...chunks: (Buffer | string)[]) {
  const mistakes = new Mistakes('stdin');
  const records = [];
  const input = Readable.from(chunks.map((chunk) => Buffer.from(chunk as string)));
  for await (const record of readStreamRecords(input, textLine, mistakes)) records.push(record);
  return { records, refuse: () => mistakes.refuse() };
}

describe('readStreamRecords', () => {
  it('reads lines however they arrive, the last without an end too', async () => {
    const bytes = Buffer.from('\ufeff{"id":1,"text":"中\u2028文"}\r\n\n{"id":"b","text":"\\ud83d","more":0}');
    for (const size of [1, 2, 7, bytes.length]) {
      const chunks = [];
      for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
      const { records, refuse } = await read(...chunks);
      expect(records).toEqual([
        { id: 1, text: '中\u2028文' },
        { id: 'b', text: '\ud83d' },
      ]);
      expect(refuse).not.toThrow();
    }
    expect((await read()).records).toEqual([]);
  });

  it('goes on after wrong lines, and names them', async () => {
    const lines = [
      '{"id":1,"text":"a"}',
      'x',
      '',
      '{"id":2}',
      '[]',
      '{"id":null,"text":""}',
      '{"id":3,"text":""}',
    ];
    const { records, refuse } = await read(lines.join('\n'), '\n', Buffer.from([0xff, 0x0a]));
    expect(records.map(({ id }) => id)).toEqual([1, 3]);
    expect(refuse).toThrow(
      /^stdin:2: is not JSON .*\nstdin:4: text: .*\nstdin:5: the line: .*\nstdin:6: id: .*\nstdin:8: is not UTF-8$/,
    );
  });
});
