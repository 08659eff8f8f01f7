import { UnreadableDocument } from '../document-path.errors.js';
import { parseCsv } from './formats/parse-csv.js';
import { parseHtml } from './formats/parse-html.js';
import { parseMarkdown } from './formats/parse-markdown.js';
import { parsePdf } from './pdf/parse-pdf.js';
import { parseText } from './formats/parse-text.js';
import { parseXml } from './formats/parse-xml.js';
import { parseEml } from './mail/parse-eml.js';
import { parseMsg } from './mail/parse-msg.js';
import { parseDocx } from './office/parse-docx.js';
import { parsePptx } from './office/parse-pptx.js';
import { parseXlsx } from './office/parse-xlsx.js';
import { Budget } from './packed/budget.js';
import { parseGzip } from './packed/parse-gzip.js';
import { parseZip } from './packed/parse-zip.js';
import { boundedHidden } from './hidden-text.js';
import { lengthOf } from './packed/read-inner.js';
import type { ParsedDocument, ParseRequest } from './parsed-document.js';

/**
 * Reads a file of a known format, and the files within it, which share one budget. Throws UnreadableDocument; runs in
 * the parser process.
 */
export async function parseContent(
  request: ParseRequest,
  budget: Budget = Budget.of(request.limits),
): Promise<ParsedDocument> {
  try {
    return bounded(await byFormat(request, budget), request.limits.DOCUMENT_MAX_CHARACTERS);
  } catch (cause) {
    if (cause instanceof UnreadableDocument) throw cause;
    // The stack is bounded, the nesting of a hostile file is not.
    if (cause instanceof RangeError) throw new UnreadableDocument('DOCUMENT_TOO_NESTED');
    throw new UnreadableDocument('DOCUMENT_DAMAGED');
  }
}

function byFormat(request: ParseRequest, budget: Budget): ParsedDocument | Promise<ParsedDocument> {
  const { format, content } = request;
  switch (format) {
    case 'markdown':
      return parseMarkdown(content);
    case 'text':
      return parseText(content);
    case 'csv':
      return parseCsv(content);
    case 'html':
      return parseHtml(content);
    case 'xml':
      return parseXml(content);
    case 'docx':
      return parseDocx(request, budget);
    case 'xlsx':
      return parseXlsx(request, budget);
    case 'pptx':
      return parsePptx(request, budget);
    case 'pdf':
      return parsePdf(request, budget, parseContent);
    case 'eml':
      return parseEml(request, budget, parseContent);
    case 'msg':
      return parseMsg(request, budget, parseContent);
    case 'zip':
      return parseZip(request, budget, parseContent);
    case 'gzip':
      return parseGzip(request, budget, parseContent);
  }
}

function bounded(parsed: ParsedDocument, limit: number): ParsedDocument {
  const characters = parsed.blocks.reduce((sum, block) => sum + lengthOf(block), 0);
  if (characters > limit) throw new UnreadableDocument('DOCUMENT_TOO_MUCH_TEXT');
  if (characters === 0) throw new UnreadableDocument('DOCUMENT_NO_TEXT');
  return parsed.hidden ? { ...parsed, hidden: boundedHidden(parsed.hidden) } : parsed;
}
