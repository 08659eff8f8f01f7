import { describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { parseSample, sampleLimits, summaryOf } from '../../testing/parse-sample.js';
import { docxOf, paragraph, pdfOf } from '../../testing/sample-files.js';
import { encrypted, tampered, zipOf } from '../../testing/sample-zip.js';
import { Budget } from './budget.js';
import { ENTRY_PATH_MAX } from './parse-zip.js';

const many = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`${at}.txt`, `text ${at}`]));
/** Names of the same length, so that the directory stays as it is. */
const renamed = (zip: Buffer, from: string, to: string): Buffer =>
  Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1');

describe('ZIP', () => {
  it('has every readable file as a section under its path, and lists the others', async () => {
    const parsed = await parseSample(
      'zip',
      zipOf({
        'hr/leave.md': '---\ntitle: Leave\n---\n# Days\n\nFifteen.',
        '制度/差旅.docx': docxOf(paragraph('住宿 600 元。')),
        'отпуск.txt': 'Двадцать восемь дней.',
        'travel.pdf': pdfOf([['One.'], ['Two.']]),
        'logo.png': Buffer.from('89504e47', 'hex'),
        '__MACOSX/._leave.md': 'litter',
        'empty.txt': '',
      }),
    );
    expect(summaryOf(parsed)).toEqual([
      'h1 hr/leave.md',
      'h2 Leave',
      'h3 Days',
      'p Fifteen.',
      'h1 制度/差旅.docx',
      'p 住宿 600 元。',
      'h1 отпуск.txt',
      'p Двадцать восемь дней.',
      'h1 travel.pdf',
      '1: p One.',
      '2: p Two.',
      'h1 Not read',
      'i - logo.png: This kind of file is not supported.',
      'i - empty.txt: The file is empty.',
    ]);
    expect(parsed.notes).toEqual([
      '4 of 6 files were read.',
      'logo.png: This kind of file is not supported.',
      'empty.txt: The file is empty.',
    ]);
  });

  it('is refused only if nothing in it can be read, with the reason', async () => {
    const secret = zipOf({ 'a.txt': 'x', 'b.txt': 'y' });
    expect(summaryOf(await parseSample('zip', encrypted(secret)))).toEqual([
      'h1 b.txt',
      'p y',
      'h1 Not read',
      expect.stringContaining('- a.txt: The file is protected with a password'),
    ]);
    await expect(parseSample('zip', encrypted(encrypted(secret), 1))).rejects.toMatchObject({
      code: 'DOCUMENT_ENCRYPTED',
    });
    await expect(parseSample('zip', zipOf({ 'a.exe': 'x', 'b.txt': '' }))).rejects.toMatchObject({
      code: 'DOCUMENT_NOTHING_READABLE',
      detail: 'This kind of file is not supported. The file is empty.',
    });
    await expect(parseSample('zip', zipOf({}))).rejects.toMatchObject({ code: 'DOCUMENT_NO_TEXT' });
    await expect(parseSample('zip', secret.subarray(0, 60))).rejects.toMatchObject({
      code: 'DOCUMENT_DAMAGED',
    });
  });

  it('never follows a path that leads out, nor one that is too long', async () => {
    const zip = renamed(zipOf({ 'aa/b.txt': 'out', 'x.txt': 'in' }), 'aa/b.txt', '../b.txt');
    expect(summaryOf(await parseSample('zip', zip))).toEqual([
      'h1 x.txt',
      'p in',
      'h1 Not read',
      'i - ../b.txt: Its path is too long or leads out of the file.',
    ]);
    for (const path of ['/etc/a.txt', 'C:\\Temp\\a.txt', 'a/../../b.txt', '..\\..\\b.txt'])
      await expect(parseSample('zip', zipOf({ [path]: 'x' }))).rejects.toMatchObject({
        code: 'DOCUMENT_PATH_INVALID',
      });
    const path = (length: number): string => `${'p'.repeat(length - 4)}.txt`;
    expect((await parseSample('zip', zipOf({ [path(ENTRY_PATH_MAX)]: 'x' }))).blocks).toHaveLength(2);
    await expect(parseSample('zip', zipOf({ [path(ENTRY_PATH_MAX + 1)]: 'x' }))).rejects.toMatchObject({
      code: 'DOCUMENT_PATH_INVALID',
    });
  });

  it('has names in the encoding of the sender', async () => {
    const zip = zipOf({ 'xxxx.txt': '年假为 15 天' });
    const gb = renamed(zip, 'xxxx', Buffer.from('c4eabcd9', 'hex').toString('latin1'));
    expect(summaryOf(await parseSample('zip', gb))[0]).toBe('h1 年假.txt');
  });

  it('bounds the number of files, at its edge', async () => {
    expect((await parseSample('zip', zipOf(many(10)))).blocks).toHaveLength(20);
    await expect(parseSample('zip', zipOf(many(11)))).rejects.toMatchObject({
      code: 'DOCUMENT_TOO_MANY_ENTRIES',
      detail: 'The limit is 10.',
    });
    // Files of archives within count too.
    const parsed = await parseSample('zip', zipOf({ 'a.zip': zipOf(many(6)), 'b.zip': zipOf(many(6)) }));
    expect(parsed.notes).toEqual([
      '1 of 2 files were read.',
      expect.stringContaining('b.zip: The file packs more files than the limit'),
    ]);
  });

  it('bounds what it unpacks, at its edge, and by its ratio', async () => {
    const of = (bytes: number): Record<string, Uint8Array> => ({
      'a.txt': Buffer.alloc(bytes, 'a'),
      'b.txt': Buffer.from('b'),
    });
    const limits = { DOCUMENT_MAX_UNPACKED_BYTES: 1_000 };
    expect((await parseSample('zip', zipOf(of(999)), limits)).notes).toEqual([]);
    expect((await parseSample('zip', zipOf(of(1_000)), limits)).notes).toEqual([
      '1 of 2 files were read.',
      expect.stringContaining('b.txt: The file unpacks to far more'),
    ]);
    await expect(parseSample('zip', zipOf({ 'a.txt': new Uint8Array(15_000_000) }))).rejects.toMatchObject({
      code: 'DOCUMENT_UNPACKS_TOO_LARGE',
    });
    // An entry that declares less than it unpacks to is never unpacked further than that.
    const lying = tampered(zipOf({ 'a.txt': Buffer.alloc(100_000, 'a') }), 0, (directory) =>
      directory.writeUInt32LE(10, 24),
    );
    await expect(parseSample('zip', lying)).rejects.toMatchObject({ code: 'DOCUMENT_DAMAGED' });
  });

  it('bounds archives in archives, at their edge, and ends when one contains itself', async () => {
    const two = zipOf({ 'in.zip': zipOf({ 'a.txt': 'deep' }) });
    expect(summaryOf(await parseSample('zip', two))).toEqual(['h1 in.zip', 'h2 a.txt', 'p deep']);
    await expect(parseSample('zip', zipOf({ 'out.zip': two }))).rejects.toMatchObject({
      code: 'DOCUMENT_TOO_NESTED',
    });
    expect(
      (await parseSample('zip', zipOf({ 'out.zip': two }), { DOCUMENT_MAX_LEVELS: 3 })).blocks,
    ).toHaveLength(4);
  });

  it('never begins what overlaps or points outside', async () => {
    const zip = zipOf({ 'a.txt': 'x', 'b.txt': 'y' }, 0);
    const outside = tampered(zip, 0, (directory) => directory.writeUInt32LE(0xffff, 42));
    expect((await parseSample('zip', outside)).notes).toEqual([
      '1 of 2 files were read.',
      'a.txt: The file is damaged and cannot be read.',
    ]);
    const method = tampered(zip, 0, (directory) => directory.writeUInt16LE(99, 10));
    expect((await parseSample('zip', method)).notes).toEqual([
      '1 of 2 files were read.',
      'a.txt: The file is damaged and cannot be read.',
    ]);
  });
});

describe('GZIP', () => {
  it('is the one file in it', async () => {
    expect(summaryOf(await parseSample('gzip', gzipSync('年假为 15 天。')))).toEqual(['p 年假为 15 天。']);
    const plain = gzipSync('a,b\n1,2');
    const named = Buffer.concat([
      plain.subarray(0, 3),
      Buffer.from([8]),
      plain.subarray(4, 10),
      Buffer.from('days.csv\0'),
      plain.subarray(10),
    ]);
    expect(summaryOf(await parseSample('gzip', named))).toEqual(['t a,b;1,2']);
  });

  it('refuses bombs, archives, and what is damaged', async () => {
    await expect(parseSample('gzip', gzipSync(Buffer.alloc(15_000_000)))).rejects.toMatchObject({
      code: 'DOCUMENT_UNPACKS_TOO_LARGE',
    });
    const edge = { DOCUMENT_MAX_UNPACKED_BYTES: 100 };
    expect((await parseSample('gzip', gzipSync('a'.repeat(100)), edge)).blocks).toHaveLength(1);
    await expect(parseSample('gzip', gzipSync('a'.repeat(101)), edge)).rejects.toMatchObject({
      code: 'DOCUMENT_UNPACKS_TOO_LARGE',
    });
    const tar = Buffer.alloc(1_024, 'a');
    tar.write('ustar', 257);
    await expect(parseSample('gzip', gzipSync(tar))).rejects.toMatchObject({
      code: 'DOCUMENT_TYPE_UNSUPPORTED',
    });
    await expect(parseSample('gzip', gzipSync('x').subarray(0, 12))).rejects.toMatchObject({
      code: 'DOCUMENT_DAMAGED',
    });
  });
});

describe('Budget', () => {
  it('ends a file that lies in itself, and what is too deep', () => {
    const limits = { ...sampleLimits, DOCUMENT_MAX_LEVELS: 2 };
    const [outer, inner] = [Buffer.from('outer'), Buffer.from('inner')];
    const level = Budget.of(limits).within(outer);
    expect(() => level.within(outer)).toThrow(expect.objectContaining({ code: 'DOCUMENT_CONTAINS_ITSELF' }));
    const second = level.within(inner);
    expect(() => second.within(Buffer.from('third'))).toThrow(
      expect.objectContaining({ code: 'DOCUMENT_TOO_NESTED' }),
    );
    // Two levels draw on the same budget.
    second.takeEntries(6);
    level.takeEntries(4);
    expect(() => level.takeEntries(1)).toThrow(
      expect.objectContaining({ code: 'DOCUMENT_TOO_MANY_ENTRIES' }),
    );
  });
});
