import { describe, expect, it } from '@jest/globals';
import type { Element, ElementContent, Root } from 'hast';
import { cutTextNodes } from './cut-text-nodes.js';

const text = (value: string): ElementContent => ({ type: 'text', value });
const element = (tagName: string, ...children: ElementContent[]): Element => ({
  type: 'element',
  tagName,
  properties: {},
  children,
});

function shape(node: Root | ElementContent): string {
  if (node.type === 'text') return node.value;
  if (node.type === 'root') return node.children.map((child) => shape(child as ElementContent)).join('');
  if (node.type !== 'element') return '';
  const number = node.properties['number'];
  return `<${node.tagName}${typeof number === 'number' ? ` ${number}` : ''}>${node.children.map(shape).join('')}</>`;
}
function cut(...children: ElementContent[]): string {
  const root: Root = { type: 'root', children };
  cutTextNodes(new Set([1, 2]))()(root);
  return shape(root);
}

describe('cutTextNodes', () => {
  it('keeps a chip with the word before it, wherever it is nested', () => {
    expect(cut(element('p', text('seven days [1].')))).toBe('<p>seven <span>days<lk-chip 1></></>.</>');
    expect(cut(element('p', text('共十八天【1】【2】。')))).toBe(
      '<p>共十八<span>天<lk-chip 1></><lk-chip 2></></>。</>',
    );
    expect(cut(element('p', element('strong', text('27')), text(' [1]')))).toBe(
      '<p><strong>27</><lk-chip 1></></>',
    );
  });

  it('leaves code alone', () => {
    expect(cut(element('pre', element('code', text('a[1] ▇▇▇'))))).toBe('<pre><code>a[1] ▇▇▇</></>');
  });

  it('marks what was withheld', () => {
    expect(cut(element('p', text('the ▇▇▇ plan')))).toBe('<p>the <lk-withheld></> plan</>');
  });
});
