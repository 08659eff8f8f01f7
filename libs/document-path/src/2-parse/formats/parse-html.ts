import { Readability } from '@mozilla/readability';
import { HiddenTexts } from '../hidden-text.js';
import type { Block, ParsedDocument } from '../parsed-document.js';
import { cleanLine } from './clean-text.js';
import { decodeNamed } from './decode-text.js';
import { parseDom, type DomDocument } from './dom.js';
import { dropHidden } from './drop-hidden.js';
import { readDom } from './read-dom.js';

/** Below this share of the page's text, what Readability kept is a part of the content, not the content. */
const ARTICLE_SHARE_MIN = 0.5;
const STRUCTURE_SHARE_MIN = 0.8;
const FURNITURE = 'nav, aside, [role=navigation], [role=banner], [role=contentinfo], [role=search]';

/** A page without the site around it: mail, which is all content. */
export function readHtml(html: string, hidden = new HiddenTexts()): Block[] {
  const document = parseDom(html);
  dropHidden(document, hidden);
  return readDom(document.body);
}

/** The content of a page, without scripts, styles, hidden text and the site around it. */
export function parseHtml(content: Uint8Array): ParsedDocument {
  const document = parseDom(decodeHtml(content));
  const title = cleanLine(document.title);
  const hidden = new HiddenTexts();
  dropHidden(document, hidden);
  const whole = readPage(document);
  const article = readArticle(document);
  const blocks = article && keeps(article, whole) ? article : whole;
  const heading = blocks.find((block) => block.kind === 'heading');
  return {
    title: title || (heading?.kind === 'heading' ? heading.text : null),
    pages: null,
    blocks,
    hidden: hidden.all,
  };
}

function readPage(document: DomDocument): Block[] {
  const copy = parseDom(document.querySelector('body')?.innerHTML ?? '');
  for (const element of [...copy.querySelectorAll(FURNITURE)]) element.remove();
  return readDom(copy.body);
}

function readArticle(document: DomDocument): Block[] | null {
  const main = new Set(
    [...document.querySelectorAll('h1')].map((element) => cleanLine(element.textContent ?? '')),
  );
  const Reader = Readability as unknown as new (
    from: DomDocument,
    options: object,
  ) => { parse(): { content?: string | null } | null };
  let content: string | null | undefined;
  try {
    content = new Reader(document, { charThreshold: 200, maxElemsToParse: 100_000 }).parse()?.content;
  } catch {
    // too large or too odd for it: the whole page is read instead
    return null;
  }
  if (!content) return null;
  return restoreMain(readDom(parseDom(content).body), main);
}

/** Readability makes main headings second ones, and takes a lone one out as the title. */
function restoreMain(blocks: readonly Block[], main: ReadonlySet<string>): Block[] {
  const restored = blocks.map((block) =>
    block.kind === 'heading' && block.level === 2 && main.has(block.text) ? { ...block, level: 1 } : block,
  );
  const [only] = main.size === 1 ? main : [];
  if (!only || restored.some((block) => block.kind === 'heading' && block.text === only)) return restored;
  return [{ kind: 'heading', level: 1, text: only, page: null }, ...restored];
}

/** Half of the text, and nearly all tables and headings: Readability takes some for layout and makes text of them. */
function keeps(article: readonly Block[], whole: readonly Block[]): boolean {
  return (
    textLength(article) >= ARTICLE_SHARE_MIN * textLength(whole) &&
    tableRows(article) >= STRUCTURE_SHARE_MIN * tableRows(whole) &&
    headings(article) >= ARTICLE_SHARE_MIN * headings(whole)
  );
}

const tableRows = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, block) => sum + (block.kind === 'table' ? block.rows.length : 0), 0);
const headings = (blocks: readonly Block[]): number => blocks.filter(({ kind }) => kind === 'heading').length;

const textLength = (blocks: readonly Block[]): number =>
  blocks.reduce(
    (sum, block) => sum + (block.kind === 'table' ? block.rows.flat().join('').length : block.text.length),
    0,
  );

/** A page may name its encoding; a byte order mark and valid UTF-8 go before. */
function decodeHtml(content: Uint8Array): string {
  const head = Buffer.from(content.subarray(0, 2_048)).toString('latin1');
  return decodeNamed(content, /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,30})/i.exec(head)?.[1]);
}
