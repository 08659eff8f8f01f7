import type { Element, ElementContent, Root, RootContent } from 'hast';
import { splitChips } from './split-chips.js';

/** The last word before a chip, or the last Chinese character: a chip never begins a line. */
const LAST_WORD = /(?:\p{Script=Han}|[^\s\p{Script=Han}]{1,24})$/u;

/** A rehype plugin: citations and withheld stretches in running text become elements; code stays as it is. */
export function cutTextNodes(known: ReadonlySet<number>) {
  const visit = (node: Root | Element): void => {
    const children: ElementContent[] = [];
    for (const child of node.children as RootContent[]) {
      if (child.type === 'text') children.push(...cutText(child.value, known));
      else if (child.type === 'element') {
        if (child.tagName !== 'code' && child.tagName !== 'pre') visit(child);
        children.push(child);
      }
    }
    node.children = children;
  };
  return () => visit;
}

const element = (
  tagName: string,
  properties: Element['properties'],
  children: ElementContent[] = [],
): Element => ({
  type: 'element',
  tagName,
  properties,
  children,
});

function cutText(text: string, known: ReadonlySet<number>): ElementContent[] {
  const nodes: ElementContent[] = [];
  for (const part of splitChips(text, known)) {
    if (part.kind === 'text') nodes.push({ type: 'text', value: part.text });
    else if (part.kind === 'withheld') nodes.push(element('lk-withheld', {}));
    else {
      const chips = part.numbers.map((number) => element('lk-chip', { number }));
      nodes.push(...keepTogether(nodes.pop(), chips));
    }
  }
  return nodes;
}

function keepTogether(before: ElementContent | undefined, chips: ElementContent[]): ElementContent[] {
  if (before?.type !== 'text') return before ? [before, ...chips] : chips;
  const word = LAST_WORD.exec(before.value)?.[0] ?? '';
  const rest = before.value.slice(0, before.value.length - word.length);
  const together = element('span', { className: ['whitespace-nowrap'] }, [
    { type: 'text', value: word },
    ...chips,
  ]);
  return rest === '' ? [together] : [{ type: 'text', value: rest }, together];
}
