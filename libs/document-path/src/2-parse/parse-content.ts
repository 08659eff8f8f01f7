import { UnreadableDocument } from '../document-path.errors.js';
import { parseCsv } from './formats/parse-csv.js';
import { parseDocx } from './formats/parse-docx.js';
import { parseHtml } from './formats/parse-html.js';
import { parseMarkdown } from './formats/parse-markdown.js';
import { parsePdf } from './formats/parse-pdf.js';
import { parseText } from './formats/parse-text.js';
import type { Block, ParsedDocument, ParseRequest } from './parsed-document.js';

/** Reads a file of a known format. Throws UnreadableDocument; runs in the parser process. */
export async function parseContent(request: ParseRequest): Promise<ParsedDocument> {
  try {
    return bounded(await byFormat(request), request.limits.DOCUMENT_MAX_CHARACTERS);
  } catch (cause) {
    if (cause instanceof UnreadableDocument) throw cause;
    // The stack is bounded, the nesting of a hostile file is not.
    if (cause instanceof RangeError) throw new UnreadableDocument('DOCUMENT_TOO_NESTED');
    throw new UnreadableDocument('DOCUMENT_DAMAGED');
  }
}

function byFormat({ format, content, limits }: ParseRequest): ParsedDocument | Promise<ParsedDocument> {
  switch (format) {
    case 'markdown':
      return parseMarkdown(content);
    case 'text':
      return parseText(content);
    case 'csv':
      return parseCsv(content);
    case 'html':
      return parseHtml(content);
    case 'docx':
      return parseDocx(content, limits);
    case 'pdf':
      return parsePdf(content, limits);
  }
}

function bounded(parsed: ParsedDocument, limit: number): ParsedDocument {
  const characters = parsed.blocks.reduce((sum, block) => sum + lengthOf(block), 0);
  if (characters > limit) throw new UnreadableDocument('DOCUMENT_TOO_MUCH_TEXT');
  if (characters === 0) throw new UnreadableDocument('DOCUMENT_NO_TEXT');
  return parsed;
}

const lengthOf = (block: Block): number =>
  block.kind === 'table'
    ? block.rows.reduce((sum, row) => sum + row.reduce((width, cell) => width + cell.length, 0), 0)
    : block.text.length;
