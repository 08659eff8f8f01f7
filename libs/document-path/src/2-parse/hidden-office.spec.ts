import { describe, expect, it } from '@jest/globals';
import { hiddenOf, parseSample, summaryOf } from '../testing/parse-sample.js';
import { docxOf, paragraph } from '../testing/sample-files.js';
import { changedPart, pptxOf, xlsxOf } from '../testing/sample-office.js';

const run = (properties: string, text: string): string =>
  `<w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r>`;

describe('letters of Word documents that nobody sees', () => {
  it.each([
    ['colour', 'the colour of the theme for paper', '<w:color w:themeColor="background1"/>'],
    ['colour', 'the colour of its mark', '<w:color w:val="000000"/><w:highlight w:val="black"/>'],
    ['colour', 'the colour of its shade', '<w:color w:val="FF0000"/><w:shd w:val="clear" w:fill="FF0000"/>'],
    [
      'colour',
      'white as an effect',
      '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill></w14:textFill>',
    ],
    ['not-displayed', 'no filling', '<w14:textFill><w14:noFill/></w14:textFill>'],
    [
      'not-displayed',
      'a filling that is clear',
      '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="100000"/></w14:srgbClr></w14:solidFill></w14:textFill>',
    ],
    ['tiny', 'no width', '<w:w w:val="1"/>'],
  ])('is %s: letters of %s', async (why, _, properties) => {
    const parsed = await parseSample(
      'docx',
      docxOf(`${paragraph('Seen.')}<w:p>${run(properties, 'lost words')}</w:p>`),
    );
    expect([summaryOf(parsed), hiddenOf(parsed)]).toEqual([['p Seen.'], [`${why}: lost words`]]);
  });

  it.each([
    [
      'of half transparency',
      '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="50000"/></w14:srgbClr></w14:solidFill></w14:textFill>',
    ],
    ['in the colour of the theme for text', '<w:color w:themeColor="text1"/>'],
    ['on another colour', '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="FF0000"/>'],
    ['a little narrower', '<w:w w:val="90"/>'],
  ])('is not: letters %s', async (_, properties) => {
    const parsed = await parseSample('docx', docxOf(`<w:p>${run(properties, 'Seen words.')}</w:p>`));
    expect([summaryOf(parsed), hiddenOf(parsed)]).toEqual([['p Seen words.'], []]);
  });
});

describe('tables and paragraphs of Word documents that nobody sees', () => {
  const row = (properties: string, text: string, cell = '', look = ''): string =>
    `<w:tbl><w:tr><w:trPr>${properties}</w:trPr><w:tc><w:tcPr>${cell}</w:tcPr><w:p>${run(look, text)}</w:p></w:tc></w:tr></w:tbl>`;
  const read = async (body: string): Promise<string[][]> => {
    const parsed = await parseSample('docx', docxOf(paragraph('Seen.') + body));
    return [summaryOf(parsed), hiddenOf(parsed)];
  };
  const NAVY = '<w:shd w:val="clear" w:fill="000080"/>';

  it.each([
    ['tiny', 'rows without height', row('<w:trHeight w:val="20" w:hRule="exact"/>', 'lost words')],
    [
      'tiny',
      'lines without height',
      `<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr>${run('', 'lost words')}</w:p>`,
    ],
    ['colour', 'the colour of their cell', row('', 'lost words', NAVY, '<w:color w:val="000082"/>')],
    [
      'colour',
      'the colour of their paragraph',
      `<w:p><w:pPr>${NAVY}</w:pPr>${run('<w:color w:val="000080"/>', 'lost words')}</w:p>`,
    ],
  ])('is %s: words in %s', async (why, _, body) => {
    expect(await read(body)).toEqual([['p Seen.'], [`${why}: lost words`]]);
  });

  it('keeps the words of rows whose mark is hidden, and notes them: programs differ', async () => {
    expect(await read(row('<w:hidden/>', 'lost words'))).toEqual([
      ['p Seen.', 'p lost words'],
      ['not-displayed: lost words'],
    ]);
  });

  it.each([
    ['rows of at least no height', row('<w:trHeight w:val="20" w:hRule="atLeast"/>', 'seen words')],
    ['rows of a usual height', row('<w:trHeight w:val="300" w:hRule="exact"/>', 'seen words')],
    ['rows that are not hidden', row('<w:hidden w:val="0"/>', 'seen words')],
    ['white on a dark cell', row('', 'seen words', NAVY, '<w:color w:val="FFFFFF"/>')],
    [
      'lines of a usual height',
      `<w:p><w:pPr><w:spacing w:line="240" w:lineRule="exact"/></w:pPr>${run('', 'seen words')}</w:p>`,
    ],
  ])('is not: words in %s', async (_, body) => {
    const [seen, hidden] = await read(body);
    expect([seen?.join().includes('seen words'), hidden]).toEqual([true, []]);
  });
});

it('words of a slide are seen on the ground of their cell, not of the slide', async () => {
  const fill = (colour: string): string => `<a:solidFill><a:srgbClr val="${colour}"/></a:solidFill>`;
  const cell = (text: string, ground: string): string =>
    `<a:tc><a:txBody><a:p><a:r><a:rPr>${fill('FFFFFF')}</a:rPr><a:t>${text}</a:t></a:r></a:p></a:txBody><a:tcPr>${ground}</a:tcPr></a:tc>`;
  const file = changedPart(pptxOf([{ table: [['x']] }]), 'ppt/slides/slide1.xml', (xml) =>
    xml
      .replace('<p:cSld>', `<p:cSld><p:bg><p:bgPr>${fill('FFFFFF')}</p:bgPr></p:bg>`)
      .replace(
        /<a:tr>.*<\/a:tr>/,
        `<a:tr>${cell('Head', fill('003366'))}${cell('Of the style', '')}${cell('lost words', fill('FEFEFE'))}</a:tr>`,
      ),
  );
  const parsed = await parseSample('pptx', file);
  expect(summaryOf(parsed)).toEqual(['1: t Head,Of the style,']);
  expect(hiddenOf(parsed)).toEqual(['colour: p1: Of the style', 'colour: p1: lost words']);
});

it('rows and columns of no size are hidden', async () => {
  const rows = [
    ['a', 'col word'],
    ['row word', 'c'],
    ['d', 'last word'],
  ];
  const file = changedPart(
    xlsxOf({ Seen: rows }, (book) => {
      Object.assign(book.Sheets['Seen'] ?? {}, { '!cols': [{}, { width: 0 }] });
    }),
    'xl/worksheets/sheet1.xml',
    (xml) => xml.replace('<row r="2"', '<row r="2" ht="0" customHeight="1"'),
  );
  const parsed = await parseSample('xlsx', file);
  expect(summaryOf(parsed)).toEqual(['h1 Seen', 'p a', 'p d']);
  expect(hiddenOf(parsed)).toEqual([
    'sheet: in Seen: col word',
    'sheet: in Seen: row word c',
    'sheet: in Seen: last word',
  ]);
});

describe('letters of workbooks that nobody sees', () => {
  const NONE = '<patternFill patternType="none"/>';
  const solid = (colour: string): string =>
    `<patternFill patternType="solid"><fgColor ${colour}/></patternFill>`;
  const styled = (font: string, fill: string, sheet = (xml: string): string => xml): Buffer => {
    const styles = `<styleSheet><fonts><font><sz val="11"/><color theme="1"/></font><font>${font}</font></fonts><fills><fill>${NONE}</fill><fill>${fill}</fill></fills><cellXfs><xf fontId="0" fillId="0"/><xf fontId="1" fillId="1"/></cellXfs></styleSheet>`;
    const file = xlsxOf({
      Seen: [
        ['a', 'b'],
        ['lost words', 'c'],
        ['d', 7],
      ],
    });
    const cells = (xml: string): string =>
      sheet(xml.replace('<c r="A2"', '<c r="A2" s="1"').replace('<c r="B3"', '<c r="B3" s="1"'));
    const parts = [
      ['xl/styles.xml', () => styles],
      ['xl/worksheets/sheet1.xml', cells],
    ] as const;
    return parts.reduce((whole, [name, change]) => changedPart(whole, name, change), file);
  };
  const readOf = async (file: Buffer): Promise<string[][]> => {
    const parsed = await parseSample('xlsx', file);
    return [summaryOf(parsed), hiddenOf(parsed)];
  };

  it.each([
    ['colour', 'white', '<color rgb="FFFFFFFF"/>', NONE],
    ['colour', 'nearly white', '<color rgb="FFFAFAFA"/>', NONE],
    ['colour', 'white by number', '<color indexed="9"/>', NONE],
    ['colour', 'of the theme for paper', '<color theme="0"/>', NONE],
    ['colour', 'of the theme for paper, a little darker', '<color theme="0" tint="-0.04"/>', NONE],
    ['colour', 'of text made as light as paper', '<color theme="1" tint="0.98"/>', NONE],
    ['colour', 'blue on the same blue', '<color theme="4"/>', solid('theme="4" tint="0.02"')],
    ['colour', 'black on black', '<color theme="1"/>', solid('indexed="8"')],
    ['tiny', 'of one point', '<sz val="1"/><color theme="1"/>', NONE],
  ])('is %s: cells that are %s, numbers too', async (why, _, font, fill) => {
    expect(await readOf(styled(font, fill))).toEqual([
      ['h1 Seen', 't a,b;,c;d,'],
      [`${why}: in Seen: lost words`],
    ]);
  });

  it.each([
    ['white on blue', '<color rgb="FFFFFFFF"/>', solid('rgb="FF003366"')],
    ['white on a pattern', '<color rgb="FFFFFFFF"/>', '<patternFill patternType="gray125"/>'],
    ['white on a gradient', '<color rgb="FFFFFFFF"/>', '<gradientFill degree="90"/>'],
    ['grey', '<color rgb="FF808080"/>', NONE],
    ['of no colour of their own', '<sz val="3"/>', NONE],
  ])('is not: cells that are %s', async (_, font, fill) => {
    expect(await readOf(styled(font, fill))).toEqual([['h1 Seen', 't a,b;lost words,c;d,7'], []]);
  });

  it('keeps white cells where a table may have put a ground behind them, and notes them', async () => {
    const table = (xml: string): string =>
      xml.replace('</worksheet>', '<tableParts count="1"><tablePart id="t"/></tableParts></worksheet>');
    expect(await readOf(styled('<color rgb="FFFFFFFF"/>', NONE, table))).toEqual([
      ['h1 Seen', 't a,b;lost words,c;d,7'],
      ['colour: in Seen: lost words'],
    ]);
  });

  it('finds cells that do not say where they are', async () => {
    const bare = (xml: string): string => xml.replace(/ r="[A-Z]*\d+"/g, '');
    expect((await readOf(styled('<color rgb="FFFFFFFF"/>', NONE, bare)))[1]).toEqual([
      'colour: in Seen: lost words',
    ]);
  });

  it('notes white and tiny words within a cell, whose ground is not known', async () => {
    const runs =
      '<is><r><t>Seen </t></r><r><rPr><color rgb="FFFFFFFF"/></rPr><t>white words</t></r><r><rPr><sz val="1"/></rPr><t>tiny words</t></r></is>';
    const file = changedPart(xlsxOf({ Seen: [['a', 'b']] }), 'xl/worksheets/sheet1.xml', (xml) =>
      xml.replace(/<c r="A1"[^>]*>.*?<\/c>/, `<c r="A1" t="inlineStr">${runs}</c>`),
    );
    expect((await readOf(file))[1]).toEqual(['colour: white words', 'tiny: tiny words']);
  });
});
