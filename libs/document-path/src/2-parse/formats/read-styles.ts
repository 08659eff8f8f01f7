import type { DomDocument, DomElement } from './dom.js';

const SIMPLE_SELECTOR = /^[\w.#*[\]="'-]{1,100}$/;
const RULES_MAX = 5_000;

export interface StyleRule {
  readonly selector: string;
  readonly body: string;
}

/** Simple selectors of style sheets in the page with their declarations; rules within @media and the like do not count. */
export function* simpleRules(document: DomDocument): Generator<StyleRule> {
  for (const style of document.querySelectorAll('style')) {
    let rules = 0;
    for (const { selector, body } of topRules(style.textContent ?? '')) {
      if (++rules > RULES_MAX) break;
      for (const part of selector.split(',').map((one) => one.trim()))
        if (SIMPLE_SELECTOR.test(part)) yield { selector: part, body };
    }
  }
}

function* topRules(css: string): Generator<StyleRule> {
  let from = 0;
  for (;;) {
    const open = css.indexOf('{', from);
    if (open < 0) return;
    const end = closing(css, open);
    const selector = css
      .slice(from, open)
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .trim();
    if (!selector.startsWith('@')) yield { selector, body: css.slice(open + 1, end) };
    from = end + 1;
  }
}

function closing(css: string, open: number): number {
  let depth = 0;
  for (let at = open; at < css.length; at++) {
    const character = css.charAt(at);
    if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return at;
  }
  return css.length;
}

/** Elements of a selector; none where the library does not know it. */
export function select(document: DomDocument, selector: string): DomElement[] {
  try {
    return [...document.querySelectorAll(selector)];
  } catch {
    return [];
  }
}
