import { describe, expect, it } from '@jest/globals';
import { strToU8 } from 'fflate';
import { parseSample, summaryOf } from '../../testing/parse-sample.js';
import { docxOf, paragraph } from '../../testing/sample-files.js';
import { changedPart, pptxOf, xlsxOf } from '../../testing/sample-office.js';
import { usableTitle } from './office-title.js';

const DOCTYPE = strToU8('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>');
const core = (title: string): Uint8Array =>
  strToU8(`<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>${title}</dc:title></cp:coreProperties>`);

describe('XLSX', () => {
  it('has sheets as headings and rows as tables', async () => {
    const parsed = await parseSample(
      'xlsx',
      xlsxOf({
        Leave: [
          ['Leave days 2026'],
          [],
          ['Level', 'Days'],
          ['P5', 15],
          ['P6', 20.5],
          [],
          ['Valid from', new Date(Date.UTC(2026, 0, 15))],
          ['b', true],
        ],
        年假: [
          ['级别', '天数'],
          ['总监', 20],
        ],
        Дни: [
          ['Имя', 'Дни'],
          ['Иван', 28],
        ],
      }),
    );
    expect(summaryOf(parsed)).toEqual([
      'h1 Leave',
      'p Leave days 2026',
      't Level,Days;P5,15;P6,20.5',
      't Valid from,2026-01-15;b,TRUE',
      'h1 年假',
      't 级别,天数;总监,20',
      'h1 Дни',
      't Имя,Дни;Иван,28',
    ]);
    expect(parsed.title).toBeNull();
  });

  it('shows values as their formats do, formulas by value, and never computes', async () => {
    const file = xlsxOf(
      {
        S: [
          ['a', 'b', 'c', 'd', 'e', 'f'],
          [0.125, 45_000.75, 1_234.5, 0, '=HYPERLINK("http://x")', 0],
        ],
      },
      ({ Sheets }) => {
        const sheet = Sheets['S'] ?? {};
        Object.assign(sheet['A2'] as object, { z: '0.0%' });
        Object.assign(sheet['B2'] as object, { z: 'yyyy/m/d hh:mm' });
        Object.assign(sheet['C2'] as object, { z: '#,##0.00' });
        sheet['D2'] = { t: 'n', v: 42, f: 'SUM(A1:A9)' };
        sheet['F2'] = { t: 'e', v: 0x07, w: '#DIV/0!' };
      },
    );
    expect(summaryOf(await parseSample('xlsx', file))[1]).toBe(
      't a,b,c,d,e,f;12.5%,2023-03-15 18:00,1,234.50,42,=HYPERLINK("http://x"),#DIV/0!',
    );
  });

  it('leaves out what is hidden, and says so of sheets', async () => {
    const file = xlsxOf(
      {
        Seen: [
          ['a', 'secret', 'b'],
          [1, 'x', 2],
          ['gone', 'gone', 'gone'],
          [3, 'y', 4],
        ],
        Hidden: [['salaries', 1]],
        Deep: [['more', 1]],
      },
      (book) => {
        book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }, { Hidden: 2 }] };
        Object.assign(book.Sheets['Seen'] ?? {}, {
          '!cols': [{}, { hidden: true }, {}],
          '!rows': [{}, {}, { hidden: true }, {}],
        });
      },
    );
    const parsed = await parseSample('xlsx', file);
    expect(summaryOf(parsed)).toEqual(['h1 Seen', 't a,b;1,2;3,4']);
    expect(parsed.notes).toEqual(['2 of 3 sheets are hidden and were left out.']);
  });

  it('counts a merged cell for all its rows, and survives ranges made to hang it', async () => {
    const file = xlsxOf(
      {
        S: [
          ['Group', 'Name'],
          ['East', 'Li'],
          [null, 'Wu'],
          ['West', 'Bo'],
        ],
      },
      ({ Sheets }) => {
        Object.assign(Sheets['S'] ?? {}, {
          '!merges': [
            { s: { r: 1, c: 0 }, e: { r: 2, c: 0 } },
            { s: { r: 3, c: 0 }, e: { r: 1_048_575, c: 16_383 } },
          ],
        });
      },
    );
    expect(summaryOf(await parseSample('xlsx', file))[1]).toBe('t Group,Name;East,Li;East,Wu;West,Bo');
    const far = changedPart(
      xlsxOf({
        S: [
          ['a', 'b'],
          [1, 2],
        ],
      }),
      'xl/worksheets/sheet1.xml',
      (xml) =>
        xml
          .replace(/<dimension[^>]*>/, '<dimension ref="A1:XFD1048576"/>')
          .replace(
            '</sheetData>',
            '<row r="1048576"><c r="XFD1048576" t="str"><v>far</v></c></row></sheetData>',
          ),
    );
    expect(summaryOf(await parseSample('xlsx', far))).toEqual(['h1 S', 't a,b;1,2', 'p far']);
  });

  it('refuses other packages', async () => {
    await expect(parseSample('xlsx', docxOf(paragraph('x')))).rejects.toMatchObject({
      code: 'DOCUMENT_TYPE_MISMATCH',
      detail: 'Its name ends in .xlsx, but it is no Excel workbook.',
    });
    await expect(parseSample('xlsx', xlsxOf({ S: [] }))).rejects.toMatchObject({ code: 'DOCUMENT_NO_TEXT' });
  });
});

describe('PPTX', () => {
  it('has slides as pages, titles as headings, tables, and notes with a label', async () => {
    const parsed = await parseSample(
      'pptx',
      pptxOf(
        [
          { title: 'Travel', body: ['Book early', 'Fly cheap'], notes: 'Mention the portal.' },
          { title: '差旅', body: ['住宿标准 600 元'], notes: '不要超时。' },
          {
            title: 'Командировки',
            table: [
              ['Город', 'Лимит'],
              ['Москва', '600'],
            ],
          },
        ],
        'Travel policy',
      ),
    );
    expect(parsed).toMatchObject({ title: 'Travel policy', pages: 3, notes: [] });
    expect(summaryOf(parsed)).toEqual([
      '1: h1 Travel',
      '1: i - Book early',
      '1: i - Fly cheap',
      '1: p Notes: Mention the portal.',
      '2: h1 差旅',
      '2: p 住宿标准 600 元',
      '2: p 备注：不要超时。',
      '3: h1 Командировки',
      '3: t Город,Лимит;Москва,600',
    ]);
  });

  it('leaves hidden and damaged slides out, and says so', async () => {
    const slides = [{ title: 'Seen' }, { title: 'Gone', hidden: true }, { title: 'Lost' }];
    const file = pptxOf(slides, 'PowerPoint Presentation', { 'ppt/slides/slide3.xml': strToU8('<x/>') });
    expect(await parseSample('pptx', file)).toMatchObject({
      title: 'Seen',
      blocks: [{ text: 'Seen', page: 1 }],
      notes: ['1 of 3 slides are hidden and were left out.', '1 of 3 slides are damaged and were left out.'],
    });
  });

  it('has the bounds of other formats', async () => {
    const four = Array.from({ length: 4 }, () => ({ title: 'x' }));
    await expect(parseSample('pptx', pptxOf(four))).rejects.toMatchObject({
      code: 'DOCUMENT_TOO_MANY_PAGES',
    });
    expect(await parseSample('pptx', pptxOf(four.slice(1)))).toMatchObject({ pages: 3 });
    const entity = pptxOf([{ title: 'x' }], '', { 'ppt/slides/slide1.xml': DOCTYPE });
    await expect(parseSample('pptx', entity)).rejects.toMatchObject({ code: 'DOCUMENT_HOSTILE' });
    const deep = strToU8(`<p:sld>${'<p:grpSp>'.repeat(5_000)}`);
    await expect(
      parseSample('pptx', pptxOf([{ title: 'x' }], '', { 'ppt/slides/slide1.xml': deep })),
    ).rejects.toMatchObject({
      code: 'DOCUMENT_TOO_NESTED',
    });
    const bomb = pptxOf([{ title: 'x' }], '', { 'ppt/slides/slide2.xml': new Uint8Array(15_000_000) });
    await expect(parseSample('pptx', bomb)).rejects.toMatchObject({ code: 'DOCUMENT_UNPACKS_TOO_LARGE' });
  });
});

describe('DOCX', () => {
  it('leaves hidden text out', async () => {
    const hidden = (mark: string, text: string): string =>
      `<w:p><w:r><w:rPr><w:b/>${mark}</w:rPr><w:t>${text}</w:t></w:r><w:r w:rsidR="1"><w:t>seen</w:t></w:r></w:p>`;
    const body =
      hidden('<w:vanish/>', 'x1 ') +
      hidden('<w:vanish w:val="1"/>', 'x2 ') +
      hidden('<w:vanish w:val="0"/>', 'kept ');
    expect(summaryOf(await parseSample('docx', docxOf(body)))).toEqual(['p seen', 'p seen', 'p kept seen']);
  });

  it('has the title of its properties, unless a program wrote it', async () => {
    const body = paragraph('Text');
    const titled = (title: string): Buffer => docxOf(body, { 'docProps/core.xml': core(title) });
    expect(await parseSample('docx', titled('差旅制度'))).toMatchObject({ title: '差旅制度' });
    expect(await parseSample('docx', titled('Microsoft Word - old.doc'))).toMatchObject({ title: null });
  });
});

describe('usableTitle', () => {
  it('knows what programs write', () => {
    for (const title of [
      '',
      ' ',
      'untitled',
      'Microsoft Word - x',
      'PowerPoint Presentation',
      'Document1',
      'Book 2',
      '演示文稿1',
      'report.docx',
      'PowerPoint 演示文稿',
      'Slide 1',
    ])
      expect(usableTitle(title)).toBeNull();
    for (const title of ['Travel policy', '演示文稿制作规范', 'Document control', 'Wordsworth', 'Отпуск'])
      expect(usableTitle(title)).toBe(title);
  });
});
