import mammoth from 'mammoth';
import { UnreadableDocument } from '../../document-path.errors.js';
import { parseDom } from '../formats/dom.js';
import { readDom } from '../formats/read-dom.js';
import type { Budget } from '../packed/budget.js';
import { HiddenTexts } from '../hidden-text.js';
import type { ParsedDocument, ParseRequest } from '../parsed-document.js';
import { dropHiddenRuns } from './drop-hidden-runs.js';
import { noteComments, noteProperties } from './note-hidden-parts.js';
import { officeTitle, usableTitle } from './office-title.js';
import { OfficeParts, type OfficeKind } from './unpack-office.js';

const DOCX: OfficeKind = {
  extension: 'docx',
  called: 'Word document',
  main: 'word/document.xml',
  needed:
    /^(?:\[Content_Types\]\.xml|_rels\/\.rels|docProps\/(?:core|custom)\.xml|word\/(?:_rels\/)?[\w.-]{1,100}\.(?:xml|rels))$/,
};
const STYLES = ["p[style-name='Title'] => h1.title:fresh", "p[style-name='Subtitle'] => h2:fresh", 'u => em'];

/**
 * Headings, paragraphs, lists, tables and notes of a Word document; pictures, comments, headers, footers, deleted and
 * hidden text are left out.
 */
export async function parseDocx({ content }: ParseRequest, budget: Budget): Promise<ParsedDocument> {
  const parts = await OfficeParts.unpack(content, DOCX, budget);
  const hidden = new HiddenTexts();
  const shown = dropHiddenRuns(parts.text(DOCX.main), parts.text('word/styles.xml'), hidden);
  noteComments(parts, /^word\/comments\w*\.xml$/, hidden);
  noteProperties(parts, hidden);
  const buffer = parts.pack({ [DOCX.main]: shown });
  let html: string;
  try {
    const result = await mammoth.convertToHtml(
      { buffer },
      {
        styleMap: STYLES,
        externalFileAccess: false,
        convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
      },
    );
    html = result.value;
  } catch (cause) {
    if (cause instanceof RangeError) throw new UnreadableDocument('DOCUMENT_TOO_NESTED');
    throw new UnreadableDocument('DOCUMENT_DAMAGED');
  }
  const { body } = parseDom(html);
  const blocks = readDom(body);
  // The first chapter's heading is not what the document is called.
  const heads = [...body.querySelectorAll('h1')];
  const head = body.querySelector('h1.title') ?? (heads.length === 1 ? heads[0] : null);
  return {
    title: officeTitle(parts) ?? usableTitle(head?.textContent),
    pages: null,
    blocks,
    hidden: hidden.all,
  };
}
