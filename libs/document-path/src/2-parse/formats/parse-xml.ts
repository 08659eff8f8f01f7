import { UnreadableDocument } from '../../document-path.errors.js';
import type { Block, ParsedDocument } from '../parsed-document.js';
import { cleanLine } from './clean-text.js';
import { decodeNamed } from './decode-text.js';
import { elementsOf, readXml, textOf, type XmlElement } from './read-xml.js';

const PROLOG_BYTES = 1_024;
const HEADINGS = new Set(['title', 'heading', 'headline', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
/** Names of elements that run along in a sentence, in the vocabularies that companies write in (DITA, DocBook, HTML). */
const INLINE = new Set(
  'a abbr b bold code command em emphasis filepath i italic keyword link literal option ph q quote s span strong sub sup term tt u uicontrol ulink userinput xref'.split(
    ' ',
  ),
);
const HEADING_LEVEL_MAX = 6;

/**
 * The text of an XML file: titles as headings, records of the same kind as a table, other elements as paragraphs. No
 * entity is resolved and nothing is fetched: a file that declares entities is refused, for its text would have holes.
 */
export function parseXml(content: Uint8Array): ParsedDocument {
  const prolog = Buffer.from(content.subarray(0, PROLOG_BYTES)).toString('latin1');
  const text = decodeNamed(
    content,
    /^[^<]{0,3}<\?xml[^>]{0,200}encoding\s*=\s*["']([\w-]{2,30})/i.exec(prolog)?.[1],
  );
  if (/<!ENTITY\b/i.test(text))
    throw new UnreadableDocument('DOCUMENT_HOSTILE', 'It declares entities, which are never resolved.');
  const blocks: Block[] = [];
  for (const element of elementsOf(readXml(text))) readElement(element, 0, blocks);
  const heading = blocks.find((block) => block.kind === 'heading');
  return { title: heading?.kind === 'heading' ? heading.text : null, pages: null, blocks };
}

function readElement(element: XmlElement, depth: number, blocks: Block[]): void {
  const children = elementsOf(element);
  if (children.length === 0 || holdsSentence(element)) return readLeaf(element, depth, blocks);
  const table = recordsOf(children);
  if (table) {
    blocks.push({ kind: 'table', rows: table, head: true, page: null });
    return;
  }
  if (
    children.length > 1 &&
    children.every(isLeaf) &&
    !children.some(({ name }) => HEADINGS.has(name)) &&
    distinct(children)
  ) {
    const lines = children.flatMap((child) =>
      lineOf(child) === '' ? [] : [`${child.name}: ${lineOf(child)}`],
    );
    if (lines.length > 0) blocks.push({ kind: 'paragraph', text: lines.join('\n'), page: null });
    return;
  }
  const titled = children.some(({ name }) => HEADINGS.has(name));
  for (const child of children) readElement(child, titled ? depth + 1 : depth, blocks);
}

function readLeaf(element: XmlElement, depth: number, blocks: Block[]): void {
  const text = lineOf(element);
  if (text === '') return;
  if (HEADINGS.has(element.name))
    blocks.push({
      kind: 'heading',
      level: Math.min(Math.max(depth, 1), HEADING_LEVEL_MAX),
      text,
      page: null,
    });
  else blocks.push({ kind: 'paragraph', text, page: null });
}

const lineOf = (element: XmlElement): string => cleanLine(textOf(element));
const isLeaf = (element: XmlElement): boolean => elementsOf(element).length === 0 || holdsSentence(element);
const distinct = (children: readonly XmlElement[]): boolean =>
  new Set(children.map(({ name }) => name)).size === children.length;

/** Text with elements of a sentence in it, and nothing else. */
function holdsSentence(element: XmlElement): boolean {
  const words = element.children.some((child) => typeof child === 'string' && child.trim() !== '');
  return words || elementsOf(element).every(({ name }) => INLINE.has(name.toLowerCase()));
}

/** Two or more siblings of one name, all of leaves or attributes with names of their own: rows under those names. */
function recordsOf(children: readonly XmlElement[]): string[][] | null {
  const [first] = children;
  if (!first || children.length < 2 || !children.every(({ name }) => name === first.name)) return null;
  const columns = new Map<string, number>();
  const records = children.map((child) => {
    const fields = elementsOf(child);
    const record = new Map<string, string>(Object.entries(child.attributes));
    if (fields.length === 0 || !fields.every(isLeaf) || !distinct(fields) || holdsSentence(child))
      return null;
    for (const field of fields) record.set(field.name, lineOf(field));
    for (const name of record.keys()) if (!columns.has(name)) columns.set(name, columns.size);
    return record;
  });
  if (columns.size < 2) return null;
  const rows: string[][] = [[...columns.keys()]];
  for (const record of records) {
    if (!record) return null;
    rows.push([...columns.keys()].map((name) => cleanLine(record.get(name) ?? '')));
  }
  return rows;
}
