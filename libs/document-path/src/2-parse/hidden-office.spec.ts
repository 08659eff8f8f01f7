import { describe, expect, it } from '@jest/globals';
import { hiddenOf, parseSample, summaryOf } from '../testing/parse-sample.js';
import { docxOf, paragraph } from '../testing/sample-files.js';
import { changedPart, xlsxOf } from '../testing/sample-office.js';

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
