import type { Element, ElementContent, Root, RootContent } from 'hast';

const LINE_BREAK = /^<br\s*\/?>$/i;

/**
 * A rehype plugin, to stand before the sanitizer, which drops raw HTML: without it `helio<!-- -->trope` would read as a
 * word that the scanner has never seen. HTML in an answer is text of it; a line break is one.
 */
export function showRawHtml() {
  const visit = (node: Root | Element): void => {
    node.children = (node.children as (RootContent | Raw)[]).map((child) => {
      if (child.type === 'raw') return shown(child.value);
      if (child.type === 'element') visit(child);
      return child as ElementContent;
    });
  };
  return visit;
}

/** As remark-rehype hands it on; not among the types of hast itself. */
interface Raw {
  type: 'raw';
  value: string;
}

const shown = (value: string): ElementContent =>
  LINE_BREAK.test(value.trim())
    ? { type: 'element', tagName: 'br', properties: {}, children: [] }
    : { type: 'text', value };
