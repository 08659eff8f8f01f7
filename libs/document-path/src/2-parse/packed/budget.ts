import { createHash } from 'node:crypto';
import { UnreadableDocument } from '../../document-path.errors.js';
import type { ParseLimits } from '../parsed-document.js';

/**
 * What one uploaded file may still unpack, through all the files within it. A level knows the contents that it lies in,
 * so that a file which contains itself ends at once.
 */
export class Budget {
  private constructor(
    private readonly left: { bytes: number; entries: number },
    private readonly limits: ParseLimits,
    private readonly above: readonly string[],
  ) {}

  static of(limits: ParseLimits): Budget {
    const left = { bytes: limits.DOCUMENT_MAX_UNPACKED_BYTES, entries: limits.DOCUMENT_MAX_ENTRIES };
    return new Budget(left, limits, []);
  }

  get entries(): number {
    return this.left.entries;
  }

  get bytes(): number {
    return this.left.bytes;
  }

  /** Throws UnreadableDocument when nothing of the sort is left. */
  take(bytes: number): void {
    if (bytes > this.left.bytes) throw new UnreadableDocument('DOCUMENT_UNPACKS_TOO_LARGE');
    this.left.bytes -= bytes;
  }

  takeEntries(count: number): void {
    if (count > this.left.entries) {
      const most = this.limits.DOCUMENT_MAX_ENTRIES;
      throw new UnreadableDocument('DOCUMENT_TOO_MANY_ENTRIES', `The limit is ${most}.`);
    }
    this.left.entries -= count;
  }

  /** The level within a packed file. Throws UnreadableDocument when it lies in itself or too deep. */
  within(content: Uint8Array): Budget {
    const hash = createHash('sha256').update(content).digest('hex');
    if (this.above.includes(hash)) throw new UnreadableDocument('DOCUMENT_CONTAINS_ITSELF');
    const most = this.limits.DOCUMENT_MAX_LEVELS;
    if (this.above.length >= most) {
      throw new UnreadableDocument('DOCUMENT_TOO_NESTED', `Packed files are opened ${most} deep.`);
    }
    return new Budget(this.left, this.limits, [...this.above, hash]);
  }
}
