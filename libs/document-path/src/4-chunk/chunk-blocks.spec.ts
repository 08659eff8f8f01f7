import { describe, expect, it } from '@jest/globals';
import type { Block } from '../2-parse/parsed-document.js';
import { chunkBlocks, WEIGHT_MAX, weightOf } from './chunk-blocks.step.js';

const heading = (level: number, text: string): Block => ({ kind: 'heading', level, text, page: null });
const paragraph = (text: string, page: number | null = null): Block => ({ kind: 'paragraph', text, page });
const sentence = 'Every employee gets twenty-five days of annual leave. ';
const satz = '每位员工每年享有十五天带薪年假。';

describe('chunkBlocks', () => {
  it('keeps the path of headings, without the title', () => {
    const passages = chunkBlocks(
      [
        heading(1, 'Handbook'),
        heading(2, 'Leave'),
        heading(3, 'Annual leave'),
        paragraph('a'),
        heading(3, 'Sick leave'),
        paragraph('b'),
        heading(2, 'Travel'),
        paragraph('c'),
      ],
      'Handbook',
    );
    expect(passages.map(({ heading: path, content }) => [path, content])).toEqual([
      ['Leave › Annual leave', 'a'],
      ['Leave › Sick leave', 'b'],
      ['Travel', 'c'],
    ]);
  });

  it('gathers paragraphs up to the bound, in English and Chinese', () => {
    for (const [text, least, most] of [
      [sentence.repeat(3).trim(), 500, 1_200],
      [satz.repeat(3), 250, 500],
    ] as const) {
      const passages = chunkBlocks(
        Array.from({ length: 30 }, () => paragraph(text)),
        '',
      );
      expect(passages.length).toBeGreaterThan(3);
      for (const { content } of passages.slice(0, -1)) {
        expect(content.length).toBeGreaterThanOrEqual(least);
        expect(content.length).toBeLessThanOrEqual(most);
        expect(weightOf(content)).toBeLessThanOrEqual(WEIGHT_MAX);
      }
      expect(passages[0]?.language).toBe(text === satz.repeat(3) ? 'zh' : 'en');
    }
  });

  it('cuts a long paragraph between sentences, and what has none anywhere', () => {
    const prose = chunkBlocks([paragraph(sentence.repeat(100))], '');
    for (const { content } of prose) expect(content).toMatch(/^Every.*leave\.$/s);
    const wall = chunkBlocks([paragraph('𝟘'.repeat(5_000))], '');
    expect(
      wall
        .map(({ content }) => content)
        .join('')
        .replaceAll(' ', '') === '𝟘'.repeat(5_000),
    ).toBe(true);
    for (const { content } of [...prose, ...wall]) expect(weightOf(content)).toBeLessThanOrEqual(WEIGHT_MAX);
  });

  it('takes time in proportion to a text without a break', () => {
    const millions = chunkBlocks([paragraph('字'.repeat(3_000_000))], '');
    expect(millions.length).toBeLessThan(9_000);
    expect(millions.reduce((sum, { content }) => sum + content.length, 0)).toBeGreaterThanOrEqual(3_000_000);
  }, 5_000);

  it('never spans pages', () => {
    expect(chunkBlocks([paragraph('a', 1), paragraph('b', 1), paragraph('c', 2)], '')).toMatchObject([
      { page: 1, content: 'a\n\nb' },
      { page: 2, content: 'c' },
    ]);
  });

  it('keeps a table whole where it fits, else repeats its head', () => {
    const rows = (count: number): string[][] => [
      ['Level', 'Days'],
      ...Array.from({ length: count }, (_, n) => [`P${n}`, `${'x'.repeat(30)}|${n}`]),
    ];
    const small = chunkBlocks(
      [paragraph('Before.'), { kind: 'table', rows: rows(3), head: true, page: null }],
      '',
    );
    expect(small).toHaveLength(1);
    expect(small[0]?.content).toContain('Before.\n\n| Level | Days |\n| --- | --- |\n| P0 |');
    expect(small[0]?.content).toContain('\\|');
    const large = chunkBlocks([{ kind: 'table', rows: rows(200), head: true, page: null }], '');
    expect(large.length).toBeGreaterThan(5);
    for (const { content } of large) {
      expect(content).toMatch(/^\| Level \| Days \|\n\| --- \| --- \|\n\| P/);
      expect(weightOf(content)).toBeLessThanOrEqual(WEIGHT_MAX);
    }
    expect(large.map(({ content }) => content.split('\n').length - 2).reduce((sum, n) => sum + n)).toBe(200);
  });

  it('survives tables made to break it', () => {
    const wide = chunkBlocks(
      [{ kind: 'table', rows: [['h'.repeat(5_000)], ['c'.repeat(5_000)]], head: true, page: null }],
      '',
    );
    expect(wide.length).toBeGreaterThan(5);
    for (const { content } of wide) expect(weightOf(content)).toBeLessThanOrEqual(WEIGHT_MAX + 10);
    expect(chunkBlocks([{ kind: 'table', rows: [], head: true, page: null }], '')).toEqual([]);
    // One row of very many cells must not widen all the others, nor very many rows overrun the stack.
    const short = Array.from({ length: 200_000 }, () => ['x']);
    const uneven = chunkBlocks(
      [{ kind: 'table', rows: [Array<string>(100_000).fill(''), ...short], head: true, page: null }],
      '',
    );
    expect(uneven.reduce((sum, { content }) => sum + content.length, 0)).toBeLessThan(5_000_000);
  });

  it('finds a document that has only headings', () => {
    expect(
      chunkBlocks([heading(1, 'Opening hours: 9 to 17'), heading(2, 'Closed on Sunday')], 'x'),
    ).toMatchObject([{ content: 'Opening hours: 9 to 17\nClosed on Sunday' }]);
  });
});
