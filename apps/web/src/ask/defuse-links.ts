import type { Element, ElementContent, Root } from 'hast';
import { defaultSchema } from 'rehype-sanitize';
import { judgeLink } from './judge-link.js';

/** What the page makes of a link that is not followed: its words, then where it leads, as text. */
export const DEFUSED = 'lk-defused';

/** Lets our own element through; a model cannot write it, since HTML in its text stays text. */
export const SCHEMA = {
  ...defaultSchema,
  tagNames: [...(defaultSchema.tagNames ?? []), DEFUSED],
  attributes: { ...defaultSchema.attributes, [DEFUSED]: ['fault', 'target'] },
};

/** Of an address that is shown and not followed. */
const TARGET_UNITS = 120;

/** A rehype plugin, to stand before the sanitizer: links that would carry data out or hide where they lead become text. */
export function defuseLinks(answer: string) {
  // A link's own address is no statement of the answer.
  const said = answer.replace(/\]\([^)\s]{1,2000}/g, ' ').replace(/https?:\/\/\S{1,2000}/g, ' ');
  const visit = (node: Root | Element): void => {
    for (const child of node.children) {
      if (child.type !== 'element') continue;
      visit(child);
      if (child.tagName === 'a') defuse(child, said);
    }
  };
  return () => visit;
}

function defuse(link: Element, said: string): void {
  const href = link.properties['href'];
  // Footnotes lead within the answer.
  if (typeof href !== 'string' || href.startsWith('#')) return;
  const judged = judgeLink(href, textOf(link.children), said);
  if ('href' in judged) return;
  const target = href.length > TARGET_UNITS ? `${href.slice(0, TARGET_UNITS).toWellFormed()}…` : href;
  link.tagName = DEFUSED;
  link.properties = { fault: judged.fault, target };
}

const textOf = (nodes: readonly ElementContent[]): string =>
  nodes
    .map((node) => (node.type === 'text' ? node.value : node.type === 'element' ? textOf(node.children) : ''))
    .join('');
