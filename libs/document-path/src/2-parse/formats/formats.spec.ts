import { describe, expect, it } from '@jest/globals';
import { parseSample, summaryOf } from '../../testing/parse-sample.js';
import { DEPTH_MAX } from './dom.js';

describe('XML', () => {
  it('has titles as headings, records as tables, and text as paragraphs', async () => {
    const parsed = await parseSample(
      'xml',
      `<?xml version="1.0"?><!DOCTYPE book PUBLIC "-//X//EN" "file:///etc/passwd">
      <book><title>手册</title><chapter><title>Leave</title><para>Fifteen <b>days</b> &amp; more&#33;</para></chapter>
      <levels><level id="1"><name>P5</name><days>15</days></level><level id="2"><name>Имя</name><days>20</days></level></levels>
      <contact><mail>hr@example.org</mail><phone>1</phone></contact><!-- hidden --></book>`,
    );
    expect(parsed.title).toBe('手册');
    expect(summaryOf(parsed)).toEqual([
      'h1 手册',
      'h2 Leave',
      'p Fifteen days & more!',
      't id,name,days;1,P5,15;2,Имя,20',
      'p mail: hr@example.org\nphone: 1',
    ]);
  });

  it('resolves no entity and refuses to read with holes', async () => {
    const laughs = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>';
    await expect(parseSample('xml', laughs)).rejects.toMatchObject({ code: 'DOCUMENT_HOSTILE' });
    const outside = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>';
    await expect(parseSample('xml', outside)).rejects.toMatchObject({ code: 'DOCUMENT_HOSTILE' });
    expect(summaryOf(await parseSample('xml', '<a>&unknown; x</a>'))).toEqual(['p &unknown; x']);
  });

  it('is read in the encoding that it names', async () => {
    const prolog = Buffer.from('<?xml version="1.0" encoding="GBK"?><a>');
    const content = Buffer.concat([prolog, Buffer.from('c4eabcd9', 'hex'), Buffer.from('</a>')]);
    expect(summaryOf(await parseSample('xml', content))).toEqual(['p 年假']);
  });
});

describe('HTML', () => {
  it('is read in the encoding that it names', async () => {
    const page = (charset: string, hex: string): Buffer =>
      Buffer.concat([
        Buffer.from(`<meta charset="${charset}"><p>`),
        Buffer.from(hex, 'hex'),
        Buffer.from('</p>'),
      ]);
    expect(summaryOf(await parseSample('html', page('gb2312', 'c4eabcd9')))).toEqual(['p 年假']);
    expect(summaryOf(await parseSample('html', page('shift_jis', '974c8b8b')))).toEqual(['p 有給']);
    expect(summaryOf(await parseSample('html', page('big5', 'a67eb0b2')))).toEqual(['p 年假']);
  });

  it('repeats a cell over several rows, and keeps columns under cells over several', async () => {
    const table =
      '<table><tr><th>Group<th colspan=2>Days<th>By<tr><td rowspan=2>East<td>1<td>2<td>HR<tr><td>3<td>4<td>IT</table>';
    expect(summaryOf(await parseSample('html', table))).toEqual(['t Group,Days,,By;East,1,2,HR;East,3,4,IT']);
    const endless = '<table><tr><td rowspan=99999999 colspan=99999999>a<td>b<tr><td>c</table>';
    expect((await parseSample('html', endless)).blocks.length).toBeGreaterThan(0);
  });

  it('is refused for its depth', async () => {
    await expect(parseSample('html', '<div>'.repeat(200_000))).rejects.toMatchObject({
      code: 'DOCUMENT_TOO_NESTED',
    });
  });

  it('may be as deep as the limit and no deeper', async () => {
    const nested = (depth: number): string =>
      `<html><body>${'<div>'.repeat(depth - 2)}x${'</div>'.repeat(depth - 2)}</body></html>`;
    expect(summaryOf(await parseSample('html', nested(DEPTH_MAX)))).toEqual(['p x']);
    await expect(parseSample('html', nested(DEPTH_MAX + 1))).rejects.toMatchObject({
      code: 'DOCUMENT_TOO_NESTED',
    });
    // Elements that end by themselves are beside one another.
    expect((await parseSample('html', '<p>a<br><img>'.repeat(2_000))).blocks).toHaveLength(2_000);
  });
});

describe('CSV', () => {
  it('takes formulas for text', async () => {
    expect(summaryOf(await parseSample('csv', 'a,b\n=1+1,@SUM(A1)'))).toEqual(['t a,b;=1+1,@SUM(A1)']);
  });
});

describe('Markdown', () => {
  it('keeps nested and numbered lists, quotes, breaks and footnotes readable', async () => {
    const parsed = await parseSample(
      'markdown',
      '3. three\n   - deep\n\n     more\n4. four\n\n> 引用 **文字**\n\nline  \nbreak[^1] ![alt](x)\n\nЗаголовок\n---\n\n    code\n',
    );
    expect(summaryOf(parsed)).toEqual([
      'i 3. three',
      'i   - deep',
      'p more',
      'i 4. four',
      'p 引用 文字',
      'p line\nbreak alt',
      'h2 Заголовок',
      'c code',
    ]);
  });

  it('survives nesting made to break it', async () => {
    for (const text of [
      '> '.repeat(50_000) + 'x',
      '- '.repeat(50_000) + 'x',
      '['.repeat(50_000),
      '*a '.repeat(20_000),
    ])
      await parseSample('markdown', text).catch((cause: unknown) =>
        expect(cause).toMatchObject({ code: expect.stringMatching(/NESTED|NO_TEXT/) }),
      );
  });
});
