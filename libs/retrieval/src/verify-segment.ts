import type { Tx } from '@lorekeep/kit/database';
import { hashTerm, PostingHashes } from './hash-postings.js';
import { passageTerms } from './passage-terms.js';
import {
  DamagedSegment,
  decodeDirectory,
  decodeList,
  LENGTH_MAX,
  readBlock,
  termKey,
  type DirectoryDocument,
} from './segment-codec.js';

export interface StoredSegment extends Record<string, unknown> {
  readonly id: string;
  readonly passages: number;
  readonly terms: string;
  readonly bytes: string;
}

export interface StoredDocument extends Record<string, unknown> {
  readonly id: string;
  readonly title: string;
  readonly first: number | null;
  readonly passages: number;
  readonly terms: number;
  readonly current: boolean;
  readonly changedIn: string;
}

/** Says what is wrong, in one sentence. */
export type Finding = (sentence: string, documentId?: string) => void;

const BLOCKS_PER_FETCH = 256;
const DOCUMENTS_PER_FETCH = 200;

interface BlockRow extends Record<string, unknown> {
  readonly firstTerm: Buffer;
  readonly data: Buffer;
}

/** The directory of a segment, compared with what the segment says of itself. Empty when it cannot be read. */
export async function verifyDirectory(
  tx: Tx,
  segment: StoredSegment,
  say: Finding,
): Promise<DirectoryDocument[]> {
  const [row] = await tx.query<{ directory: Buffer }>('select directory from segment where id = $1', [
    segment.id,
  ]);
  let documents: DirectoryDocument[] = [];
  try {
    documents = decodeDirectory(row?.directory ?? Buffer.of());
  } catch (error) {
    say(`The directory of segment ${segment.id} cannot be read (${reason(error)}).`);
    return [];
  }
  const passages = documents.reduce((sum, { lengths }) => sum + lengths.length, 0);
  const terms = documents.reduce((sum, { lengths }) => sum + lengths.reduce((a, b) => a + b, 0), 0);
  if (passages !== segment.passages)
    say(
      `Segment ${segment.id} says that it has ${segment.passages} passages; its directory has ${passages}.`,
    );
  if (terms !== Number(segment.terms))
    say(`Segment ${segment.id} says that it has ${segment.terms} terms; its directory has ${terms}.`);
  return documents;
}

/** Where the passages of a directory stand in an array that has no gaps. */
export class Places {
  readonly size: number;
  private readonly firsts: number[] = [];
  private readonly begins: number[] = [];

  constructor(private readonly documents: readonly DirectoryDocument[]) {
    let size = 0;
    for (const { first, lengths } of documents) {
      this.firsts.push(first);
      this.begins.push(size);
      size += lengths.length;
    }
    this.size = size;
  }

  /** -1: no document of the directory has this number. */
  of(number: number): number {
    let low = 0;
    let high = this.firsts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.firsts[middle] ?? 0) <= number) low = middle + 1;
      else high = middle;
    }
    const document = this.documents[low - 1];
    const within = document ? number - document.first : -1;
    return document && within < document.lengths.length ? (this.begins[low - 1] ?? 0) + within : -1;
  }
}

/** Reads every block: in order, readable, of the size that the segment says. The fingerprints of all its passages. */
export async function verifyBlocks(
  tx: Tx,
  segment: StoredSegment,
  places: Places,
  say: Finding,
): Promise<PostingHashes> {
  const hashes = new PostingHashes(places.size);
  let after = Buffer.of() as Buffer;
  let lastTerm: string | null = null;
  let bytes = 0;
  let strangers = 0;
  for (;;) {
    const rows = await tx.query<BlockRow>(
      `select first_term as "firstTerm", data from posting_block where segment_id = $1 and first_term > $2
        order by first_term limit ${BLOCKS_PER_FETCH}`,
      [segment.id, after],
    );
    for (const { firstTerm, data } of rows) {
      bytes += data.length;
      const about = `a block of segment ${segment.id} (${firstTerm.toString('hex').slice(0, 40)})`;
      try {
        const read = verifyBlock(data, places, hashes);
        strangers += read.strangers;
        if (!read.first || !termKey(read.first).equals(firstTerm))
          say(`The key of ${about} is not its first term.`);
        else if (lastTerm !== null && read.first <= lastTerm) say(`The terms of ${about} are out of order.`);
        lastTerm = read.last ?? lastTerm;
      } catch (error) {
        say(`The postings of ${about} cannot be read (${reason(error)}).`);
      }
      after = firstTerm;
    }
    if (rows.length < BLOCKS_PER_FETCH) break;
  }
  if (bytes !== Number(segment.bytes))
    say(`Segment ${segment.id} says that its blocks have ${segment.bytes} bytes; they have ${bytes}.`);
  if (strangers > 0)
    say(`Segment ${segment.id} has ${strangers} postings of passages that are not in its directory.`);
  return hashes;
}

function verifyBlock(
  data: Buffer,
  places: Places,
  hashes: PostingHashes,
): { first: string | null; last: string | null; strangers: number } {
  let first: string | null = null;
  let last: string | null = null;
  let strangers = 0;
  for (const { term, count, bytes } of readBlock(data)) {
    first ??= term;
    last = term;
    const { numbers, frequencies } = decodeList(bytes, count);
    const hash = hashTerm(term);
    for (let i = 0; i < numbers.length; i++) {
      const place = places.of(numbers[i] as number);
      if (place < 0) strangers++;
      else hashes.add(place, hash, frequencies[i] as number);
    }
  }
  return { first, last, strangers };
}

/** What stands beside one live document: its place in the directory, and the fingerprints of the segment. */
export interface IndexedDocument {
  readonly document: StoredDocument;
  readonly lengths: Uint16Array;
}

/** Compares the index of live documents with their passages. `done`: passages looked at. */
export async function verifyPassages(
  tx: Tx,
  indexed: readonly IndexedDocument[],
  index: { places: Places; hashes: PostingHashes },
  options: { say: Finding; done: (passages: number) => Promise<void> },
): Promise<void> {
  for (let begin = 0; begin < indexed.length; begin += DOCUMENTS_PER_FETCH) {
    const part = indexed.slice(begin, begin + DOCUMENTS_PER_FETCH);
    const rows = await tx.query<PassageText>(
      `select document_id as "documentId", ordinal, heading, content, terms from passage
        where document_id = any ($1::uuid[]) order by document_id, ordinal`,
      [part.map(({ document }) => document.id)],
    );
    const texts = new Map<string, PassageText[]>();
    for (const row of rows) {
      const list = texts.get(row.documentId);
      if (list) list.push(row);
      else texts.set(row.documentId, [row]);
    }
    for (const one of part) verifyDocument(one, texts.get(one.document.id) ?? [], index, options.say);
    await options.done(part.reduce((sum, { lengths }) => sum + lengths.length, 0));
  }
}

interface PassageText extends Record<string, unknown> {
  readonly documentId: string;
  readonly ordinal: number;
  readonly heading: string;
  readonly content: string;
  readonly terms: number;
}

function verifyDocument(
  { document, lengths }: IndexedDocument,
  rows: readonly PassageText[],
  index: { places: Places; hashes: PostingHashes },
  report: Finding,
): void {
  const name = `document ${document.id}`;
  const say = (sentence: string): void => report(sentence, document.id);
  if (rows.length !== document.passages || rows.some(({ ordinal }, place) => ordinal !== place)) {
    say(`The passages of ${name} are not complete: ${rows.length} of ${document.passages}.`);
    return;
  }
  if (rows.length !== lengths.length) {
    say(`The index has ${lengths.length} passages of ${name}; it has ${rows.length}.`);
    return;
  }
  let sum = 0;
  passageTerms(document.title, rows).forEach((terms, place) => {
    const row = rows[place] as PassageText;
    const length = Math.min(terms.length, LENGTH_MAX);
    sum += length;
    if (length !== lengths[place] || length !== row.terms)
      say(`The length of passage ${place} of ${name} is ${length} terms, not as the index or its row says.`);
    const number = (document.first ?? 0) + place;
    if (!index.hashes.matches(index.places.of(number), terms))
      say(`The postings of passage ${place} of ${name} are not those of its text.`);
  });
  if (sum !== document.terms)
    say(`The passages of ${name} have ${sum} terms; its row says ${document.terms}.`);
}

const reason = (error: unknown): string => {
  if (error instanceof DamagedSegment) return error.message;
  throw error;
};
