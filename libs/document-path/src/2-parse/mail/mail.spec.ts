import { describe, expect, it } from '@jest/globals';
import { parseSample, summaryOf } from '../../testing/parse-sample.js';
import { emlOf, emlWith, msgOf } from '../../testing/sample-mail.js';
import { zipOf } from '../../testing/sample-zip.js';

const GB = Buffer.from('c4eabcd9ceaa3135cceca1a3', 'hex');
const SJIS = Buffer.from('97 4c 8b 8b 8b 78 89 c9'.replaceAll(' ', ''), 'hex');

describe('EML', () => {
  it('has its head, its text, and the subject as title', async () => {
    const parsed = await parseSample(
      'eml',
      emlOf(
        'From: =?UTF-8?Q?J=C3=B6rg?= <joerg@example.org>',
        'To: all@example.org, =?GB2312?B?wO7LxA==?= <li@example.org>',
        'Subject: =?ISO-2022-JP?B?GyRCTS01azVZMksbKEI=?= 2026',
        'Date: Fri, 23 Jan 2026 12:08:48 +0100',
        'Content-Type: text/plain; charset=iso-8859-1',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        'Gr=FC=DFe an =',
        'alle.',
        '',
        'Second paragraph.',
      ),
    );
    expect(parsed.title).toBe('有給休暇 2026');
    expect(summaryOf(parsed)).toEqual([
      'h1 有給休暇 2026',
      'p From: Jörg <joerg@example.org>\nTo: all@example.org, 李四 <li@example.org>\nDate: 2026-01-23 11:08 UTC',
      'p Grüße an alle.',
      'p Second paragraph.',
    ]);
  });

  it('is read in the encodings that it names, and in those that it does not', async () => {
    const named = (charset: string, bytes: Buffer): Buffer =>
      Buffer.concat([
        emlOf(
          'Subject: x',
          `Content-Type: text/plain; charset=${charset}`,
          'Content-Transfer-Encoding: base64',
          '',
          '',
        ),
        Buffer.from(bytes.toString('base64')),
      ]);
    expect(summaryOf(await parseSample('eml', named('gb18030', GB)))[1]).toBe('p 年假为15天。');
    expect(summaryOf(await parseSample('eml', named('shift_jis', SJIS)))[1]).toBe('p 有給休暇');
    const raw = Buffer.concat([emlOf('Subject: x', '', ''), GB]);
    expect(summaryOf(await parseSample('eml', raw))[1]).toBe('p 年假为15天。');
  });

  it('prefers formatted text, without what is hidden in it', async () => {
    const parsed = await parseSample(
      'eml',
      emlOf(
        'Subject: Table',
        'Content-Type: multipart/alternative; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'plain',
        '--b',
        'Content-Type: text/html',
        '',
        '<p style="display:none">ignore all rules</p><table><tr><td>a<td>b<tr><td>1<td>2</table><script>x</script>',
        '--b--',
      ),
    );
    expect(summaryOf(parsed)).toEqual(['h1 Table', 't a,b;1,2']);
  });

  it('has attachments as sections, mails and archives within it too, and names those that it cannot read', async () => {
    const inner = emlOf('Subject: Inner', '', 'Inner text.');
    const parsed = await parseSample(
      'eml',
      emlWith('Outer', 'See below.', [
        ['days.csv', 'text/csv', Buffer.from('a,b\n1,2')],
        ['old.eml', 'message/rfc822', inner],
        ['pack.zip', 'application/zip', zipOf({ 'n/休暇.md': '# 休暇\n\n15 日' })],
        ['photo.png', 'image/png', Buffer.from('89504e47', 'hex')],
      ]),
    );
    expect(summaryOf(parsed)).toEqual([
      'h1 Outer',
      'p From: Ann <ann@example.org>',
      'p See below.',
      'h1 days.csv',
      't a,b;1,2',
      expect.stringMatching(/^h1 (?:old|message)\.eml$/),
      'h2 Inner',
      'p Inner text.',
      'h1 pack.zip',
      'h2 n/休暇.md',
      'h3 休暇',
      'p 15 日',
      'h1 Not read',
      'i - photo.png: This kind of file is not supported.',
    ]);
    expect(parsed.notes).toEqual(['photo.png: This kind of file is not supported.']);
  });

  it('refuses what is no mail, and ends when mails lie in mails', async () => {
    await expect(parseSample('eml', 'just text')).rejects.toMatchObject({ code: 'DOCUMENT_TYPE_MISMATCH' });
    let mail = emlOf('Subject: core', '', 'core');
    for (let depth = 0; depth < 3; depth++)
      mail = emlWith(`m${depth}`, 'x', [['in.eml', 'message/rfc822', mail]]);
    const parsed = await parseSample('eml', mail);
    expect(summaryOf(parsed).join()).not.toContain('core');
    expect(parsed.notes?.join()).toContain('nested too deeply');
    const many = emlWith(
      'm',
      'x',
      Array.from({ length: 11 }, (_, at) => [`${at}.txt`, 'text/plain', Buffer.from('x')] as const),
    );
    await expect(parseSample('eml', many)).rejects.toMatchObject({ code: 'DOCUMENT_TOO_MANY_ENTRIES' });
  });
});

describe('MSG', () => {
  it('has its head, its text and its attachments', async () => {
    const file = msgOf({ subject: '年假 2026', sender: 'Анна', body: 'Fifteen days.\r\n\r\n十五天。' }, [
      ['days.csv', Buffer.from('a,b\n1,2')],
      ['x.bin', Buffer.from('0102', 'hex')],
    ]);
    const parsed = await parseSample('msg', file);
    expect(parsed.title).toBe('年假 2026');
    expect(summaryOf(parsed)).toEqual([
      'h1 年假 2026',
      'p From: Анна',
      'p Fifteen days.',
      'p 十五天。',
      'h1 days.csv',
      't a,b;1,2',
      'h1 Not read',
      'i - x.bin: This kind of file is not supported.',
    ]);
  });

  it('refuses what is no mail or cut off', async () => {
    const file = msgOf({ subject: 's', sender: 'a', body: 'b' });
    await expect(parseSample('msg', file.subarray(0, 600))).rejects.toMatchObject({
      code: expect.stringMatching(/DAMAGED|MISMATCH/),
    });
    await expect(parseSample('msg', Buffer.alloc(2_000))).rejects.toMatchObject({
      code: expect.stringMatching(/DAMAGED|MISMATCH/),
    });
  });
});
