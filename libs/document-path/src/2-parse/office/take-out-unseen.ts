import { colourOf, isWhite, PAPER, sameColour } from '../colours.js';
import { childOf, descendants, elementsOf, textOf, type XmlElement } from '../formats/read-xml.js';
import type { HiddenTexts, HiddenWhy } from '../hidden-text.js';

/** In English Metric Units; zero where it is not known. */
export interface SlideSize {
  readonly width: number;
  readonly height: number;
}

/** Hundredths of a point: two points and less. */
const TINY_MAX = 200;
const FILLS = new Set(['solidFill', 'gradFill', 'blipFill', 'pattFill', 'grpFill']);
/** Names of the ground in a theme. */
const PAPERS = new Set(['bg1', 'lt1']);
const SHAPES = new Set(['sp', 'pic', 'graphicFrame', 'cxnSp']);

export const textOfParagraph = (paragraph: XmlElement): string =>
  elementsOf(paragraph)
    .map((run) => (run.name === 'br' ? ' ' : textOf(childOf(run, 't'))))
    .join('');

/**
 * A slide without shapes that are hidden or lie beyond its edges, and without runs that are too small or have the colour
 * of what is known to be behind them; they are noted in `hidden`, with what stands for pictures. White text on a ground
 * that comes from the design stays, noted too.
 */
export function takeOutUnseen(
  slide: XmlElement,
  size: SlideSize,
  page: number,
  hidden: HiddenTexts,
): XmlElement {
  const background = childOf(childOf(slide, 'cSld'), 'bg');
  const ground = background ? fillOf(childOf(background, 'bgPr')) : undefined;
  const shapeShown = (shape: XmlElement): XmlElement | null => {
    const drawing = propertiesOf(shape);
    if (drawing) hidden.add('alternative', drawing.attributes['descr'], { page });
    if (drawing?.attributes['hidden'] === '1' || isOutside(shape, size)) {
      const why = drawing?.attributes['hidden'] === '1' ? 'slide' : 'outside';
      for (const paragraph of descendants(shape, 'p')) hidden.add(why, textOfParagraph(paragraph), { page });
      return null;
    }
    const own = childOf(shape, 'spPr');
    const fill = own && elementsOf(own).some(({ name }) => FILLS.has(name)) ? fillOf(own) : undefined;
    const styled = childOf(shape, 'style') !== undefined;
    return runsShown(shape, fill ?? (styled ? 'design' : (ground ?? 'design')));
  };
  const runsShown = (element: XmlElement, behind: Ground): XmlElement =>
    changed(element, (child) => {
      if (child.name === 'tc') return runsShown(child, groundOfCell(child));
      if (child.name !== 'r' && child.name !== 'fld') return runsShown(child, behind);
      const why = whyUnseen(child, behind);
      if (why) hidden.add(why, textOf(childOf(child, 't')), { page });
      return why && (why !== 'colour' || behind !== 'design') ? null : child;
    });
  const shapesShown = (element: XmlElement): XmlElement =>
    changed(element, (child) => (SHAPES.has(child.name) ? shapeShown(child) : shapesShown(child)));
  return shapesShown(slide);
}

/** `design`: it comes from layout, master or theme; `other`: it is not of one known colour. */
type Ground = readonly [number, number, number] | 'design' | 'other';

function fillOf(properties: XmlElement | undefined): Ground {
  const colour = childOf(childOf(properties, 'solidFill'), 'srgbClr')?.attributes['val'];
  return colourOf(colour) ?? 'other';
}

/** Its own, or that of the style of its table, which is not read. */
function groundOfCell(cell: XmlElement): Ground {
  const own = childOf(cell, 'tcPr');
  return own && elementsOf(own).some(({ name }) => FILLS.has(name)) ? fillOf(own) : 'design';
}

function whyUnseen(run: XmlElement, behind: Ground): HiddenWhy | null {
  const properties = childOf(run, 'rPr');
  const size = Number(properties?.attributes['sz'] ?? NaN);
  if (size <= TINY_MAX) return 'tiny';
  if (childOf(properties, 'noFill')) return 'not-displayed';
  const fill = childOf(properties, 'solidFill');
  if (!fill || childOf(properties, 'highlight')) return null;
  const scheme = childOf(fill, 'schemeClr');
  const isPaper = PAPERS.has(scheme?.attributes['val'] ?? '') && (!scheme || elementsOf(scheme).length === 0);
  const colour = isPaper ? PAPER : colourOf(childOf(fill, 'srgbClr')?.attributes['val']);
  const clear = [...descendants(fill, 'alpha')].some(({ attributes }) => Number(attributes['val']) < 5_000);
  if (clear) return 'not-displayed';
  if (!colour || behind === 'other') return null;
  return behind === 'design'
    ? isWhite(colour)
      ? 'colour'
      : null
    : sameColour(colour, behind)
      ? 'colour'
      : null;
}

function propertiesOf(shape: XmlElement): XmlElement | undefined {
  const all = elementsOf(shape).find(({ name }) => name.startsWith('nv'));
  return childOf(all, 'cNvPr');
}

/** Wholly beyond an edge, by the place that the shape itself gives. */
function isOutside(shape: XmlElement, { width, height }: SlideSize): boolean {
  const place = childOf(childOf(shape, 'spPr'), 'xfrm') ?? childOf(shape, 'xfrm');
  const [offset, extent] = [childOf(place, 'off'), childOf(place, 'ext')];
  if (!offset || width === 0 || height === 0) return false;
  const [x, y] = [Number(offset.attributes['x']), Number(offset.attributes['y'])];
  const [w, h] = [Number(extent?.attributes['cx'] ?? 0), Number(extent?.attributes['cy'] ?? 0)];
  return x >= width || y >= height || x + w <= 0 || y + h <= 0;
}

function changed(element: XmlElement, change: (child: XmlElement) => XmlElement | null): XmlElement {
  const children = element.children.flatMap((child): (XmlElement | string)[] => {
    if (typeof child === 'string') return [child];
    const kept = change(child);
    return kept ? [kept] : [];
  });
  return { ...element, children };
}
