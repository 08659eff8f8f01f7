import { gunzipSync } from 'node:zlib';
import { looksLikeText, sniffFormat, type Format } from '../../1-accept/sniff-format.js';
import { UnreadableDocument } from '../../document-path.errors.js';
import { decodeText } from '../formats/decode-text.js';
import type { ParsedDocument, ParseRequest } from '../parsed-document.js';
import type { Budget } from './budget.js';
import type { ReadFormat } from './read-inner.js';

const RATIO_MAX = 200;
const RATIO_FROM_BYTES = 10 * 1024 * 1024;
const NAMED = 0x08;
const EXTRA = 0x04;

/** A single file in GZIP: what its header names, or text. Archives of many files (tar) are refused. */
export function parseGzip(
  { content, limits }: ParseRequest,
  budget: Budget,
  readFormat: ReadFormat,
): Promise<ParsedDocument> {
  const inside = budget.within(content);
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const most = Math.max(
    1,
    Math.min(limits.DOCUMENT_MAX_UNPACKED_BYTES, Math.max(RATIO_FROM_BYTES, bytes.length * RATIO_MAX)),
  );
  let unpacked: Buffer;
  try {
    unpacked = gunzipSync(bytes, { maxOutputLength: most });
  } catch (cause) {
    const large = (cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
    throw new UnreadableDocument(large ? 'DOCUMENT_UNPACKS_TOO_LARGE' : 'DOCUMENT_DAMAGED');
  }
  inside.take(unpacked.length);
  if (unpacked.equals(bytes)) throw new UnreadableDocument('DOCUMENT_CONTAINS_ITSELF');
  return readFormat({ format: formatOf(nameIn(bytes), unpacked), content: unpacked, limits }, inside);
}

function formatOf(name: string, content: Buffer): Format {
  const sniffed = sniffFormat(name, content);
  if ('format' in sniffed) return sniffed.format;
  if (sniffed.code === 'DOCUMENT_TYPE_UNSUPPORTED' && looksLikeText(content) && !isTar(content))
    return 'text';
  throw new UnreadableDocument(sniffed.code, sniffed.detail);
}

const isTar = (content: Buffer): boolean => content.subarray(257, 262).toString('latin1') === 'ustar';

/** The name that the header gives (RFC 1952), empty where it gives none. */
function nameIn(content: Buffer): string {
  const flags = content[3] ?? 0;
  if ((flags & NAMED) === 0) return '';
  const start = 10 + ((flags & EXTRA) === 0 ? 0 : 2 + content.readUInt16LE(10));
  const end = content.indexOf(0, start);
  return end < 0 ? '' : decodeText(content.subarray(start, end));
}
