import mammoth from 'mammoth';
import { UnreadableDocument } from '../../document-path.errors.js';
import { parseDom } from '../formats/dom.js';
import { readDom } from '../formats/read-dom.js';
import type { Budget } from '../packed/budget.js';
import type { ParsedDocument, ParseRequest } from '../parsed-document.js';
import { dropHiddenRuns } from './drop-hidden-runs.js';
import { officeTitle } from './office-title.js';
import { OfficeParts, type OfficeKind } from './unpack-office.js';

const DOCX: OfficeKind = {
  extension: 'docx',
  called: 'Word document',
  main: 'word/document.xml',
  needed:
    /^(?:\[Content_Types\]\.xml|_rels\/\.rels|docProps\/core\.xml|word\/(?:_rels\/)?[\w.-]{1,100}\.(?:xml|rels))$/,
};
const STYLES = ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => h2:fresh", 'u => em'];

/**
 * Headings, paragraphs, lists, tables and notes of a Word document; pictures, comments, headers, footers, deleted and
 * hidden text are left out.
 */
export async function parseDocx({ content }: ParseRequest, budget: Budget): Promise<ParsedDocument> {
  const parts = OfficeParts.unpack(content, DOCX, budget);
  const buffer = parts.pack({ [DOCX.main]: dropHiddenRuns(parts.text(DOCX.main)) });
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
  const blocks = readDom(parseDom(html).body);
  const heading = blocks.find((block) => block.kind === 'heading' && block.level === 1);
  return {
    title: officeTitle(parts) ?? (heading?.kind === 'heading' ? heading.text : null),
    pages: null,
    blocks,
  };
}
