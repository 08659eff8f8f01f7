import { describe, expect, it } from '@jest/globals';
import { docxOf, paragraph, pdfOf } from '../testing/sample-files.js';
import { cleanFileName, FILE_NAME_MAX, titleOf } from './clean-name.js';
import { readLimited } from './read-limited.js';
import { sniffFormat, utf16Order } from './sniff-format.js';

const text = Buffer.from('Some text.');
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

describe('sniffFormat', () => {
  it('takes what its name says', () => {
    expect(sniffFormat('a.PDF', pdfOf([['x']]))).toEqual({ format: 'pdf' });
    expect(sniffFormat('a.docx', docxOf(paragraph('x')))).toEqual({ format: 'docx' });
    for (const [name, format] of [
      ['a.md', 'markdown'],
      ['a.txt', 'text'],
      ['a.htm', 'html'],
      ['a.tsv', 'csv'],
      ['a.xml', 'xml'],
      ['a.eml', 'eml'],
    ] as const)
      expect(sniffFormat(name, text)).toEqual({ format });
    expect(sniffFormat('a.csv', Buffer.from('\ufeffa,b', 'utf16le'))).toEqual({ format: 'csv' });
  });

  it('refuses what its name does not say, naming what it is', () => {
    const code = 'DOCUMENT_TYPE_MISMATCH';
    expect(sniffFormat('a.pdf', docxOf(''))).toEqual({
      code,
      detail: 'Its name ends in .pdf, but it is a ZIP or Office file.',
    });
    expect(sniffFormat('a.pdf', text)).toMatchObject({ code });
    expect(sniffFormat('a.docx', pdfOf([['x']]))).toMatchObject({
      code,
      detail: expect.stringContaining('a PDF'),
    });
    expect(sniffFormat('a.md', pdfOf([['x']]))).toMatchObject({ code });
    expect(sniffFormat('a.txt', Buffer.from([104, 0, 105]))).toMatchObject({ code });
    expect(sniffFormat('a.docx', Buffer.concat([OLE, Buffer.alloc(600)]))).toMatchObject({ code });
    expect(sniffFormat('a.docx', Buffer.from('P'))).toMatchObject({ code });
  });

  it('knows packed files and mail, by their first bytes', () => {
    const zip = docxOf('');
    for (const format of ['xlsx', 'pptx', 'zip'] as const)
      expect(sniffFormat(`a.${format}`, zip)).toEqual({ format });
    expect(sniffFormat('a.zip', Buffer.from('504b0506', 'hex'))).toEqual({ format: 'zip' });
    expect(sniffFormat('a.gz', Buffer.from('1f8b08', 'hex'))).toEqual({ format: 'gzip' });
    expect(sniffFormat('a.msg', Buffer.concat([OLE, Buffer.alloc(600)]))).toEqual({ format: 'msg' });
    for (const name of ['a.xlsx', 'a.zip', 'a.gz', 'a.msg'])
      expect(sniffFormat(name, text)).toMatchObject({ code: 'DOCUMENT_TYPE_MISMATCH' });
    expect(sniffFormat('a.eml', zip)).toMatchObject({ code: 'DOCUMENT_TYPE_MISMATCH' });
  });

  it('takes UTF-16 without a mark for text, and other NULs not', () => {
    for (const words of ['name,days\nLi,15\n', '年假,天数\n一共 15 天\n', 'имя,дни\nИван,15\n']) {
      const little = Buffer.from(words, 'utf16le');
      expect([utf16Order(little), utf16Order(Buffer.from(little).swap16())]).toEqual(['le', 'be']);
      expect(sniffFormat('a.csv', little)).toEqual({ format: 'csv' });
    }
    for (const bytes of [
      [104, 0, 105],
      [0, 0, 0, 0],
      [1, 0, 2, 0, 3, 0, 65, 0],
      [65, 0, 0, 66],
    ])
      expect(utf16Order(Buffer.from(bytes))).toBeNull();
  });

  it('knows empty, unsupported and encrypted', () => {
    expect(sniffFormat('a.pdf', Buffer.alloc(0))).toEqual({ code: 'DOCUMENT_EMPTY' });
    for (const name of ['a.exe', 'a', 'a.xls', 'pdf', 'a.constructor', 'a.tar'])
      expect(sniffFormat(name, text)).toEqual({ code: 'DOCUMENT_TYPE_UNSUPPORTED' });
    const encrypted = Buffer.concat([OLE, Buffer.from('EncryptedPackage', 'utf16le')]);
    for (const name of ['a.docx', 'a.xlsx', 'a.pptx'])
      expect(sniffFormat(name, encrypted)).toEqual({ code: 'DOCUMENT_ENCRYPTED' });
  });
});

describe('names', () => {
  it('are bare, printable and bounded', () => {
    expect(cleanFileName('../../etc/passwd.txt')).toBe('passwd.txt');
    expect(cleanFileName('C:\\temp\\报告.docx')).toBe('报告.docx');
    expect(cleanFileName('a\u202efdp.exe\u0000.md')).toBe('afdp.exe.md');
    for (const name of ['', '..', '/', '\u0007', 'a'.repeat(FILE_NAME_MAX + 1)])
      expect(cleanFileName(name)).toBeNull();
    expect(cleanFileName('a'.repeat(FILE_NAME_MAX))).toHaveLength(FILE_NAME_MAX);
  });

  it('give a title of one line', () => {
    expect(titleOf('leave-policy.md')).toBe('leave-policy');
    expect(titleOf('a.md', ' Annual\n leave ')).toBe('Annual leave');
    expect(titleOf('.md')).toBe('.md');
    expect(titleOf('a.md', 'Leave \u202efdp.exe\u2066\u0007')).toBe('Leave fdp.exe');
    expect(titleOf('a.md', '\u202e\u2066')).toBe('a');
    expect(titleOf('a.md', 'x'.repeat(300))).toHaveLength(200);
  });
});

describe('readLimited', () => {
  async function* parts(...sizes: number[]): AsyncGenerator<Uint8Array> {
    for (const size of sizes) yield await Promise.resolve(Buffer.alloc(size));
  }
  const signal = new AbortController().signal;

  it('takes exactly the limit and not a byte more', async () => {
    expect(await readLimited(parts(3, 7), 10, signal)).toHaveLength(10);
    expect(await readLimited(Buffer.alloc(10), 10, signal)).toHaveLength(10);
    await expect(readLimited(parts(3, 8), 10, signal)).rejects.toMatchObject({ code: 'DOCUMENT_TOO_LARGE' });
    await expect(readLimited(Buffer.alloc(11), 10, signal)).rejects.toMatchObject({
      code: 'DOCUMENT_TOO_LARGE',
    });
  });

  it('tells a dropped connection', async () => {
    // eslint-disable-next-line require-yield -- a stream that fails before its first part
    async function* broken(): AsyncGenerator<Uint8Array> {
      await Promise.resolve();
      throw new Error('aborted');
    }
    await expect(readLimited(broken(), 10, signal)).rejects.toMatchObject({ code: 'DOCUMENT_INCOMPLETE' });
    await expect(readLimited(parts(1), 10, AbortSignal.abort())).rejects.toMatchObject({
      code: 'DOCUMENT_INCOMPLETE',
    });
  });
});
