import { FREQUENCY_MAX } from './segment-codec.js';

/**
 * Order-independent fingerprints of the postings of passages: 64 bits each, the sum of a hash of every (term, frequency).
 * Postings in any order, from any number of lists, come to the same; one missing, added or changed does not.
 */
export class PostingHashes {
  private readonly low: Uint32Array;
  private readonly high: Uint32Array;

  constructor(passages: number) {
    this.low = new Uint32Array(passages);
    this.high = new Uint32Array(passages);
  }

  add(place: number, term: TermHash, frequency: number): void {
    // A typed array keeps the sum within its 32 bits.
    this.low[place] = (this.low[place] ?? 0) + mix(term.low ^ frequency);
    this.high[place] = (this.high[place] ?? 0) + mix(term.high ^ frequency);
  }

  /** Whether the passage at this place has exactly these terms, repeated as often as they occur. */
  matches(place: number, terms: readonly string[]): boolean {
    const counts = new Map<string, number>();
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
    const expected = new PostingHashes(1);
    for (const [term, count] of counts) expected.add(0, hashTerm(term), Math.min(count, FREQUENCY_MAX));
    return this.low[place] === expected.low[0] && this.high[place] === expected.high[0];
  }
}

export interface TermHash {
  readonly low: number;
  readonly high: number;
}

/** FNV-1a over the UTF-16 units, from two beginnings. */
export function hashTerm(term: string): TermHash {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let i = 0; i < term.length; i++) {
    const unit = term.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x01000193) ^ (high >>> 15);
  }
  return { low, high };
}

/** The finalizer of MurmurHash3: every bit of the value moves every bit of the result. */
function mix(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
