import {
  encodeBlocks,
  encodeDirectory,
  FREQUENCY_MAX,
  LENGTH_MAX,
  type DirectoryDocument,
  type EncodedBlock,
} from './segment-codec.js';

/** A segment before it is stored. */
export interface BuiltSegment {
  readonly passages: number;
  /** Length of all passages, as the directory has it. */
  readonly terms: number;
  readonly directory: Buffer;
  readonly blocks: readonly EncodedBlock[];
}

interface Postings {
  readonly numbers: number[];
  readonly frequencies: number[];
}

/** Collects documents, in ascending order of their numbers, into one segment. */
export class SegmentBuilder {
  private readonly documents: DirectoryDocument[] = [];
  private readonly postings = new Map<string, Postings>();
  passages = 0;
  private terms = 0;

  /** `passages`: the terms of each passage, repeated as often as they occur. Returns the length of each. */
  add(documentId: string, first: number, passages: readonly (readonly string[])[]): Uint16Array {
    const lengths = new Uint16Array(passages.length);
    passages.forEach((terms, place) => {
      const length = Math.min(terms.length, LENGTH_MAX);
      lengths[place] = length;
      this.terms += length;
      for (const term of terms) this.count(term, first + place);
    });
    this.passages += passages.length;
    this.documents.push({ documentId, first, lengths });
    return lengths;
  }

  build(): BuiltSegment {
    return {
      passages: this.passages,
      terms: this.terms,
      directory: encodeDirectory(this.documents),
      blocks: [...encodeBlocks(this.entries())],
    };
  }

  private count(term: string, number: number): void {
    const postings = this.postings.get(term);
    if (!postings) {
      this.postings.set(term, { numbers: [number], frequencies: [1] });
      return;
    }
    const { numbers, frequencies } = postings;
    const last = numbers.length - 1;
    if (numbers[last] !== number) {
      numbers.push(number);
      frequencies.push(1);
    } else frequencies[last] = Math.min((frequencies[last] ?? 0) + 1, FREQUENCY_MAX);
  }

  private *entries() {
    // The default order is that of UTF-16 units, as the codec wants it.
    for (const term of [...this.postings.keys()].sort()) {
      const { numbers, frequencies } = this.postings.get(term) as Postings;
      yield { term, numbers, frequencies };
    }
  }
}

/** The level of a segment by its size: each holds some eight times as many passages as the one below. */
export function levelOf(passages: number): number {
  let level = 1;
  for (let bound = LEVEL_ONE_PASSAGES; passages >= bound; bound *= LEVEL_RATIO) level++;
  return level;
}

const LEVEL_ONE_PASSAGES = 640;
const LEVEL_RATIO = 8;
