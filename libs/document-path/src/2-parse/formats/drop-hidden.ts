import { HiddenTexts } from '../hidden-text.js';
import { COMMENT, isElement, type DomDocument, type DomElement, type DomNode } from './dom.js';
import { dropUncoloured } from './drop-uncoloured.js';
import { select, simpleRules } from './read-styles.js';

/** Nothing in these is text for anybody. */
const MACHINERY = 'script, style, object, embed, canvas, audio, video, select, input, button';
const NEVER_READ = 'body title, noscript, template, iframe, svg, [hidden], textarea';
/** What a reader of the page cannot see; such text is how instructions for a model are smuggled in. */
const HIDING =
  /(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0?\.?0*(?:\s*[;!}]|\s*$)|text-indent\s*:\s*-\d{3,}|color\s*:\s*(?:transparent|(?:rgb|hsl)a?\([^)]{0,40}[,/]\s*0?\.?0*%?\s*\))|(?:left|top|right|bottom|margin-left|margin-top)\s*:\s*-\d{3,}(?:px|pt|r?em|vw|vh|%)|clip\s*:\s*rect\(0|clip-path\s*:\s*inset\((?:50|100)%|transform\s*:\s*scale[xy]?\(0?\.?0*\)|max-height\s*:\s*0(?:px)?\s*(?:[;!}]|$))/i;
/** Below two points nobody reads; 1em is the size of what is around. */
const TINY =
  /(?:^|[;{\s])font(?:-size)?\s*:\s*(?:[a-z0-9% ]{0,40}\s)?0*(?:[01]?(?:\.\d+)?(?:px|pt)|0?\.[01]\d*r?em|0(?:\.0\d*)?(?:r?em|%)?|\d(?:\.\d+)?%)\s*(?:[;!}/]|$)/i;
const META = /^(?:description|keywords|abstract|subject|author|og:.{1,40}|twitter:.{1,40})$/i;
const TITLED = ['title', 'aria-label', 'aria-description', 'longdesc', 'summary'] as const;

/**
 * Takes out scripts, styles, comments, controls and everything that is not displayed. What is text among it is noted in
 * `hidden`, with what only stands for pictures.
 */
export function dropHidden(document: DomDocument, hidden = new HiddenTexts()): void {
  noteAttributes(document, hidden);
  for (const { selector, body } of [...simpleRules(document)]) {
    const why = HIDING.test(body) ? 'not-displayed' : TINY.test(body) ? 'tiny' : null;
    if (why) drop(select(document, selector), (element) => hidden.add(why, element.textContent));
  }
  dropUncoloured(document, hidden);
  drop(document.querySelectorAll(MACHINERY));
  drop(document.querySelectorAll(NEVER_READ), (element) => hidden.add('not-displayed', element.textContent));
  for (const element of [...document.querySelectorAll('[style]')]) {
    const style = element.getAttribute('style') ?? '';
    const why = HIDING.test(style) ? 'not-displayed' : TINY.test(style) ? 'tiny' : null;
    if (why) drop([element], () => hidden.add(why, element.textContent));
  }
  dropComments(document, hidden);
}

function drop(elements: Iterable<DomElement>, note?: (element: DomElement) => void): void {
  for (const element of [...elements]) {
    if (element.tagName === 'HTML' || element.tagName === 'BODY') continue;
    if (element.parentNode) note?.(element);
    element.remove();
  }
}

function noteAttributes(document: DomDocument, hidden: HiddenTexts): void {
  for (const meta of document.querySelectorAll('meta[content]')) {
    const name = meta.getAttribute('name') ?? meta.getAttribute('property') ?? '';
    if (META.test(name)) hidden.add('properties', meta.getAttribute('content'));
  }
  for (const image of document.querySelectorAll('[alt]'))
    hidden.add('alternative', image.getAttribute('alt'));
  for (const name of TITLED)
    for (const element of document.querySelectorAll(`[${name}]`))
      hidden.add('alternative', element.getAttribute(name));
}

function dropComments(root: DomNode, hidden: HiddenTexts): void {
  const open: DomNode[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    for (const child of [...node.childNodes]) {
      if (child.nodeType === COMMENT) {
        hidden.add('comment', (child.textContent ?? '').replace(/<[^<>]{0,2000}>/g, ' '));
        child.remove();
      } else if (isElement(child)) open.push(child);
    }
  }
}
