import mammoth from 'mammoth';
import { UnreadableDocument } from '../../document-path.errors.js';
import type { ParsedDocument, ParseLimits } from '../parsed-document.js';
import { parseDom } from './dom.js';
import { readDom } from './read-dom.js';
import { unpackDocx } from './unpack-docx.js';

const STYLES = ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => h2:fresh", 'u => em'];

/** Headings, paragraphs, lists and tables of a Word document; pictures, comments, headers and footers are left out. */
export async function parseDocx(content: Uint8Array, limits: ParseLimits): Promise<ParsedDocument> {
  const buffer = unpackDocx(content, limits.DOCUMENT_MAX_UNPACKED_BYTES);
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
  return { title: heading?.kind === 'heading' ? heading.text : null, pages: null, blocks };
}
