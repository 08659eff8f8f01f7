import { describe, expect, it } from '@jest/globals';
import { ROW_LINES } from './join-rows.js';
import { EXAMPLES_LIMIT, FIRST_WORDS } from './list-report.js';
import { readList, TooManyWords } from './read-list.js';

const read = async (content: Buffer | string, { isCsv = false, wordsLimit = 100 } = {}) => {
  const progress: [number, number][] = [];
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const onProgress = async (words: number, at: number) => void progress.push([words, at]);
  const { words, report } = await readList(bytes, { isCsv, wordsLimit, onProgress });
  return { ...report.report(), words: [...words.keys()], progress };
};
/** 甲乙丙 and 大麻 in GB18030. */
const GB = [Buffer.from([0xbc, 0xd7, 0xd2, 0xd2, 0xb1, 0xfb]), Buffer.from([0xb4, 0xf3, 0xc2, 0xe9])];
const utf16 = (text: string, big = false) => {
  const bytes = Buffer.from(text, 'utf16le');
  return big ? bytes.swap16() : bytes;
};

describe('readList', () => {
  it('reads a word a line, whatever ends the lines, and leaves out what is no word with its line', async () => {
    const { words, lines, problems, examples } = await read('甲\r\n\n  乙 \n甲\nb\u0007l\n\u200b\nlast');
    expect(words).toEqual(['甲', '乙', 'last']);
    expect(lines).toBe(7);
    expect(problems).toEqual({ blank: 1, repeated: 1, control: 1, invisible: 1 });
    expect(examples).toContainEqual({ problem: 'repeated', line: 4, text: '甲' });
    expect(examples).toContainEqual({ problem: 'control', line: 5, text: 'b\ufffdl' });
  });

  it('ends lines with a carriage return alone too, in every encoding', async () => {
    const expected = { words: ['甲乙丙', '大麻'], problems: {}, lines: 2 };
    for (const text of ['甲乙丙\r大麻', '甲乙丙\r大麻\r', '甲乙丙\r大麻\r\n', '\ufeff甲乙丙\r大麻\n']) {
      expect(await read(text)).toMatchObject(expected);
      expect(await read(utf16(text))).toMatchObject(expected);
      expect(await read(utf16(text, true))).toMatchObject(expected);
    }
    expect(await read(Buffer.concat([GB[0] as Buffer, Buffer.from('\r'), GB[1] as Buffer]))).toMatchObject({
      ...expected,
      encoding: 'gb18030',
    });
    expect(await read('a\r\rb\r\n\rc\n\rd')).toMatchObject({
      words: ['a', 'b', 'c', 'd'],
      problems: { blank: 3 },
      lines: 7,
    });
    expect(await read('\r')).toMatchObject({ words: [], problems: { blank: 1 }, lines: 1 });
  });

  it('takes words of 500 units and no longer ones, as many as the limit and no more', async () => {
    const { words, problems, examples } = await read(`${'x'.repeat(500)}\n${'y'.repeat(501)}`);
    expect(words).toHaveLength(1);
    expect(problems).toEqual({ 'too-long': 1 });
    expect(examples[0]?.text).toHaveLength(61);
    expect((await read('a\nb\nb\n\n', { wordsLimit: 2 })).words).toEqual(['a', 'b']);
    await expect(read('a\nb\nc', { wordsLimit: 2 })).rejects.toThrow(TooManyWords);
  });

  it.each([
    ['utf-8', Buffer.from('甲乙丙\n大麻')],
    ['utf-8', Buffer.from('\ufeff甲乙丙\n大麻')],
    ['utf-16le', utf16('\ufeff甲乙丙\n大麻')],
    ['utf-16be', utf16('\ufeff甲乙丙\n大麻', true)],
    ['gb18030', Buffer.concat([GB[0] as Buffer, Buffer.from('\r\n'), GB[1] as Buffer])],
  ])('reads %s', async (encoding, content) => {
    const list = await read(content);
    expect(list).toMatchObject({ encoding, words: ['甲乙丙', '大麻'], problems: {} });
  });

  it('reads UTF-16 without a mark by its NULs, and leaves out half a pair', async () => {
    expect(await read(utf16('alpha\nbeta\n'))).toMatchObject({
      encoding: 'utf-16le',
      words: ['alpha', 'beta'],
    });
    expect(await read(utf16('\ufeffa\n\ud800b\n'))).toMatchObject({
      words: ['a'],
      problems: { undecodable: 1 },
    });
  });

  it.each([
    ['utf-16le', '大麻\n'],
    ['utf-16le', '上海\r\n一二\r\nK粉\r\n'],
    ['utf-16be', '大麻\n海洛因\n上上上\n'],
    ['utf-16be', 'K粉\n冰毒'],
    ['utf-16le', 'слово\nдело\n'],
    ['utf-16be', '한국어\n조선\n'],
    ['utf-16le', `${'甲'.repeat(2_000)}\n${'😀\n'.repeat(200)}`],
  ])('reads %s without a mark by its line ends too (%#)', async (encoding, text) => {
    const list = await read(utf16(text, encoding === 'utf-16be'), { wordsLimit: 1_000 });
    expect(list.encoding).toBe(encoding);
    expect(list.words).toEqual([
      ...new Set(
        text
          .trim()
          .split(/\r?\n/)
          .filter((word) => word.length <= 500),
      ),
    ]);
  });

  it.each([
    ['utf-8', 'ab\0c'],
    ['utf-8', 'a\0\nbc\n'],
    ['utf-8', '\0'],
    ['utf-8', 'ab\n\0'],
    ['utf-8', '\0alpha\nbeta\ngamma\n'],
    ['utf-8', 'a\0\n'.repeat(40)],
    ['utf-8', '大麻\n内部资料\n\0绝密文件\n甲'],
    ['utf-8', '\0大麻'],
    ['utf-8', '\0\0\n\0\0'],
  ])('takes no NUL for UTF-16, and reports its line (%s, %j)', async (encoding, text) => {
    const list = await read(text);
    expect(list.encoding).toBe(encoding);
    expect(list.words).toEqual([...new Set(text.split('\n').filter((word) => word && !word.includes('\0')))]);
    const lines = text.split('\n').filter((line) => line.includes('\0'));
    expect(list.problems.control).toBe(lines.length);
  });

  it('takes no NUL in GB18030 for UTF-16', async () => {
    const [first, second] = GB as [Buffer, Buffer];
    for (const tail of ['\n\0', '\n\0\n', '\0']) {
      const list = await read(Buffer.concat([first, Buffer.from('\n'), second, Buffer.from(tail)]));
      expect(list).toMatchObject({ encoding: 'gb18030', problems: { control: 1 } });
      expect(list.words[0]).toBe('甲乙丙');
    }
  });

  it('reads each line of a file of mixed encodings in its own, and says which', async () => {
    const list = await read(
      Buffer.concat([
        Buffer.from('绝密文件\n内部资料\n'),
        GB[0] as Buffer,
        Buffer.from('\n\xff\n', 'latin1'),
      ]),
    );
    expect(list.words).toEqual(['绝密文件', '内部资料', '甲乙丙']);
    expect(list.problems).toEqual({ encoding: 1, undecodable: 1 });
    expect(list.examples).toEqual([
      { problem: 'encoding', line: 3, text: '甲乙丙' },
      { problem: 'undecodable', line: 4, text: '' },
    ]);
  });

  it('takes what GB18030 and UTF-8 could both be for what the file is, and UTF-8 for what it must be', async () => {
    // 露为水 is valid UTF-8 too (¶Ϊˮ), and so are 霜夜霜 and 小学校; 中文 in UTF-8 is valid GB18030 (涓枃).
    const own = ['c2b6ceaacbae', 'cbaad2b9cbaa', 'd0a1d1a7d0a3'].map((hex) => Buffer.from(hex, 'hex'));
    const foreign = ['中文', 'привет', '绝密文件'].map((text) => Buffer.from(text));
    const lines = [...GB, ...GB, ...own, ...GB, ...GB, ...foreign];
    const content = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
    const list = await read(content);
    expect(list).toMatchObject({ encoding: 'gb18030', problems: { repeated: 6, encoding: 3 } });
    expect(list.words).toEqual([
      ...['甲乙丙', '大麻'],
      ...['露为水', '霜夜霜', '小学校'],
      ...['中文', 'привет', '绝密文件'],
    ]);
  });

  it('reads the first column of a CSV, quoted or not, without its heading', async () => {
    const csv = 'Word,category\n"a ""b"", c",x\nplain;y\n"open\ntab\tz\n';
    const { words, problems } = await read(csv, { isCsv: true });
    expect(words).toEqual(['a "b", c', 'plain', 'tab']);
    expect(problems).toEqual({ quotes: 1 });
    expect((await read('word\n')).words).toEqual(['word']);
  });

  it('takes a quoted field of a CSV over several lines for one, which is no word', async () => {
    const csv = 'word,x\n"multi\nline",y\nblue,z\n"a,b"\n';
    expect(await read(csv, { isCsv: true })).toMatchObject({
      words: ['blue', 'a,b'],
      problems: { control: 1 },
      lines: 5,
      examples: [{ problem: 'control', line: 2, text: 'multi\ufffdline' }],
    });
    // A quotation mark that is never closed is one line's mistake.
    const rows = Array.from({ length: ROW_LINES + 2 }, (_, i) => `w${i}`);
    expect(await read(['"open', ...rows].join('\n'), { isCsv: true })).toMatchObject({
      words: rows,
      problems: { quotes: 1 },
      lines: rows.length + 1,
    });
    expect(
      (await read(`"${rows.slice(0, ROW_LINES - 1).join('\n')}\nx"\nlast`, { isCsv: true })).words,
    ).toEqual(['last']);
    expect((await read('"open\nblue', { isCsv: true })).words).toEqual(['blue']);
  });

  it.each([
    ['id,word\n1,heliotrope\n2,"ibis, red"\n', ['heliotrope', 'ibis, red']],
    ['category,word\nplants,heliotrope\n', ['heliotrope']],
    ['Sensitive words,level\nheliotrope,3\n', ['heliotrope']],
    ['\ufeff"ID";"Sensitive_Word";"Level"\r\n1;heliotrope;high\r\n', ['heliotrope']],
    ['编号\t类别\t敏感词\n\t植物\t向日葵\n2\t\t红鹮, 朱鹭\n', ['向日葵', '红鹮, 朱鹭']],
    ['level;违禁词\n3;向日葵\n4\n', ['向日葵']],
    ['heliotrope,word\nibis,word\n', ['heliotrope', 'ibis']],
    ['heliotrope,3\nword,4\n', ['heliotrope', 'word']],
    ['id,"word\n1,heliotrope\n', ['id', '1']],
    ['id,word\n', []],
    ['', []],
  ])('takes the words of %j from the column that its first row names', async (csv, expected) => {
    expect((await read(csv, { isCsv: true })).words).toEqual(expected);
  });

  it('says which words it took first, and which of them would hit nearly everything', async () => {
    const many = Array.from({ length: FIRST_WORDS + 2 }, (_, at) => `heron${at}`);
    const { first, problems, examples } = await read(['的', '. ', 'x'.repeat(99), ...many].join('\n'));
    expect(first).toHaveLength(FIRST_WORDS);
    expect(first).toEqual(expect.arrayContaining(['的', `${'x'.repeat(60)}…`, 'heron0']));
    expect(problems).toEqual({ broad: 2 });
    expect(examples).toContainEqual({ problem: 'broad', line: 2, text: '.' });
  });

  it('keeps the first examples of a problem and counts the others', async () => {
    const { examples, problems } = await read('heron\n'.repeat(EXAMPLES_LIMIT + 5));
    expect(problems).toEqual({ repeated: EXAMPLES_LIMIT + 4 });
    expect(examples).toHaveLength(EXAMPLES_LIMIT);
  });

  it('finds nothing in an empty file, and says how far it is in a long one', async () => {
    expect(await read('')).toMatchObject({ words: [], lines: 0, problems: {} });
    const { progress } = await read(Array.from({ length: 6_000 }, (_, i) => `w${i}`).join('\n'), {
      wordsLimit: 6_000,
    });
    expect(progress).toHaveLength(2);
    expect(progress[0]?.[0]).toBe(5_000);
  });
});
