import { describe, expect, it } from '@jest/globals';
import { strToU8 } from 'fflate';
import { hiddenOf, parseSample, summaryOf } from '../testing/parse-sample.js';
import { docxOf, paragraph } from '../testing/sample-files.js';
import { emlOf } from '../testing/sample-mail.js';
import { changedPart, pptxOf, xlsxOf } from '../testing/sample-office.js';
import { zipOf } from '../testing/sample-zip.js';
import { HIDDEN_CHARACTERS_MAX, HIDDEN_PIECES_MAX, HiddenTexts } from './hidden-text.js';

describe('hidden text of pages', () => {
  it('is noted with its kind and never indexed', async () => {
    const parsed = await parseSample(
      'html',
      `<html><head><title>Leave</title><meta name="description" content="About leave">
       <style>.gone{display:none} .pale{color:#fefefe} .dark{background:#000} .dot{font-size:1px}</style></head><body>
       <!-- reviewed by Ann --><p>Seen.</p><p class="gone">not shown</p><p style="color:white">white one</p>
       <div style="background-color:#003366"><p style="color:#fff">White on blue.</p></div>
       <p class="pale">pale one</p><p class="dark" style="color:#fff">White on black.</p>
       <p class="dot">dotted one</p><p style="font-size:1em">Of usual size.</p><p style="font-size:0.5px">half one</p>
       <p style="font-size:.9rem">A little smaller.</p><p style="position:absolute;left:-9999px">far one</p>
       <p style="color:rgba(0,0,0,0)">clear one</p><noscript>without scripts</noscript>
       <p style="background:url(dark.png)"><span style="color:white">White on a picture.</span></p>
       <p style="color:#fff">pale <b style="color:#000">and black.</b></p>
       <img src="x.png" alt="A chart of days"></body></html>`,
    );
    const seen = summaryOf(parsed).join('\n');
    for (const text of [
      'Seen.',
      'White on blue.',
      'White on black.',
      'Of usual size.',
      'A little smaller.',
      'White on a picture.',
      'and black.',
    ])
      expect(seen).toContain(text);
    for (const word of [
      'not shown',
      'white one',
      'pale one',
      'dotted',
      'half one',
      'far one',
      'clear one',
      'scripts',
    ])
      expect(seen).not.toContain(word);
    expect(hiddenOf(parsed).toSorted()).toEqual([
      'alternative: A chart of days',
      'colour: pale and black.',
      'colour: pale one',
      'colour: white one',
      'comment: reviewed by Ann',
      'not-displayed: clear one',
      'not-displayed: far one',
      'not-displayed: not shown',
      'not-displayed: without scripts',
      'properties: About leave',
      'tiny: dotted one',
      'tiny: half one',
    ]);
  });

  it('keeps white text where a sheet of others may have put a dark ground behind it, and notes it', async () => {
    const parsed = await parseSample(
      'html',
      '<html><head><link rel="stylesheet" href="a.css"></head><body><p>Seen.</p><h1 class="hero" style="color:#fff">Welcome here</h1></body></html>',
    );
    expect(summaryOf(parsed).join()).toContain('Welcome here');
    expect(hiddenOf(parsed)).toEqual(['colour: Welcome here']);
  });
});

describe('hidden text of Markdown', () => {
  it('is comments, front matter, titles, and what HTML in it hides', async () => {
    const parsed = await parseSample(
      'markdown',
      '---\ntitle: Leave\nsummary: Fifteen days\n---\n# Leave\n\n<!-- ask Ann -->\n\nSeen <!-- in line --> and [linked](x "tip of it").\n\n<p style="display:none">not shown</p>\n\n<div>Shown <span style="color:white">white one</span></div>\n\n![A chart](c.png)',
    );
    expect(summaryOf(parsed)).toEqual(['h1 Leave', 'p Seen  and linked.', 'p Shown', 'p A chart']);
    expect(hiddenOf(parsed).toSorted()).toEqual([
      'alternative: A chart',
      'alternative: tip of it',
      'colour: white one',
      'comment: ask Ann',
      'comment: in line',
      'not-displayed: not shown',
      'properties: summary: Fifteen days',
      'properties: title: Leave',
    ]);
  });
});

describe('hidden text of Word documents', () => {
  const run = (properties: string, text: string): string =>
    `<w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r>`;
  const white = '<w:color w:val="FFFFFF"/>';
  const cell = (properties: string, text: string): string =>
    `<w:tc><w:tcPr>${properties}</w:tcPr><w:p>${run(white, text)}</w:p></w:tc>`;
  const styles = strToU8(
    `<w:styles xmlns:w="w"><w:style w:type="character" w:styleId="Ghost"><w:rPr>${white}</w:rPr></w:style><w:style w:type="paragraph" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>`,
  );

  it('is what is not shown, white, tiny, deleted, commented, or a property', async () => {
    const body = [
      paragraph('Seen.'),
      `<w:p>${run('<w:vanish/>', 'vanished one')}${run(white, 'white one')}${run('<w:sz w:val="2"/>', 'tiny one')}${run('<w:sz w:val="22"/>', 'Of usual size.')}</w:p>`,
      `<w:p>${run(`${white}<w:shd w:val="clear" w:fill="000080"/>`, 'White on blue.')}${run(`${white}<w:highlight w:val="black"/>`, 'White on black.')}</w:p>`,
      `<w:p><w:pPr><w:shd w:fill="222222"/></w:pPr>${run(white, 'White paragraph.')}</w:p>`,
      `<w:tbl><w:tr>${cell('<w:shd w:fill="1F3864"/>', 'Head cell')}${cell('', 'white cell')}</w:tr></w:tbl>`,
      `<w:p>${run('<w:rStyle w:val="Ghost"/>', 'ghost of style')}</w:p><w:p><w:pPr><w:pStyle w:val="Gone"/></w:pPr><w:r><w:t>gone by style</w:t></w:r></w:p>`,
      '<w:p><w:del><w:r><w:delText>deleted words</w:delText></w:r></w:del></w:p>',
    ].join('');
    const parsed = await parseSample(
      'docx',
      docxOf(body, {
        'word/styles.xml': styles,
        'word/comments.xml': strToU8(
          '<w:comments xmlns:w="w"><w:comment><w:p><w:r><w:t>Please </w:t></w:r><w:r><w:t>check.</w:t></w:r></w:p></w:comment></w:comments>',
        ),
        'docProps/core.xml': strToU8(
          '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:subject>On leave</dc:subject><dc:creator>Ann Lee</dc:creator><cp:keywords>leave days</cp:keywords></cp:coreProperties>',
        ),
        'docProps/custom.xml': strToU8(
          '<Properties><property name="Department"><vt:lpwstr>People team</vt:lpwstr></property></Properties>',
        ),
      }),
    );
    const seen = summaryOf(parsed).join('\n');
    for (const text of [
      'Seen.',
      'Of usual size.',
      'White on blue.White on black.',
      'White paragraph.',
      'Head cell',
    ])
      expect(seen).toContain(text);
    expect(seen).not.toMatch(/vanished|white one|tiny one|white cell|ghost|gone by|deleted/);
    expect(hiddenOf(parsed).toSorted()).toEqual([
      'colour: ghost of style',
      'colour: white cell',
      'colour: white one',
      'comment: Please check.',
      'deleted: deleted words',
      'not-displayed: gone by style',
      'not-displayed: vanished one',
      'properties: Department',
      'properties: On leave',
      'properties: People team',
      'properties: leave days',
      'tiny: tiny one',
    ]);
  });

  it('keeps white text in a table whose style is not read, and notes it', async () => {
    const body = `${paragraph('x')}<w:tbl><w:tblPr><w:tblStyle w:val="Dark"/></w:tblPr><w:tr>${cell('', 'Head cell')}${cell('', 'Other cell')}</w:tr></w:tbl>`;
    const parsed = await parseSample('docx', docxOf(body, { 'word/styles.xml': styles }));
    expect(summaryOf(parsed).join()).toContain('Head cell');
    expect(hiddenOf(parsed)).toEqual(['colour: Head cell', 'colour: Other cell']);
  });
});

describe('hidden text of workbooks', () => {
  it('is words of hidden sheets, rows, columns and of cells that show nothing; numbers are not', async () => {
    const file = xlsxOf(
      {
        Seen: [['a', 'col word'], ['b', 'c'], ['row word', 1], ['empty word']],
        Lost: [
          ['sheet word', 5],
          [1, 2],
        ],
      },
      (book) => {
        book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 2 }] };
        Object.assign(book.Sheets['Seen'] ?? {}, {
          '!cols': [{}, { hidden: true }],
          '!rows': [{}, {}, { hidden: true }],
        });
        Object.assign(book.Sheets['Seen']?.['A4'] as object, { z: ';;;' });
      },
    );
    expect(hiddenOf(await parseSample('xlsx', file)).toSorted()).toEqual([
      'sheet: in Lost: sheet word',
      'sheet: in Seen: col word',
      'sheet: in Seen: empty word',
      'sheet: in Seen: row word',
    ]);
  });
});

describe('hidden text of mail and archives', () => {
  it('is headers that programs do not show, and what is hidden in files within', async () => {
    const mail = emlOf(
      'Subject: Leave',
      'From: a@example.org',
      'Comments: for the archive',
      'X-Note: a word to models',
      'Content-Type: text/html',
      '',
      '<p>Seen.</p><p style="display:none">not shown</p>',
    );
    const parsed = await parseSample('zip', zipOf({ 'in/leave.eml': mail }));
    expect(hiddenOf(parsed).toSorted()).toEqual([
      'header: in in/leave.eml: a word to models',
      'header: in in/leave.eml: for the archive',
      'not-displayed: in in/leave.eml: not shown',
    ]);
  });
});

describe('HiddenTexts', () => {
  it('is bounded by pieces and characters of each kind', () => {
    const few = new HiddenTexts();
    for (let at = 0; at <= HIDDEN_PIECES_MAX; at++) few.add('comment', `piece ${at}`);
    expect(few.all).toHaveLength(HIDDEN_PIECES_MAX);
    few.add('comment', 'one more');
    few.add('colour', 'of another kind');
    expect(few.all).toHaveLength(HIDDEN_PIECES_MAX + 1);
    const long = new HiddenTexts();
    long.add('comment', 'x'.repeat(HIDDEN_CHARACTERS_MAX - 1));
    long.add('comment', 'abc');
    long.add('comment', 'abc');
    expect(long.all.map(({ text }) => text.length)).toEqual([HIDDEN_CHARACTERS_MAX - 1, 1]);
  });
});

describe('hidden text of presentations', () => {
  const P = 'http://schemas.openxmlformats.org/presentationml/2006/main';
  const run = (properties: string, text: string): string =>
    `<a:p><a:r><a:rPr ${properties.startsWith('<') ? `>${properties}</a:rPr>` : `${properties}/>`}<a:t>${text}</a:t></a:r></a:p>`;
  const box = (inside: string, properties = '', drawing = ''): string =>
    `<p:sp><p:nvSpPr><p:cNvPr id="1" ${drawing}/><p:nvPr/></p:nvSpPr><p:spPr>${properties}</p:spPr><p:txBody>${inside}</p:txBody></p:sp>`;
  const slide = (shapes: string, background = ''): Uint8Array =>
    strToU8(
      `<p:sld xmlns:p="${P}" xmlns:a="a"><p:cSld>${background}<p:spTree>${shapes}</p:spTree></p:cSld></p:sld>`,
    );
  const white = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>';
  const blue = '<a:solidFill><a:srgbClr val="003366"/></a:solidFill>';
  const sized = (xml: string): string =>
    xml.replace('</p:presentation>', '<p:sldSz cx="9144000" cy="6858000"/></p:presentation>');
  const place = (x: number): string => `<a:xfrm><a:off x="${x}" y="0"/><a:ext cx="1000" cy="1000"/></a:xfrm>`;

  it('is hidden slides and shapes, shapes beyond the edge, tiny and white runs, comments, descriptions', async () => {
    const onWhite = `<p:bg><p:bgPr>${white}</p:bgPr></p:bg>`;
    const file = changedPart(
      pptxOf([{ title: 'One' }, { title: 'Gone slide', hidden: true }], '', {
        'ppt/slides/slide1.xml': slide(
          [
            box(run('sz="1800"', 'Seen.')),
            box(run('sz="100"', 'tiny one')),
            box(run(white, 'white one')),
            box(run('<a:noFill/>', 'unfilled one')),
            box(run('<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>', 'ground one')),
            box(run(white, 'White on blue.'), blue),
            box(run('', 'far one'), place(9_144_000)),
            box(run('', 'At the edge.'), place(9_143_999)),
            box(run('', 'hidden shape'), '', 'hidden="1" descr="A chart"'),
          ].join(''),
          onWhite,
        ),
        'ppt/comments/comment1.xml': strToU8(
          '<p:cmLst xmlns:p="p"><p:cm><p:text>Check this.</p:text></p:cm></p:cmLst>',
        ),
      }),
      'ppt/presentation.xml',
      sized,
    );
    const parsed = await parseSample('pptx', file);
    expect(summaryOf(parsed)).toEqual(['1: p Seen.', '1: p White on blue.', '1: p At the edge.']);
    expect(hiddenOf(parsed).toSorted()).toEqual([
      'alternative: p1: A chart',
      'colour: p1: ground one',
      'colour: p1: white one',
      'comment: Check this.',
      'not-displayed: p1: unfilled one',
      'outside: p1: far one',
      'slide: p1: hidden shape',
      'slide: p2: Gone slide',
      'tiny: p1: tiny one',
    ]);
  });

  it('keeps white text on the ground of a design, and notes it', async () => {
    const parsed = await parseSample(
      'pptx',
      pptxOf([{ title: 'x' }], '', { 'ppt/slides/slide1.xml': slide(box(run(white, 'Welcome here'))) }),
    );
    expect(summaryOf(parsed)).toEqual(['1: p Welcome here']);
    expect(hiddenOf(parsed)).toEqual(['colour: p1: Welcome here']);
  });
});
