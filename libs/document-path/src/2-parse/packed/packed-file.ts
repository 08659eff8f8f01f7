import { Zip, ZipProblem, type ZipEntry, type ZipProblemCode } from '@lorekeep/kit/zip';
import { UnreadableDocument, type DocumentCode } from '../../document-path.errors.js';
import { decodeText } from '../formats/decode-text.js';
import type { Budget } from './budget.js';

const CODES: Record<ZipProblemCode, DocumentCode> = {
  damaged: 'DOCUMENT_DAMAGED',
  'directory-too-large': 'DOCUMENT_TOO_MANY_ENTRIES',
  'too-many-entries': 'DOCUMENT_TOO_MANY_ENTRIES',
  encrypted: 'DOCUMENT_ENCRYPTED',
  'unknown-method': 'DOCUMENT_DAMAGED',
  'too-large': 'DOCUMENT_UNPACKS_TOO_LARGE',
  bomb: 'DOCUMENT_UNPACKS_TOO_LARGE',
  torn: 'DOCUMENT_DAMAGED',
};

/** A ZIP whose problems are those of a document, and whose contents are taken out of a budget. */
export class PackedFile {
  private constructor(
    private readonly zip: Zip,
    readonly entries: readonly ZipEntry[],
  ) {}

  /** Nothing is unpacked. Throws UnreadableDocument: DAMAGED, or TOO_MANY_ENTRIES when there are more than `most`. */
  static async of(content: Uint8Array, most: number): Promise<PackedFile> {
    const zip = Zip.of(Buffer.from(content.buffer, content.byteOffset, content.byteLength));
    try {
      return new PackedFile(zip, await zip.entries(most, decodeText));
    } catch (cause) {
      throw unreadable(cause, most);
    }
  }

  /** Throws UnreadableDocument: ENCRYPTED, UNPACKS_TOO_LARGE (by ratio, or beyond the budget), DAMAGED. */
  async unpack(entry: ZipEntry, budget: Budget): Promise<Buffer> {
    try {
      const content = await this.zip.read(entry, { bytes: budget.bytes, refuseBombs: true });
      budget.take(entry.size);
      return content;
    } catch (cause) {
      // It cost as much as if it had been whole.
      if (cause instanceof ZipProblem && cause.code === 'torn') budget.take(entry.size);
      throw unreadable(cause);
    }
  }
}

function unreadable(cause: unknown, most?: number): unknown {
  if (!(cause instanceof ZipProblem)) return cause;
  const code = CODES[cause.code];
  const counted = code === 'DOCUMENT_TOO_MANY_ENTRIES' && most !== undefined;
  return new UnreadableDocument(code, counted ? `The limit is ${most}.` : undefined);
}
