import { describe, expect, it } from '@jest/globals';
import { asSent, sayer } from './say.js';
import { sentences } from './zh/sentences.js';

const say = sayer(sentences);

describe('a mistake in a field', () => {
  it.each([
    ['at most 1000 entries', '最多 1000 项'],
    ['at most 2000 characters', '最多 2000 个字符'],
    ['must be of type number', '类型必须是 number'],
    ['must be a time such as 2026-11-21T09:30:00Z', '必须是时间，例如 2026-11-21T09:30:00Z'],
    ['unknown field: note, mine', '未知字段：note, mine'],
    ['names a group that does not exist', '所指的群组不存在'],
  ])('is said in Chinese: %s', (theirs, ours) => {
    expect(say(theirs)).toBe(ours);
  });
});

describe('what the gateway says', () => {
  it('is said in the language of the page, with its values', () => {
    expect(say('The file is empty.', 'DOCUMENT_EMPTY')).toBe('文件为空。');
    expect(say('The file has more pages than the limit. It has 812; the limit is 500.')).toBe(
      '文件页数超过上限。共 812 页，上限为 500 页。',
    );
    expect(say('The file is larger than the limit. The limit is 50 MB.')).toBe(
      '文件超过大小上限。上限为 50 MB。',
    );
    expect(say('A collection can hold 10000 folders, not more.')).toBe('一个文档集最多容纳 10000 个文件夹。');
    expect(say('The file is not what its name says. Its name ends in .pdf, but it is something else.')).toBe(
      '文件内容与其名称不符。文件名以 .pdf 结尾，但内容并不是（something else）。',
    );
    expect(say('2 of 9 pages are pictures without text and cannot be searched: 3, 7, ….')).toBe(
      '9 页中有 2 页是没有文字的图像，无法检索：3, 7, …。',
    );
  });

  it('keeps paths, and what is not known after a sentence', () => {
    expect(say('a/b: c.zip: photo.png: This kind of file is not supported.')).toBe(
      'a/b: c.zip: photo.png：不支持此类文件。',
    );
    expect(say('The server of the source cannot be reached. (HTTP 503)', 'SOURCE_UNREACHABLE')).toBe(
      '无法连接来源的服务器。 (HTTP 503)',
    );
  });

  it('takes the longer of two sentences that begin alike', () => {
    expect(say(sentences.byCode['DOCUMENT_TYPE_UNSUPPORTED']?.[0] ?? '')).toContain('支持 PDF');
  });

  it('goes by the code where the sentence has changed, and stays as sent where neither is known', () => {
    expect(say('An empty file.', 'DOCUMENT_EMPTY')).toBe('文件为空。');
    expect(say('Too many folders: 10000.', 'FOLDERS_FULL')).toBe('Too many folders: 10000.');
    expect(say('Something new.', 'NEW_CODE')).toBe('Something new.');
    expect(say('此回答所依据的文档，您已无权查看。')).toBe('此回答所依据的文档，您已无权查看。');
    expect(say('')).toBe('');
    expect(asSent('The file is empty.', 'DOCUMENT_EMPTY')).toBe('The file is empty.');
  });

  it('is shown as sent where it is like nothing known, however long', () => {
    for (const text of ['x: '.repeat(5_000), 'The limit is '.repeat(5_000), 'a'.repeat(100_000)])
      expect(say(text)).toBe(text);
  });

  it('has the same values in both languages', () => {
    const slots = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g))].sort();
    for (const [theirs, ours] of [...Object.values(sentences.byCode), ...sentences.others])
      expect([theirs, slots(ours)]).toEqual([theirs, slots(theirs)]);
  });
});
