import './transfer-buffers.js';
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import { UnreadableDocument } from '../../document-path.errors.js';
import { usableTitle } from '../office/office-title.js';
import type { Budget } from '../packed/budget.js';
import { notesOf, unreadSection } from '../packed/parse-zip.js';
import { InnerFiles, type ReadFormat } from '../packed/read-inner.js';
import { HiddenTexts } from '../hidden-text.js';
import type { Block, ParsedDocument, ParseRequest } from '../parsed-document.js';
import { LocalData } from './char-maps.js';
import { dropUnseen, type Layers } from './drop-unseen.js';
import { noteComments, noteInfo } from './note-pdf-hidden.js';
import { dropFurniture } from './drop-furniture.js';
import { readForm, type FormField } from './read-pdf-form.js';
import { hyphenatedWords, readLines, type Line, type TextPiece } from './read-pdf-lines.js';
import { blocksOfPage, bodyText } from './read-pdf-page.js';

/** Less text than this on a page that shows a picture: the page is a picture. */
const SCAN_CHARACTERS_PER_PAGE = 20;
/** Pictures have to be decoded to be seen; pages beyond this number without any text are taken for the same. */
const SCAN_PAGES_CHECKED = 20;
/** Numbers of pages named in a note. */
const PAGES_NAMED_MAX = 20;

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;
type Page = Awaited<ReturnType<Pdf['getPage']>>;

interface ReadPage {
  readonly lines: Line[];
  readonly form: readonly Block[];
}

/**
 * The text layer of a PDF with page numbers, filled-in forms and attached files; NFKC, because many carry compatibility
 * forms of Chinese characters. Pages that are pictures are counted in the notes; only such pages: refused.
 */
export async function parsePdf(
  { content, limits }: ParseRequest,
  budget: Budget,
  readFormat: ReadFormat,
): Promise<ParsedDocument> {
  const pdf = await open(content);
  if (pdf.numPages > limits.DOCUMENT_MAX_PAGES) {
    const detail = `It has ${pdf.numPages}; the limit is ${limits.DOCUMENT_MAX_PAGES}.`;
    throw new UnreadableDocument('DOCUMENT_TOO_MANY_PAGES', detail);
  }
  const hidden = new HiddenTexts();
  const { title, hasForm } = await metadataOf(pdf, hidden);
  const pages = await readPages(pdf, hasForm, limits.DOCUMENT_MAX_CHARACTERS, hidden);
  const scanned = await scannedPages(pdf, pages);
  const kept = dropFurniture(pages.map(({ lines }) => lines));
  const all = kept.flat();
  const body = bodyText(all, hyphenatedWords(all));
  const blocks = withHeads(
    kept.flatMap((lines, at) => [...blocksOfPage(lines, at + 1, body), ...(pages[at]?.form ?? [])]),
  );
  const files = new InnerFiles(limits, budget.within(content), readFormat);
  await addAttachments(pdf, files, budget);
  return {
    title: title ?? firstHeading(blocks),
    pages: pdf.numPages,
    blocks: [...blocks, ...files.blocks, ...unreadSection(files)],
    notes: [...scanNotes(scanned, pdf.numPages), ...notesOf(files)],
    hidden: [...hidden.all, ...files.hidden],
  };
}

/** A table that goes on at the top of the next page has the head of the one before. */
function withHeads(blocks: readonly Block[]): Block[] {
  let last: Extract<Block, { kind: 'table' }> | null = null;
  let since = 0;
  return blocks.map((block) => {
    if (block.kind !== 'table') {
      since++;
      return block;
    }
    const head: readonly string[] | undefined = last?.rows[0];
    const nextPage = last !== null && block.page === (last.page ?? 0) + 1;
    // Between the two there may be the rest of the last cell.
    const goesOn = nextPage && head && since <= 1 && block.rows[0]?.length === head.length;
    const repeated = goesOn && block.rows[0]?.every((cell, at) => cell === head[at]);
    last = goesOn && !repeated ? { ...block, rows: [head, ...block.rows] } : block;
    since = 0;
    return last;
  });
}

async function open(content: Uint8Array): Promise<Pdf> {
  try {
    // The library takes the bytes over: they are ours to give. No worker, no fonts, no evaluation of code, no fetching.
    return await getDocumentProxy(new Uint8Array(content), {
      verbosity: 0,
      isEvalSupported: false,
      disableFontFace: true,
      useSystemFonts: false,
      useWorkerFetch: false,
      cMapUrl: 'local/',
      cMapPacked: false,
      BinaryDataFactory: LocalData,
    } as Parameters<typeof getDocumentProxy>[1]);
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : '';
    throw new UnreadableDocument(name === 'PasswordException' ? 'DOCUMENT_ENCRYPTED' : 'DOCUMENT_DAMAGED');
  }
}

async function readPages(pdf: Pdf, hasForm: boolean, most: number, hidden: HiddenTexts): Promise<ReadPage[]> {
  const pages: ReadPage[] = [];
  const layers = await pdf.getOptionalContentConfig();
  let characters = 0;
  for (let number = 1; number <= pdf.numPages; number++) {
    const read = await readPage(pdf, { number, layers }, hasForm, hidden);
    characters += charactersOf(read);
    if (characters > most) throw new UnreadableDocument('DOCUMENT_TOO_MUCH_TEXT');
    pages.push(read);
  }
  return pages;
}

const charactersOf = ({ lines, form }: ReadPage): number =>
  [...lines, ...form].reduce((sum, one) => sum + ('text' in one ? one.text.length : 0), 0);

async function readPage(
  pdf: Pdf,
  place: { readonly number: number; readonly layers: Layers },
  hasForm: boolean,
  hidden: HiddenTexts,
): Promise<ReadPage> {
  const { number } = place;
  try {
    const page = await pdf.getPage(number);
    const { items, styles } = await page.getTextContent();
    const vertical = new Set(Object.keys(styles).filter((font) => styles[font]?.vertical === true));
    const pieces = items.flatMap((item) => ('str' in item ? [item as TextPiece] : []));
    const lines = readLines(await dropUnseen(page, pieces, place, hidden), vertical);
    const notes = (await page.getAnnotations()) as FormField[];
    noteComments(notes, number, hidden);
    page.cleanup();
    return { lines, form: hasForm ? readForm(notes, number) : [] };
  } catch {
    throw new UnreadableDocument('DOCUMENT_DAMAGED', `Page ${number} cannot be read.`);
  }
}

/** Numbers of the pages that are pictures. Throws UnreadableDocument (SCANNED) when there is next to nothing else. */
async function scannedPages(pdf: Pdf, pages: readonly ReadPage[]): Promise<number[]> {
  const scanned: number[] = [];
  let checked = 0;
  let characters = 0;
  for (const [at, read] of pages.entries()) {
    const length = charactersOf(read);
    characters += length;
    if (length >= SCAN_CHARACTERS_PER_PAGE) continue;
    const seen =
      checked++ < SCAN_PAGES_CHECKED ? await showsPictures(await pdf.getPage(at + 1)) : length === 0;
    if (seen) scanned.push(at + 1);
  }
  if (characters === 0)
    throw new UnreadableDocument(scanned.length > 0 ? 'DOCUMENT_SCANNED' : 'DOCUMENT_NO_TEXT');
  if (scanned.length > 0 && characters < SCAN_CHARACTERS_PER_PAGE * pdf.numPages)
    throw new UnreadableDocument('DOCUMENT_SCANNED');
  return scanned;
}

function scanNotes(scanned: readonly number[], pages: number): string[] {
  if (scanned.length === 0) return [];
  const named = scanned.slice(0, PAGES_NAMED_MAX).join(', ');
  const more = scanned.length > PAGES_NAMED_MAX ? ', …' : '';
  return [
    `${scanned.length} of ${pages} pages are pictures without text and cannot be searched: ${named}${more}.`,
  ];
}

async function showsPictures(page: Page): Promise<boolean> {
  const { OPS } = await getResolvedPDFJS();
  const pictures = new Set<number>([
    OPS.paintImageXObject,
    OPS.paintInlineImageXObject,
    OPS.paintImageMaskXObject,
  ]);
  try {
    const { fnArray } = await page.getOperatorList();
    return fnArray.some((operation) => pictures.has(operation));
  } catch {
    // What cannot even be drawn holds nothing to read.
    return true;
  } finally {
    page.cleanup();
  }
}

async function addAttachments(pdf: Pdf, files: InnerFiles, budget: Budget): Promise<void> {
  const found = (await pdf.getAttachments().catch(() => null)) as Record<
    string,
    { filename?: string; content?: Uint8Array }
  > | null;
  for (const [name, { filename, content }] of Object.entries(found ?? {})) {
    budget.takeEntries(1);
    const bytes = content ?? new Uint8Array();
    await files.add({
      path: filename ?? name,
      content() {
        budget.take(bytes.length);
        return bytes;
      },
    });
  }
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

async function metadataOf(
  pdf: Pdf,
  hidden: HiddenTexts,
): Promise<{ title: string | null; hasForm: boolean }> {
  try {
    const { info, metadata } = await pdf.getMetadata();
    noteInfo(info, metadata, hidden);
    const { Title, IsAcroFormPresent } = info as { Title?: unknown; IsAcroFormPresent?: unknown };
    const title = typeof Title === 'string' ? usableTitle(Title.normalize('NFKC')) : null;
    return { title, hasForm: IsAcroFormPresent === true };
  } catch {
    return { title: null, hasForm: false };
  }
}
