import type { Element, Root } from 'hast';
import { unturned } from '../kit/unturned.js';

/** A rehype plugin, to stand behind what makes text of HTML: what turns the direction, entities too, turns it no more. */
export function unturnNodes() {
  const visit = (node: Root | Element): void => {
    for (const child of node.children) {
      if (child.type === 'text') child.value = unturned(child.value);
      if (child.type !== 'element') continue;
      const { alt } = child.properties;
      if (typeof alt === 'string') child.properties['alt'] = unturned(alt);
      visit(child);
    }
  };
  return visit;
}
