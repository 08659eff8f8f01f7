import { COMMENT, isElement, type DomDocument, type DomElement, type DomNode } from './dom.js';

const NEVER_READ =
  'body title, script, style, noscript, template, iframe, object, embed, svg, canvas, audio, video, select, [hidden], input, textarea, button';
/** What a reader of the page cannot see; such text is how instructions for a model are smuggled in. */
const HIDING =
  /(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0?\.?0*(?:\s*[;!}]|\s*$)|font-size\s*:\s*0*(?:\.\d+|[01](?:\.\d+)?)(?:px|pt|em|rem|%)?\s*(?:[;!}]|$)|text-indent\s*:\s*-\d{3,}|color\s*:\s*transparent|(?:left|top|right)\s*:\s*-\d{3,}px|clip\s*:\s*rect\(0)/i;
const SIMPLE_SELECTOR = /^[\w.#*[\]="'-]{1,100}$/;
const RULES_MAX = 5_000;

/** Takes out scripts, styles, comments, controls and everything that is not displayed. */
export function dropHidden(document: DomDocument): void {
  for (const selector of hidingSelectors(document)) {
    try {
      drop(document.querySelectorAll(selector));
    } catch {
      // a selector that the library does not know hides nothing here
    }
  }
  drop(document.querySelectorAll(NEVER_READ));
  for (const element of [...document.querySelectorAll('[style]')]) {
    if (HIDING.test(element.getAttribute('style') ?? '')) element.remove();
  }
  dropComments(document);
}

function drop(elements: Iterable<DomElement>): void {
  for (const element of [...elements]) {
    if (element.tagName !== 'HTML' && element.tagName !== 'BODY') element.remove();
  }
}

/** Simple selectors of style sheets in the page whose rule hides; rules within @media and the like do not count. */
function hidingSelectors(document: DomDocument): string[] {
  const found: string[] = [];
  for (const style of document.querySelectorAll('style')) {
    let rules = 0;
    for (const { selector, body } of topRules(style.textContent ?? '')) {
      if (++rules > RULES_MAX) break;
      if (!HIDING.test(body)) continue;
      found.push(
        ...selector
          .split(',')
          .map((part) => part.trim())
          .filter((part) => SIMPLE_SELECTOR.test(part)),
      );
    }
  }
  return found;
}

function* topRules(css: string): Generator<{ selector: string; body: string }> {
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

function dropComments(root: DomNode): void {
  const open: DomNode[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    for (const child of [...node.childNodes]) {
      if (child.nodeType === COMMENT) child.remove();
      else if (isElement(child)) open.push(child);
    }
  }
}
