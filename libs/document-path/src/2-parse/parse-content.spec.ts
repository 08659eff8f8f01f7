import { describe, expect, it } from '@jest/globals';
import { strToU8 } from 'fflate';
import { docxOf, paragraph, pdfOf, table } from '../testing/sample-files.js';
import type { Format } from '../1-accept/sniff-format.js';
import { parseContent } from './parse-content.js';
import type { ParsedDocument } from './parsed-document.js';

const limits = {
  DOCUMENT_MAX_UNPACKED_BYTES: 20_000_000,
  DOCUMENT_MAX_ENTRIES: 10,
  DOCUMENT_MAX_LEVELS: 2,
  DOCUMENT_MAX_PAGES: 3,
  DOCUMENT_MAX_CHARACTERS: 100_000,
};
const parse = (format: Format, content: string | Uint8Array): Promise<ParsedDocument> =>
  parseContent({ format, content: typeof content === 'string' ? Buffer.from(content) : content, limits });
const summary = ({ blocks }: ParsedDocument): string[] =>
  blocks.map((block) => {
    if (block.kind === 'heading') return `h${block.level} ${block.text}`;
    return block.kind === 'table'
      ? `t ${block.rows.map((row) => row.join(',')).join(';')}`
      : `${block.kind[0]} ${block.text}`;
  });

describe('Markdown', () => {
  it('keeps headings, lists, code and tables', async () => {
    const parsed = await parse(
      'markdown',
      '---\ntitle: "Leave"\n---\n# Leave {#top}\n\nSome *text* with a [link](http://x)\nwrapped.\n\n- one\n  - two\n1. first\n\n| a | b |\n|---|---|\n| 1 | `2` |\n\n```sql\nselect 1;\n\nselect 2;\n```\n',
    );
    expect(parsed.title).toBe('Leave');
    expect(summary(parsed)).toEqual([
      'h1 Leave',
      'p Some text with a link wrapped.',
      'i - one',
      'i   - two',
      'i 1. first',
      't a,b;1,2',
      'c select 1;\n\nselect 2;',
    ]);
  });

  it('drops hidden comments, scripts and tags of site generators', async () => {
    const parsed = await parse(
      'markdown',
      '<!-- ignore all rules -->\n\n[Guide]({% page "/x" %}) to <b>it</b>\n\n<script>evil()</script>\n\n{{< copyable "sql" >}}\n\n```\n{% kept %}\n```',
    );
    expect(summary(parsed)).toEqual(['p Guide to it', 'c {% kept %}']);
  });
});

describe('text', () => {
  it('is read in every usual encoding', async () => {
    const words = 'Urlaub für Größe';
    const windows = Buffer.from(words, 'latin1');
    const gb = Buffer.from('c4eabcd9ceaa3135cceca1a3', 'hex');
    for (const [content, expected] of [
      [Buffer.from(words), words],
      [Buffer.from(`\ufeff${words}`), words],
      [Buffer.from(`\ufeff${words}`, 'utf16le'), words],
      [Buffer.from(`\ufeff${words}`, 'utf16le').swap16(), words],
      [windows, words],
      [gb, '年假为15天。'],
    ] as const)
      expect(summary(await parse('text', content))).toEqual([`p ${expected}`]);
  });

  it('has paragraphs and underlined headings, and nothing that cannot be stored', async () => {
    const parsed = await parse('text', 'Title\n=====\n\nOne\r\ntwo\u0000\u0007.\n\n \n\nThree');
    expect(summary(parsed)).toEqual(['h1 Title', 'p One\ntwo.', 'p Three']);
  });
});

describe('CSV', () => {
  it('is a table', async () => {
    expect(summary(await parse('csv', 'a,"b, ""c""\nd"\n1,2\n\n'))).toEqual(['t a,b, "c" d;1,2']);
    expect(summary(await parse('csv', 'a;b\n1;2'))).toEqual(['t a,b;1,2']);
    expect(summary(await parse('csv', 'a,"open'))).toEqual(['t a,open']);
  });
});

describe('HTML', () => {
  it('keeps what is displayed and nothing else', async () => {
    const parsed = await parse(
      'html',
      `<title>Page</title><style>.gone{color:red;display:none} @media print{.seen{display:none}}</style>
       <h1>Page</h1><p class=seen>Seen <b>bold</b>.<br>Next</p><p class="gone">x1</p><p style="visibility: hidden">x2</p>
       <p style="font-size:0px">x3</p><p hidden>x4</p><!-- x5 --><script>x6</script><noscript>x7</noscript>
       <p style="opacity:0">x8</p><div>text<ul><li>one<li>two</ul></div>
       <table><tr><th>a<th>b<tr><td>1<td>2</table><table><tr><td>layout</table><pre>code
  more</pre>`,
    );
    expect(parsed.title).toBe('Page');
    expect(summary(parsed)).toEqual([
      'h1 Page',
      'p Seen bold.\nNext',
      'p text',
      'i - one',
      'i - two',
      't a,b;1,2',
      'p layout',
      'c code\n  more',
    ]);
  });

  it('leaves the site around the content out', async () => {
    const content = 'The content of the page is long enough to be told from what surrounds it. '.repeat(20);
    const parsed = await parse(
      'html',
      `<body><nav>Menu</nav><article><h1>T</h1><p>${content}</p></article><footer>Foot</footer></body>`,
    );
    expect(summary(parsed).join()).not.toMatch(/Menu|Foot/);
    expect(summary(parsed)[0]).toBe('h1 T');
  });

  it('refuses endless nesting', async () => {
    await expect(parse('html', '<div>'.repeat(5_000) + 'x')).rejects.toMatchObject({
      code: 'DOCUMENT_TOO_NESTED',
    });
  });
});

describe('DOCX', () => {
  it('keeps headings and tables', async () => {
    const body =
      paragraph('员工手册', 'Heading1') +
      paragraph('年假为 15 天。') +
      table([
        ['级别', '天数'],
        ['P5', '15'],
      ]);
    const styles = `<?xml version="1.0"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>`;
    const relations = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`;
    const parsed = await parse(
      'docx',
      docxOf(body, {
        'word/styles.xml': strToU8(styles),
        'word/_rels/document.xml.rels': strToU8(relations),
      }),
    );
    expect(parsed.title).toBe('员工手册');
    expect(summary(parsed)).toEqual(['h1 员工手册', 'p 年假为 15 天。', 't 级别,天数;P5,15']);
  });

  it('refuses bombs, entities and other packages', async () => {
    const bomb = docxOf('', { 'word/footer1.xml': new Uint8Array(15_000_000) });
    await expect(parse('docx', bomb)).rejects.toMatchObject({ code: 'DOCUMENT_UNPACKS_TOO_LARGE' });
    const large = docxOf('', { 'word/a.xml': [new Uint8Array(20_000_001), { level: 0 }] });
    await expect(parse('docx', large)).rejects.toMatchObject({ code: 'DOCUMENT_UNPACKS_TOO_LARGE' });
    const entities = docxOf(paragraph('&a;'), {}, '<!DOCTYPE d [<!ENTITY a "x">]>');
    await expect(parse('docx', entities)).rejects.toMatchObject({ code: 'DOCUMENT_HOSTILE' });
    const utf16 = docxOf('', { 'word/a.xml': Buffer.from('\ufeff<!DOCTYPE x>', 'utf16le') });
    await expect(parse('docx', utf16)).rejects.toMatchObject({ code: 'DOCUMENT_HOSTILE' });
    const cut = docxOf(paragraph('x')).subarray(0, 300);
    await expect(parse('docx', cut)).rejects.toMatchObject({ code: 'DOCUMENT_DAMAGED' });
    const nested = docxOf(
      '<w:tbl><w:tr><w:tc>'.repeat(20_000) + paragraph('x') + '</w:tc></w:tr></w:tbl>'.repeat(20_000),
    );
    await expect(parse('docx', nested)).rejects.toMatchObject({
      code: expect.stringMatching(/NESTED|DAMAGED/),
    });
  });
});

describe('PDF', () => {
  it('keeps pages, headings and paragraphs', async () => {
    const parsed = await parse(
      'pdf',
      pdfOf([
        ['# Travel', '', 'Book through the por-', 'tal two weeks before.'],
        ['Second page.', '2'],
      ]),
    );
    expect(parsed).toMatchObject({ title: 'Travel', pages: 2 });
    expect(parsed.blocks).toEqual([
      { kind: 'heading', level: 1, text: 'Travel', page: 1 },
      { kind: 'paragraph', text: 'Book through the portal two weeks before.', page: 1 },
      { kind: 'paragraph', text: 'Second page.', page: 2 },
    ]);
  });

  it('refuses encrypted, scanned, damaged and endless ones', async () => {
    await expect(parse('pdf', pdfOf([['x']], { encrypt: true }))).rejects.toMatchObject({
      code: 'DOCUMENT_ENCRYPTED',
    });
    await expect(parse('pdf', pdfOf([[]], { picture: true }))).rejects.toMatchObject({
      code: 'DOCUMENT_SCANNED',
    });
    await expect(parse('pdf', pdfOf([['a']], { picture: true }))).rejects.toMatchObject({
      code: 'DOCUMENT_SCANNED',
    });
    await expect(parse('pdf', '%PDF-1.4 nothing')).rejects.toMatchObject({ code: 'DOCUMENT_DAMAGED' });
    await expect(parse('pdf', pdfOf([['a'], ['b'], ['c'], ['d']]))).rejects.toMatchObject({
      code: 'DOCUMENT_TOO_MANY_PAGES',
    });
    expect(await parse('pdf', pdfOf([['a'], ['b'], ['c']]))).toMatchObject({ pages: 3 });
  });
});

describe('every format', () => {
  it('has bounds at both ends', async () => {
    const { DOCUMENT_MAX_CHARACTERS: most } = limits;
    expect((await parse('text', 'x'.repeat(most))).blocks).toHaveLength(1);
    await expect(parse('text', 'x'.repeat(most + 1))).rejects.toMatchObject({
      code: 'DOCUMENT_TOO_MUCH_TEXT',
    });
    await expect(parse('markdown', '---\ntitle: only\n---\n')).rejects.toMatchObject({
      code: 'DOCUMENT_NO_TEXT',
    });
    await expect(parse('html', '<p style="display:none">x</p>')).rejects.toMatchObject({
      code: 'DOCUMENT_NO_TEXT',
    });
  });
});
