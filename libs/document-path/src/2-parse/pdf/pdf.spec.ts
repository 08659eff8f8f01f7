import { describe, expect, it } from '@jest/globals';
import { parseSample, summaryOf } from '../../testing/parse-sample.js';
import { AS_UNICODE, at, codes, rawPdf } from '../../testing/sample-pdfs.js';

const fonts = { U: { toUnicode: AS_UNICODE } };
const read = async (
  content: readonly string[],
  options: Parameters<typeof rawPdf>[1] = {},
): Promise<string[]> =>
  summaryOf(await parseSample('pdf', rawPdf([{ content: content.join('\n') }], options)));
const long = (name: string, number: number): string =>
  `${name} line ${number} runs on over all of its column`;

describe('columns of a PDF', () => {
  it('are read one after the other, whether written so or line by line across', async () => {
    const rows = [0, 1, 2, 3, 4];
    const across = rows.flatMap((n) => [
      at(50, 700 - n * 14, long('Left', n)),
      at(330, 700 - n * 14, long('Right', n)),
    ]);
    const down = [
      ...rows.map((n) => at(50, 700 - n * 14, long('Left', n))),
      ...rows.map((n) => at(330, 700 - n * 14, long('Right', n))),
    ];
    const wanted = [...rows.map((n) => long('Left', n)), ...rows.map((n) => long('Right', n))].join(' ');
    for (const content of [across, down])
      expect((await read(content)).join(' ').replace(/1: p /g, '')).toBe(wanted);
  });
});

describe('tables of a PDF', () => {
  const row = (y: number, ...cells: readonly string[]): string[] =>
    cells.map((cell, column) => at(72 + column * 150, y, cell));

  it('keep their rows, and the lines of a cell together', async () => {
    const content = [
      at(72, 720, 'Table 1: Leave'),
      ...row(690, 'Level', 'Days', 'Approved by'),
      ...row(670, 'P5', '15', 'The head of the'),
      at(372, 657, 'department'),
      ...row(630, 'P6', '20.5', 'HR'),
      at(72, 580, 'After the table.'),
    ];
    expect(await read(content)).toEqual([
      '1: p Table 1: Leave',
      '1: t Level,Days,Approved by;P5,15,The head of the department;P6,20.5,HR',
      '1: p After the table.',
    ]);
  });

  it('repeat their head on the next page, in Chinese too', async () => {
    const cells = (y: number, ...texts: readonly string[]): string =>
      texts.map((text, column) => at(72 + column * 150, y, codes(text), 'U')).join('\n');
    const pages = [
      {
        content: [
          cells(700, '级别', '天数', '备注'),
          cells(680, '甲', '十五', '无'),
          cells(660, '乙', '十六', '无'),
        ].join('\n'),
      },
      { content: [cells(700, '丙', '二十', '有'), cells(680, '丁', '廿五', '有')].join('\n') },
    ];
    expect(summaryOf(await parseSample('pdf', rawPdf(pages, { fonts })))).toEqual([
      '1: t 级别,天数,备注;甲,十五,无;乙,十六,无',
      '2: t 级别,天数,备注;丙,二十,有;丁,廿五,有',
    ]);
  });

  it('are not made of contents, of lists, nor of a form', async () => {
    const contents = [1, 2, 3].flatMap((n) => [
      at(72, 700 - n * 14, `Chapter ${n}`),
      at(500, 700 - n * 14, String(n * 4)),
    ]);
    expect((await read(contents)).join()).not.toContain('t ');
    const list = [1, 2, 3].flatMap((n) => [
      at(72, 700 - n * 14, `${n}.`),
      at(100, 700 - n * 14, 'Some step'),
    ]);
    expect(await read(list)).toEqual(['1: i 1. Some step', '1: i 2. Some step', '1: i 3. Some step']);
  });
});

describe('writing of a PDF', () => {
  it('goes from right to left in logical order', async () => {
    // As programs place it: letters in visual order, words from the right.
    const word = (x: number, text: string): string => at(x, 700, codes([...text].reverse().join('')), 'U');
    const content = [word(300, 'שלום'), word(240, 'לכל'), at(200, 700, '27'), word(120, 'עובד')];
    expect(await read(content, { fonts })).toEqual(['1: p שלום לכל 27 עובד']);
  });

  it('goes down in columns from the right', async () => {
    const column = (x: number, text: string): string => at(x, 700, codes(text), 'V');
    const content = [column(500, '有給休暇は年に'), column(484, '二十日である。')];
    expect(await read(content, { fonts: { V: { encoding: 'Identity-V', toUnicode: AS_UNICODE } } })).toEqual([
      '1: p 有給休暇は年に二十日である。',
    ]);
  });

  it('is known of Chinese, Japanese and Korean fonts that are not embedded', async () => {
    for (const [encoding, ordering, bytes, text] of [
      ['90ms-RKSJ-H', 'Japan1', '974c8b8b8b7889c9', '有給休暇'],
      ['EUC-H', 'Japan1', 'cdada5b9', '有ス'],
      ['H', 'Japan1', '4d2d2539', '有ス'],
      ['UniJIS-UTF16-H', 'Japan1', '67097d66', '有給'],
      ['GBK-EUC-H', 'GB1', 'c4eabcd9', '年假'],
      ['UniGB-UCS2-H', 'GB1', '5e745047', '年假'],
      ['ETen-B5-H', 'CNS1', 'a67eb0b2', '年假'],
      ['KSCms-UHC-H', 'Korea1', 'c8deb0a1', '휴가'],
      ['90ms-RKSJ-V', 'Japan1', '974c8b8b', '有給'],
    ] as const)
      expect(await read([at(72, 700, `<${bytes}>`, 'C')], { fonts: { C: { encoding, ordering } } })).toEqual([
        `1: p ${text}`,
      ]);
  });

  it('is mended: radicals, ligatures, accents, hyphens', async () => {
    expect(await read([at(72, 700, codes('⾒⽇'), 'U')], { fonts })).toEqual([
      '1: p 見日'.replace('見', '見'.normalize('NFKC')),
    ]);
    expect(await read([at(72, 700, codes('e\u000ecient di↵erent'), 'U')], { fonts })).toEqual([
      '1: p efficient different',
    ]);
    expect(await read([at(72, 700, codes('O˘guz'), 'U')], { fonts })).toEqual(['1: p Oğuz']);
    const wrapped = [
      at(72, 700, 'An open-domain task. An open-'),
      at(72, 686, 'domain and a por-'),
      at(72, 672, 'tal.'),
    ];
    expect(await read(wrapped)).toEqual(['1: p An open-domain task. An open-domain and a portal.']);
  });

  it('has numbered headings in a font of their own', async () => {
    const content = [
      at(72, 700, '1 Introduction', 'F2'),
      at(72, 680, 'Text of the first chapter, longer than its heading.'),
    ];
    expect(await read(content)).toEqual([
      '1: h3 1 Introduction',
      '1: p Text of the first chapter, longer than its heading.',
    ]);
  });
});

describe('what else a PDF holds', () => {
  it('is filled into its form', async () => {
    const annotations = [
      '<< /Type /Annot /Subtype /Widget /FT /Tx /T (LastName[0]) /TU (Last name) /V (Okafor) /Rect [0 0 9 9] >>',
      '<< /Type /Annot /Subtype /Widget /FT /Tx /T (Empty) /V () /Rect [0 0 9 9] >>',
      '<< /Type /Annot /Subtype /Widget /FT /Tx /Ff 8192 /T (Pin) /V (1234) /Rect [0 0 9 9] >>',
      '<< /Type /Annot /Subtype /Widget /FT /Ch /T (Grade) /V (P5) /Opt [(P5) (P6)] /Rect [0 0 9 9] >>',
    ];
    const file = rawPdf([{ content: at(72, 700, 'Application form'), annotations }]);
    expect(summaryOf(await parseSample('pdf', file))).toEqual([
      '1: p Application form',
      '1: p Last name: Okafor\nGrade: P5',
    ]);
  });

  it('is attached to it', async () => {
    const file = rawPdf([{ content: at(72, 700, 'See the attachments of this.') }], {
      attachments: { 'days.csv': 'a,b\n1,2', 'x.bin': 'x' },
    });
    const parsed = await parseSample('pdf', file);
    expect(summaryOf(parsed)).toEqual([
      '1: p See the attachments of this.',
      'h1 days.csv',
      't a,b;1,2',
      'h1 Not read',
      'i - x.bin: This kind of file is not supported.',
    ]);
  });

  it('is a picture on some pages, which is said', async () => {
    const text = {
      content: at(72, 700, 'A page with enough text to search for, and then some more of it to read.'),
    };
    const scan = { content: '/Im1 Do' };
    const blank = { content: '' };
    expect((await parseSample('pdf', rawPdf([text, scan, blank]))).notes).toEqual([
      '1 of 3 pages are pictures without text and cannot be searched: 2.',
    ]);
    await expect(parseSample('pdf', rawPdf([scan, blank]))).rejects.toMatchObject({
      code: 'DOCUMENT_SCANNED',
    });
    await expect(parseSample('pdf', rawPdf([blank]))).rejects.toMatchObject({ code: 'DOCUMENT_NO_TEXT' });
  });

  it('runs through the head and foot of all pages', async () => {
    const pages = [1, 2, 3, 4, 5].map((n) => ({
      content: [
        at(72, 760, 'Peilhaven handbook'),
        at(72, 600, `Text of chapter ${'ABCDE'.charAt(n - 1)}.`),
        at(300, 30, `Page ${n + 6} of 20`),
      ].join('\n'),
    }));
    const parsed = await parseSample('pdf', rawPdf(pages), { DOCUMENT_MAX_PAGES: 5 });
    expect(summaryOf(parsed)).toEqual(
      ['A', 'B', 'C', 'D', 'E'].map((name, n) => `${n + 1}: p Text of chapter ${name}.`),
    );
  });

  it('has a title, unless a program wrote it', async () => {
    const page = [
      { content: at(72, 700, 'Travel', 'F2', 24) + at(72, 600, 'Text that is longer than the heading.') },
    ];
    expect(await parseSample('pdf', rawPdf(page, { title: 'Travel policy' }))).toMatchObject({
      title: 'Travel policy',
    });
    expect(await parseSample('pdf', rawPdf(page, { title: 'Microsoft Word - a.doc' }))).toMatchObject({
      title: 'Travel',
    });
  });
});
