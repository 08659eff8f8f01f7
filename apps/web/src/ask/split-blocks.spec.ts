import { describe, expect, it } from '@jest/globals';
import { splitBlocks } from './split-blocks.js';

describe('splitBlocks', () => {
  it('cuts paragraphs, headings and tables at blank lines', () => {
    expect(splitBlocks('# One\n\nTwo\nlines\n\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\nend')).toEqual([
      '# One',
      'Two\nlines',
      '| a | b |\n| - | - |\n| 1 | 2 |',
      'end',
    ]);
  });

  it('keeps a fence whole, whatever it holds, closed or not', () => {
    const fence = '```js\na\n\n~~~\n\n- b\n```';
    expect(splitBlocks(`x\n\n${fence}\n\ny`)).toEqual(['x', fence, 'y']);
    expect(splitBlocks('````\n```\n\nstill inside')).toEqual(['````\n```\n\nstill inside']);
  });

  it('keeps a list whole over blank lines and continuations', () => {
    const list = '1. one\n\n2. two\n\n   more of two\n\n3. three';
    expect(splitBlocks(`${list}\n\nafter`)).toEqual([list, 'after']);
  });

  it('never changes a finished block while text is added', () => {
    const text =
      'First.\n\nSecond **bold**.\n\n- a\n- b\n\n```\ncode\n\nmore\n```\n\nThird.\n\n1. x\n\n2. y\n\nLast.';
    let before: string[] = [];
    for (let length = 0; length <= text.length; length++) {
      const blocks = splitBlocks(text.slice(0, length));
      expect(blocks.slice(0, Math.max(0, before.length - 1))).toEqual(before.slice(0, -1));
      before = blocks;
    }
    expect(before).toHaveLength(7);
  });

  it('gives nothing for nothing', () => {
    expect(splitBlocks('')).toEqual([]);
    expect(splitBlocks('\n\n')).toEqual([]);
  });
});
