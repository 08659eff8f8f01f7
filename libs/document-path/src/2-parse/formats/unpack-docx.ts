import { unzipSync, zipSync, type Unzipped } from 'fflate';
import { UnreadableDocument } from '../../document-path.errors.js';

/** Parts that hold text or say where it is; pictures, fonts and macros are never unpacked. */
const NEEDED =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|docProps\/core\.xml|word\/(?:_rels\/)?[\w.-]{1,100}\.(?:xml|rels))$/;
const ENTRIES_MAX = 10_000;
/** Office's own files stay below 30; a small file beyond this is made to do harm. */
const RATIO_MAX = 200;
const RATIO_FROM_BYTES = 10 * 1024 * 1024;

/**
 * The XML parts of a DOCX, packed again without compression: what follows can only see what was checked here.
 * Throws UnreadableDocument for bombs, document type definitions and files that are no DOCX.
 */
export function unpackDocx(content: Uint8Array, limitBytes: number): Buffer {
  const parts = unpack(content, limitBytes);
  if (!parts['[Content_Types].xml'] || !parts['word/document.xml']) {
    throw new UnreadableDocument(
      'DOCUMENT_TYPE_MISMATCH',
      'Its name ends in .docx, but it is no Word document.',
    );
  }
  for (const part of Object.values(parts)) refuseTypeDefinition(part);
  return Buffer.from(zipSync(parts, { level: 0 }));
}

function unpack(content: Uint8Array, limitBytes: number): Unzipped {
  let entries = 0;
  let unpacked = 0;
  try {
    // fflate never writes past the size that an entry declares, and that is what is counted here.
    return unzipSync(content, {
      filter({ name, originalSize, size }) {
        if (++entries > ENTRIES_MAX) throw new UnreadableDocument('DOCUMENT_UNPACKS_TOO_LARGE');
        if (!NEEDED.test(name)) return false;
        unpacked += originalSize;
        const bomb = originalSize > RATIO_FROM_BYTES && originalSize > size * RATIO_MAX;
        if (bomb || unpacked > limitBytes) throw new UnreadableDocument('DOCUMENT_UNPACKS_TOO_LARGE');
        return true;
      },
    });
  } catch (cause) {
    if (cause instanceof UnreadableDocument) throw cause;
    throw new UnreadableDocument('DOCUMENT_DAMAGED');
  }
}

/** Office writes none; with them come entities that expand without end or read other files. */
function refuseTypeDefinition(part: Uint8Array): void {
  const text = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
  for (const encoding of ['latin1', 'utf16le'] as const) {
    if (
      text.includes(Buffer.from('<!DOCTYPE', encoding)) ||
      text.includes(Buffer.from('<!ENTITY', encoding))
    ) {
      throw new UnreadableDocument('DOCUMENT_HOSTILE');
    }
  }
  if (text.includes(Buffer.from('<!DOCTYPE', 'utf16le').swap16()))
    throw new UnreadableDocument('DOCUMENT_HOSTILE');
}
