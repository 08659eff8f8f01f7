import { Parser } from 'htmlparser2';
import { UnreadableDocument } from '../../document-path.errors.js';
import { DEPTH_MAX } from './dom.js';

/** An element; names without their prefix, attributes as written. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

interface OpenElement extends XmlElement {
  readonly children: (XmlElement | string)[];
}

/**
 * A tree of elements and text. Entities other than XML's own five are not resolved, nothing is fetched; what is not
 * well-formed is read as far as it makes sense. Throws UnreadableDocument when nested too deeply.
 */
export function readXml(text: string): XmlElement {
  const root: OpenElement = { name: '', attributes: {}, children: [] };
  const open: OpenElement[] = [root];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (open.length > DEPTH_MAX) throw new UnreadableDocument('DOCUMENT_TOO_NESTED');
        const element: OpenElement = { name: localName(name), attributes, children: [] };
        open.at(-1)?.children.push(element);
        open.push(element);
      },
      ontext(data) {
        const children = open.at(-1)?.children;
        const last = children?.at(-1);
        if (children && typeof last === 'string') children[children.length - 1] = last + data;
        else children?.push(data);
      },
      onclosetag() {
        if (open.length > 1) open.pop();
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.write(text);
  parser.end();
  return root;
}

export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

export const elementsOf = (element: XmlElement): XmlElement[] =>
  element.children.filter((child): child is XmlElement => typeof child !== 'string');

export const childOf = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((child): child is XmlElement => typeof child !== 'string' && child.name === name);

/** All elements of a name below, in document order. */
export function* descendants(element: XmlElement, name: string): Generator<XmlElement> {
  for (const child of element.children) {
    if (typeof child === 'string') continue;
    if (child.name === name) yield child;
    yield* descendants(child, name);
  }
}

export const textOf = (element: XmlElement | undefined): string =>
  element
    ? element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('')
    : '';
