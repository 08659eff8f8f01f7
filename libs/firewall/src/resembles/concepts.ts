import { CONCEPT_WORDS } from './concept-words.js';

/** Concepts that words stand for, in either language: what an attack and a question are both made of. */
export const CONCEPTS = Object.keys(CONCEPT_WORDS) as readonly (keyof typeof CONCEPT_WORDS)[];
export type Concept = (typeof CONCEPTS)[number];

const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;
/** Hash of no units; `hashOn` takes one unit more. FNV-1a. */
export const NO_UNITS = OFFSET | 0;
export function hashOn(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, PRIME);
}

const SIEVE_BITS = 14;
/** Some times as many as there are strings. */
const SLOT_BITS = 12;
/** Of a string: so many concepts at most, a byte each. */
const CONCEPTS_SHIFT = 2;

/** From the hash of a string to the concepts it stands for; most strings stand for none, and are turned away early. */
export class ConceptTable {
  /** Bits, not bytes: the nearest cache holds all of it. */
  private readonly sieve = new Int32Array(1 << (SIEVE_BITS - 5));
  /** Open addressing: the hash of each string in its slot or one of the next, and what it stands for, plus one. */
  private readonly hashes = new Int32Array(1 << SLOT_BITS);
  private readonly concepts = new Uint8Array(1 << (SLOT_BITS + CONCEPTS_SHIFT));

  put(word: string, concept: number): void {
    let hash = NO_UNITS;
    for (let at = 0; at < word.length; at++) hash = hashOn(hash, word.charCodeAt(at));
    const slot = hash >>> (32 - SIEVE_BITS);
    this.sieve[slot >>> 5] = (this.sieve[slot >>> 5] ?? 0) | (1 << (slot & 31));
    const at = this.slotOf(hash);
    this.hashes[at] = hash;
    const from = at << CONCEPTS_SHIFT;
    const own = this.concepts.subarray(from, from + (1 << CONCEPTS_SHIFT));
    const free = own.indexOf(0);
    if (own.includes(concept + 1)) return;
    if (free < 0) throw new RangeError(`a word of too many concepts: ${word}`);
    own[free] = concept + 1;
  }

  /** False where a string stands for nothing: small enough to be a part of the loop that asks. */
  mayHold(hash: number): boolean {
    const slot = hash >>> (32 - SIEVE_BITS);
    return (((this.sieve[slot >>> 5] ?? 0) >>> (slot & 31)) & 1) !== 0;
  }

  /** The concept at a place of those that a string stands for, in the order in which they were put; -1 beyond the last. */
  conceptAt(slot: number, place: number): number {
    return place < 1 << CONCEPTS_SHIFT ? (this.concepts[(slot << CONCEPTS_SHIFT) | place] ?? 0) - 1 : -1;
  }

  /** Where a hash stands, or the free slot where it would. */
  slotOf(hash: number): number {
    const { hashes, concepts } = this;
    let at = hash >>> (32 - SLOT_BITS);
    while (hashes[at] !== hash && concepts[at << CONCEPTS_SHIFT] !== 0) at = (at + 1) & (hashes.length - 1);
    return at;
  }
}

/** Stems are shorter nowhere: else they would stand in too many words. */
export const STEM_MIN = 4;

/** Whole words, stems that words begin with, and Chinese words with how many characters they have at most. */
export interface ConceptTables {
  readonly words: ConceptTable;
  readonly stems: ConceptTable;
  readonly han: ConceptTable;
  /** Which characters a Chinese word begins with, and how long such words are. */
  readonly hanFrom: Uint8Array;
  /** What stems begin with, STEM_MIN units each: most words have no stem at all. */
  readonly beginnings: ConceptTable;
}

export function conceptTables(): ConceptTables {
  const tables = {
    words: new ConceptTable(),
    stems: new ConceptTable(),
    han: new ConceptTable(),
    hanFrom: new Uint8Array(0x10000),
    beginnings: new ConceptTable(),
  };
  CONCEPTS.forEach((name, concept) => {
    const { words, stems, han } = CONCEPT_WORDS[name];
    for (const word of split(words)) tables.words.put(word, concept);
    for (const stem of split(stems)) {
      tables.stems.put(stem, concept);
      tables.beginnings.put(stem.slice(0, STEM_MIN), 0);
    }
    for (const word of split(han)) {
      tables.han.put(word, concept);
      const first = word.charCodeAt(0);
      tables.hanFrom[first] = Math.max(tables.hanFrom[first] ?? 0, word.length);
    }
  });
  return tables;
}

function split(words: string): string[] {
  return words.split(' ').filter((word) => word !== '');
}
