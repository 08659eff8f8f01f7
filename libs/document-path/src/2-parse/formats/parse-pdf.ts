import './transfer-buffers.js';
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import { UnreadableDocument } from '../../document-path.errors.js';
import type { Block, ParsedDocument, ParseRequest } from '../parsed-document.js';
import type { Budget } from '../packed/budget.js';
import type { ReadFormat } from '../packed/read-inner.js';
import { cleanLine } from './clean-text.js';
import { readLines, type TextPiece } from './read-pdf-lines.js';
import { blocksOfPage, bodySize } from './read-pdf-page.js';

/** Less text than this on a page that shows a picture: the page is a picture. */
const SCAN_CHARACTERS_PER_PAGE = 20;
const SCAN_PAGES_CHECKED = 5;

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

/** The text layer of a PDF with page numbers; NFKC, because many carry compatibility forms of Chinese characters. */
export async function parsePdf(
  { content, limits }: ParseRequest,
  _budget: Budget,
  _readFormat: ReadFormat,
): Promise<ParsedDocument> {
  const pdf = await open(content);
  if (pdf.numPages > limits.DOCUMENT_MAX_PAGES) {
    throw new UnreadableDocument(
      'DOCUMENT_TOO_MANY_PAGES',
      `It has ${pdf.numPages}; the limit is ${limits.DOCUMENT_MAX_PAGES}.`,
    );
  }
  const pages = [];
  let characters = 0;
  for (let number = 1; number <= pdf.numPages; number++) {
    const lines = readLines(await textOf(pdf, number));
    characters += lines.reduce((sum, line) => sum + line.text.length, 0);
    if (characters > limits.DOCUMENT_MAX_CHARACTERS) throw new UnreadableDocument('DOCUMENT_TOO_MUCH_TEXT');
    pages.push({ number, lines });
  }
  if (characters === 0) throw new UnreadableDocument('DOCUMENT_SCANNED');
  if (characters < SCAN_CHARACTERS_PER_PAGE * pdf.numPages && (await showsPictures(pdf))) {
    throw new UnreadableDocument('DOCUMENT_SCANNED');
  }
  const body = bodySize(pages.flatMap((page) => page.lines));
  const blocks: Block[] = pages.flatMap((page) => blocksOfPage(page.lines, page.number, body));
  return { title: (await titleOf(pdf)) ?? firstHeading(blocks), pages: pdf.numPages, blocks };
}

async function open(content: Uint8Array): Promise<Pdf> {
  try {
    // The library takes the bytes over: they are ours to give. No worker, no fonts, no evaluation of code.
    return await getDocumentProxy(new Uint8Array(content), {
      verbosity: 0,
      isEvalSupported: false,
      disableFontFace: true,
      useSystemFonts: false,
    });
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : '';
    throw new UnreadableDocument(name === 'PasswordException' ? 'DOCUMENT_ENCRYPTED' : 'DOCUMENT_DAMAGED');
  }
}

async function textOf(pdf: Pdf, number: number): Promise<TextPiece[]> {
  try {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    page.cleanup();
    return items.flatMap((item) => ('str' in item ? [item as TextPiece] : []));
  } catch {
    throw new UnreadableDocument('DOCUMENT_DAMAGED', `Page ${number} cannot be read.`);
  }
}

async function showsPictures(pdf: Pdf): Promise<boolean> {
  const { OPS } = await getResolvedPDFJS();
  const pictures = new Set<number>([
    OPS.paintImageXObject,
    OPS.paintInlineImageXObject,
    OPS.paintImageMaskXObject,
  ]);
  for (let number = 1; number <= Math.min(pdf.numPages, SCAN_PAGES_CHECKED); number++) {
    const page = await pdf.getPage(number);
    const { fnArray } = await page.getOperatorList();
    if (fnArray.some((operation) => pictures.has(operation))) return true;
  }
  return false;
}

/** The largest heading of the first page, if it says more than a chapter's number. */
function firstHeading(blocks: readonly Block[]): string | null {
  let best: { level: number; text: string } | null = null;
  for (const block of blocks) {
    if (block.kind !== 'heading' || block.page !== 1 || block.text.length < 4) continue;
    if (!best || block.level < best.level) best = block;
  }
  return best?.text ?? null;
}

async function titleOf(pdf: Pdf): Promise<string | null> {
  try {
    const { info } = await pdf.getMetadata();
    const title = (info as { Title?: unknown }).Title;
    const line = typeof title === 'string' ? cleanLine(title.normalize('NFKC')) : '';
    // What programs write when nobody gave a title.
    return line === '' ||
      /^(?:untitled|microsoft word|slide 1|.*\.(?:docx?|pdf|dvi|tex|indd|xlsx?|pptx?)$)/i.test(line)
      ? null
      : line;
  } catch {
    return null;
  }
}
