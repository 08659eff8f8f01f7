import { describe, expect, it } from '@jest/globals';
import type { Root } from 'hast';
import { showRawHtml } from './show-raw-html.js';

const text = (value: string) => ({ type: 'text', value });
const raw = (value: string) => ({ type: 'raw', value });
function shown(...children: object[]): unknown {
  const root = {
    type: 'root',
    children: [{ type: 'element', tagName: 'p', properties: {}, children }],
  } as unknown as Root;
  showRawHtml()(root);
  return (root.children[0] as { children: unknown }).children;
}

describe('showRawHtml', () => {
  it.each(['<!-- -->', '<b>', '<x>', '<script>alert(1)</script>'])(
    'keeps %s between the halves of a word',
    (html) => {
      expect(shown(text('helio'), raw(html), text('trope'))).toEqual([
        text('helio'),
        text(html),
        text('trope'),
      ]);
    },
  );

  it('makes a line break of one', () => {
    for (const html of ['<br>', '<br/>', '<BR />'])
      expect(shown(text('a'), raw(html))).toMatchObject([text('a'), { tagName: 'br' }]);
  });

  it('finds it in what stands by itself', () => {
    const root = { type: 'root', children: [raw('<div>')] } as unknown as Root;
    showRawHtml()(root);
    expect(root.children).toEqual([text('<div>')]);
  });
});
