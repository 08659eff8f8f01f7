import { UnreadableDocument } from '../document-path.errors.js';

/**
 * The whole of a stream in memory, which the limit bounds; nothing is kept of a larger one.
 * Throws UnreadableDocument (TOO_LARGE, INCOMPLETE); a sender who goes away half-way is INCOMPLETE.
 */
export async function readLimited(
  source: AsyncIterable<Uint8Array> | Uint8Array,
  limit: number,
  signal: AbortSignal,
): Promise<Buffer> {
  if (source instanceof Uint8Array) {
    if (source.length > limit) throw new UnreadableDocument('DOCUMENT_TOO_LARGE');
    return Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of source) {
      if (signal.aborted) throw new UnreadableDocument('DOCUMENT_INCOMPLETE');
      length += part.length;
      if (length > limit) throw new UnreadableDocument('DOCUMENT_TOO_LARGE');
      parts.push(part);
    }
  } catch (cause) {
    if (cause instanceof UnreadableDocument) throw cause;
    // Multipart readers cut a file at their own limit and say so by an error.
    const code = (cause as { code?: string }).code;
    throw new UnreadableDocument(
      code === 'FST_REQ_FILE_TOO_LARGE' ? 'DOCUMENT_TOO_LARGE' : 'DOCUMENT_INCOMPLETE',
    );
  }
  return Buffer.concat(parts, length);
}
