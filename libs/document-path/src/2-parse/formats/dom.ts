import { Parser } from 'htmlparser2';
import { parseHTML } from 'linkedom';
import { UnreadableDocument } from '../../document-path.errors.js';

/** The little of the DOM that reading needs. */
export interface DomNode {
  readonly nodeType: number;
  readonly textContent: string | null;
  readonly childNodes: Iterable<DomNode>;
  readonly parentNode: DomNode | null;
  remove(): void;
}

export interface DomElement extends DomNode {
  /** Upper case in HTML. */
  readonly tagName: string;
  readonly innerHTML: string;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
  querySelectorAll(selector: string): Iterable<DomElement>;
  querySelector(selector: string): DomElement | null;
}

export interface DomDocument extends DomElement {
  readonly body: DomElement;
  readonly title: string;
  cloneNode(deep: boolean): DomDocument;
}

export const ELEMENT = 1;
export const TEXT = 3;
export const COMMENT = 8;

export const isElement = (node: DomNode): node is DomElement => node.nodeType === ELEMENT;

/** Nothing that people write is nested this deeply; the library and our reading recurse. */
export const DEPTH_MAX = 400;

/** Parses without running or fetching anything. Throws UnreadableDocument when nested too deeply. */
export function parseDom(html: string): DomDocument {
  const whole = /<html[\s>]/i.test(html)
    ? html
    : `<!doctype html><html><head></head><body>${html}</body></html>`;
  refuseDepth(whole);
  return parseHTML(whole).document as unknown as DomDocument;
}

/** Before there is a DOM, whose making takes time squared in its depth: by the library's own tokens. */
function refuseDepth(html: string): void {
  let depth = 0;
  const parser = new Parser(
    {
      onopentagname() {
        if (++depth > DEPTH_MAX) throw new UnreadableDocument('DOCUMENT_TOO_NESTED');
      },
      onclosetag() {
        depth--;
      },
    },
    { lowerCaseAttributeNames: false, decodeEntities: false },
  );
  parser.write(html);
  parser.end();
}
