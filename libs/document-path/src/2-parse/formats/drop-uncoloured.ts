import { colourOf, PAPER, sameColour, type Colour } from '../colours.js';
import type { HiddenTexts } from '../hidden-text.js';
import { isElement, type DomDocument, type DomElement } from './dom.js';
import { select, simpleRules } from './read-styles.js';

interface Look {
  colour?: Colour | null;
  /** Null: there is one that we cannot read, a picture or a gradient. */
  background?: Colour | null;
}

const COLOUR = /(?:^|[;{\s])color\s*:\s*([^;!}]{1,60})/i;
const BACKGROUND = /(?:^|[;{\s])background(?:-color|-image)?\s*:\s*([^;!}]{1,200})/i;

/**
 * Takes out text in the colour of what is behind it. Where a style sheet that we do not have may have set a background,
 * the text stays, and is noted as hidden as well.
 */
export function dropUncoloured(document: DomDocument, hidden: HiddenTexts): void {
  const looks = looksOf(document);
  const foreign =
    [...document.querySelectorAll('link[rel~="stylesheet"]')].length > 0 || hasCompound(document);
  for (const [element, { colour }] of looks) {
    if (!colour || element.tagName === 'HTML' || element.tagName === 'BODY') continue;
    const behind = backgroundOf(element, looks);
    if (behind === null || !sameColour(colour, behind.colour)) continue;
    hidden.add('colour', element.textContent);
    // Dark text on what we take for dark is a guess as soon as a sheet of others decides.
    const unsure = behind.assumed && foreign && behind.classed;
    if (!unsure && !showsWithin(element, looks, behind.colour)) element.remove();
  }
}

function looksOf(document: DomDocument): Map<DomElement, Look> {
  const looks = new Map<DomElement, Look>();
  const note = (element: DomElement, css: string): void => {
    const colour = COLOUR.exec(css)?.[1];
    const background = BACKGROUND.exec(css)?.[1];
    if (colour === undefined && background === undefined) return;
    const look = looks.get(element) ?? {};
    if (colour !== undefined) look.colour = colourOf(colour);
    if (background !== undefined && !/^\s*(?:none|transparent|inherit|initial)\s*$/i.test(background))
      look.background = /url\(|gradient/i.test(background)
        ? null
        : (colourOf(background) ?? colourOf(background.trim().split(/\s+(?![^(]*\))/)[0]));
    looks.set(element, look);
  };
  for (const { selector, body } of simpleRules(document))
    if (COLOUR.test(body) || BACKGROUND.test(body))
      for (const element of select(document, selector)) note(element, body);
  for (const element of document.querySelectorAll('[bgcolor]'))
    note(element, `background: ${element.getAttribute('bgcolor') ?? ''}`);
  for (const element of document.querySelectorAll('[background]')) note(element, 'background: url(x)');
  for (const element of document.querySelectorAll('font[color]'))
    note(element, `color: ${element.getAttribute('color') ?? ''}`);
  for (const element of document.querySelectorAll('[style]'))
    note(element, element.getAttribute('style') ?? '');
  return looks;
}

/** Rules that are more than simple selectors may set a background anywhere. */
function hasCompound(document: DomDocument): boolean {
  for (const style of document.querySelectorAll('style'))
    if (/[\w\])][\s>+~:][^{}]{0,200}\{[^{}]{0,2000}background/i.test(style.textContent ?? '')) return true;
  return false;
}

function backgroundOf(
  element: DomElement,
  looks: ReadonlyMap<DomElement, Look>,
): { colour: Colour; assumed: boolean; classed: boolean } | null {
  let classed = false;
  for (let node: DomElement | null = element; node; node = parentOf(node)) {
    const background = looks.get(node)?.background;
    if (background === null) return null;
    if (background) return { colour: background, assumed: false, classed };
    classed ||= node.hasAttribute('class') || node.hasAttribute('id');
  }
  return { colour: PAPER, assumed: true, classed };
}

/** Whether something in it has a colour or a background of its own, and is seen. */
function showsWithin(element: DomElement, looks: ReadonlyMap<DomElement, Look>, behind: Colour): boolean {
  for (const child of element.querySelectorAll('*')) {
    const look = looks.get(child);
    if (look?.background !== undefined) return true;
    if (look?.colour !== undefined && !(look.colour && sameColour(look.colour, behind))) return true;
  }
  return false;
}

function parentOf(node: DomElement): DomElement | null {
  const parent = node.parentNode;
  return parent && isElement(parent) ? parent : null;
}
