import { describe, expect, it } from '@jest/globals';
import type { GroundednessMark } from '@lorekeep/contracts';
import type { Element, Root, RootContent } from 'hast';
import { markSentences, marksWithin, UNSUPPORTED } from './mark-sentences.js';

const mark = (start: number, end: number): GroundednessMark => ({
  ...{ start, end, reason: 'number', withheld: false },
});
const place = (start: number, end: number) => ({
  start: { line: 1, column: start + 1, offset: start },
  end: { line: 1, column: end + 1, offset: end },
});
/** `One. **Two** three. Four.` */
const paragraph = (): Root => ({
  type: 'root',
  children: [
    {
      ...{ type: 'element', tagName: 'p', properties: {}, position: place(0, 25) },
      children: [
        { type: 'text', value: 'One. ', position: place(0, 5) },
        {
          ...{ type: 'element', tagName: 'strong', properties: {}, position: place(5, 12) },
          children: [{ type: 'text', value: 'Two', position: place(7, 10) }],
        },
        { type: 'text', value: ' three. Four.', position: place(12, 25) },
      ],
    },
  ],
});
const textOf = (node: RootContent): string =>
  node.type === 'text' ? node.value : node.type === 'element' ? node.children.map(textOf).join('') : '';

describe('sentences that their sources do not support', () => {
  it('are wrapped where they stand, with what is within them', () => {
    const root = paragraph();
    markSentences(marksWithin([mark(5, 19)], 0, 25))()(root);
    const children = (root.children[0] as Element).children;
    expect(children.map(textOf)).toEqual(['One. ', 'Two three.', ' Four.']);
    expect(children[1]).toMatchObject({
      tagName: UNSUPPORTED,
      properties: { reason: 'number', withheld: false },
    });
  });

  it('are those of their block alone, and nothing changes without one', () => {
    expect(marksWithin([mark(5, 19)], 25, 60)).toBe('');
    expect(marksWithin([mark(30, 40)], 25, 60)).toBe('5,15,number,0');
    const root = paragraph();
    markSentences('')()(root);
    expect(root).toEqual(paragraph());
  });
});
