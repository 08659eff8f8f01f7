/**
 * Bytes of the index (../DESIGN.md), and nothing else. All varints are LEB128, unsigned.
 * - Directory: format; number of documents; per document in ascending order: 16 bytes of id, gap between its first
 *   number and the number behind the document before, number of passages, and the length of each.
 * - Block: format; entries in ascending order of the term: (UTF-16 units << 1 | wide), the term with one byte per unit,
 *   or two (little-endian) when wide; number of postings; number of bytes of the list; the list.
 * - List: per posting (gap - 1) << 1 | (frequency > 1), then one byte of frequency where that bit is set; the gap of
 *   the first is from -1.
 */
import { DamagedSegment, FORMAT, Reader, UUID_BYTES, varintBytes, writeVarint } from './segment-bytes.js';

export { DamagedSegment };

/** Passages of one document in a segment: numbers `first … first + lengths.length - 1`. */
export interface DirectoryDocument {
  readonly documentId: string;
  readonly first: number;
  /** In index terms, at most LENGTH_MAX. */
  readonly lengths: Uint16Array;
}

/** The same in columns, which is what a search of a million passages wants. */
export interface DirectoryColumns {
  readonly documentIds: string[];
  readonly first: Uint32Array;
  /** Passages of each document; their lengths follow one another in `lengths`. */
  readonly passages: Uint32Array;
  readonly lengths: Uint16Array;
}

/** Ascending passage numbers with the frequency of the term in each, at most FREQUENCY_MAX. */
export interface PostingList {
  readonly numbers: Uint32Array;
  readonly frequencies: Uint8Array;
}

/** One list on its way into a block; plain arrays do as well. */
export interface PostingEntry {
  readonly term: string;
  readonly numbers: ArrayLike<number>;
  readonly frequencies: ArrayLike<number>;
}

/** A row of `posting_block`. */
export interface EncodedBlock {
  readonly firstTerm: Buffer;
  readonly data: Buffer;
}

export interface BlockEntry {
  readonly term: string;
  readonly count: number;
  readonly bytes: Uint8Array;
}

export const LENGTH_MAX = 65_535;
export const FREQUENCY_MAX = 255;
/** A gap with its flag must fit into 32 bits. */
export const NUMBER_MAX = 2 ** 31 - 1;
/** With its key and header four rows fill a page of Postgres, and none of them is moved out of the table. */
export const BLOCK_BYTES = 1_900;

/** Number, count and length of a document's passages take at least one byte each. */
const DOCUMENT_BYTES_MIN = UUID_BYTES + 2;
/** Three varints of five bytes at most. */
const ENTRY_OVERHEAD = 15;
/** A varint and a frequency. */
const POSTING_BYTES_MAX = 6;

/** The term as Postgres must order it: UTF-16, big-endian. */
export function termKey(term: string): Buffer {
  return Buffer.from(term, 'utf16le').swap16();
}

/** Documents in ascending order of their numbers. */
export function encodeDirectory(documents: readonly DirectoryDocument[]): Buffer {
  const passages = documents.reduce((sum, { lengths }) => sum + lengths.length, 0);
  const data = Buffer.allocUnsafe(6 + documents.length * (UUID_BYTES + 10) + passages * 3);
  data[0] = FORMAT;
  let at = writeVarint(data, 1, documents.length);
  let next = 0;
  for (const { documentId, first, lengths } of documents) {
    if (first < next || first + lengths.length - 1 > NUMBER_MAX)
      throw new RangeError('documents of a directory overlap or are out of order');
    if (data.write(documentId.replaceAll('-', ''), at, 'hex') !== UUID_BYTES)
      throw new RangeError('a document of a directory has no uuid');
    at = writeVarint(data, at + UUID_BYTES, first - next);
    at = writeVarint(data, at, lengths.length);
    for (const length of lengths) at = writeVarint(data, at, length);
    next = first + lengths.length;
  }
  return Buffer.from(data.subarray(0, at));
}

/** @throws DamagedSegment */
export function decodeDirectory(data: Uint8Array): DirectoryDocument[] {
  const { documentIds, first, passages, lengths } = decodeDirectoryColumns(data);
  let at = 0;
  return documentIds.map((documentId, i) => {
    const end = at + (passages[i] ?? 0);
    const document = { documentId, first: first[i] ?? 0, lengths: lengths.subarray(at, end) };
    at = end;
    return document;
  });
}

/** @throws DamagedSegment */
export function decodeDirectoryColumns(data: Uint8Array): DirectoryColumns {
  const reader = new Reader(data);
  const count = reader.varint();
  if (count * DOCUMENT_BYTES_MIN > data.length) throw new DamagedSegment('more documents than bytes');
  const documentIds: string[] = [];
  const first = new Uint32Array(count);
  const passages = new Uint32Array(count);
  // One byte per length at least.
  const lengths = new Uint16Array(data.length);
  let total = 0;
  let next = 0;
  for (let i = 0; i < count; i++) {
    documentIds.push(reader.uuid());
    next += reader.varint();
    const size = reader.varint();
    if (size > data.length - reader.at) throw new DamagedSegment('more passages than bytes');
    if (next + size - 1 > NUMBER_MAX) throw new DamagedSegment('a passage number beyond the highest');
    first[i] = next;
    passages[i] = size;
    next += size;
    for (const end = total + size; total < end; total++) {
      const length = reader.varint();
      if (length > LENGTH_MAX) throw new DamagedSegment('a passage longer than can be');
      lengths[total] = length;
    }
  }
  if (!reader.done) throw new DamagedSegment('bytes behind the directory');
  return { documentIds, first, passages, lengths: lengths.slice(0, total) };
}

/** @throws DamagedSegment */
export function decodeList(bytes: Uint8Array, count: number): PostingList {
  if (count > bytes.length) throw new DamagedSegment('more postings than bytes');
  const numbers = new Uint32Array(count);
  const frequencies = new Uint8Array(count).fill(1);
  let at = 0;
  let number = -1;
  for (let i = 0; i < count; i++) {
    let value = bytes[at++] as number;
    if (value > 127) {
      let byte = bytes[at++] as number;
      value = (value & 127) | ((byte & 127) << 7);
      for (let shift = 14; byte > 127; shift += 7) {
        if (shift > 28) throw new DamagedSegment('a number of more than 32 bits');
        byte = bytes[at++] as number;
        value |= (byte & 127) << shift;
      }
    }
    number += (value >>> 1) + 1;
    numbers[i] = number;
    if (value & 1) frequencies[i] = bytes[at++] as number;
  }
  // Reading past the end gives zeros and ends here, as do numbers that wrapped.
  if (at !== bytes.length) throw new DamagedSegment('a posting list of another length than it says');
  if (number > NUMBER_MAX) throw new DamagedSegment('a passage number beyond the highest');
  return { numbers, frequencies };
}

/** Fills blocks one entry after another, for sources that are themselves read piece by piece. */
export class BlockWriter {
  private data = Buffer.allocUnsafe(BLOCK_BYTES * 2);
  private at = 1;
  private firstTerm: string | null = null;
  private last: string | null = null;

  /** The block that is full, if this entry begins another. Terms in ascending order. */
  add({ term, numbers, frequencies }: PostingEntry): EncodedBlock | null {
    if (this.last !== null && term <= this.last) throw new RangeError('terms of a block are out of order');
    this.last = term;
    const before = this.at;
    this.reserve(ENTRY_OVERHEAD + term.length * 2 + numbers.length * POSTING_BYTES_MAX);
    const wide = isWide(term);
    this.at = writeVarint(this.data, this.at, term.length * 2 + (wide ? 1 : 0));
    this.at += this.data.write(term, this.at, wide ? 'utf16le' : 'latin1');
    this.at = writeVarint(this.data, this.at, numbers.length);
    this.at = writeList(this.data, this.at, numbers, frequencies);
    const full = this.firstTerm !== null && this.at > BLOCK_BYTES;
    const block = full ? this.cut(before) : null;
    this.firstTerm ??= term;
    return block;
  }

  /** What is left. */
  end(): EncodedBlock | null {
    return this.firstTerm === null ? null : this.cut(this.at);
  }

  private cut(at: number): EncodedBlock {
    const block = {
      firstTerm: termKey(this.firstTerm ?? ''),
      data: Buffer.from(this.data.subarray(0, at)),
    };
    block.data[0] = FORMAT;
    this.data.copyWithin(1, at, this.at);
    this.at = 1 + this.at - at;
    this.firstTerm = null;
    return block;
  }

  private reserve(bytes: number): void {
    if (this.at + bytes <= this.data.length) return;
    const larger = Buffer.allocUnsafe(this.at + bytes);
    this.data.copy(larger, 0, 0, this.at);
    this.data = larger;
  }
}

/** Entries in ascending order of the term; each with at least one posting. */
export function* encodeBlocks(entries: Iterable<PostingEntry>): Iterable<EncodedBlock> {
  const writer = new BlockWriter();
  for (const entry of entries) {
    const block = writer.add(entry);
    if (block) yield block;
  }
  const rest = writer.end();
  if (rest) yield rest;
}

/** The entries in order; their bytes are views of `data`. @throws DamagedSegment */
export function* readBlock(data: Uint8Array): Iterable<BlockEntry> {
  const reader = new Reader(data);
  let last: string | null = null;
  while (!reader.done) {
    const head = reader.varint();
    const term = reader.text(head >>> 1, (head & 1) === 1);
    if (last !== null && term <= last) throw new DamagedSegment('terms out of order');
    last = term;
    const count = reader.varint();
    const bytes = reader.bytes(reader.varint());
    if (count === 0 || count > bytes.length) throw new DamagedSegment('more postings than bytes');
    yield { term, count, bytes };
  }
}

/** The list of one term; null if the block does not have it. @throws DamagedSegment */
export function findInBlock(
  data: Uint8Array,
  term: string,
): { readonly count: number; readonly bytes: Uint8Array } | null {
  const wide = isWide(term);
  const wanted = Buffer.from(term, wide ? 'utf16le' : 'latin1');
  const wantedHead = term.length * 2 + (wide ? 1 : 0);
  const reader = new Reader(data);
  while (!reader.done) {
    const head = reader.varint();
    const found = head === wantedHead && reader.startsWith(wanted);
    reader.skip(head & 1 ? head - 1 : head >>> 1);
    const count = reader.varint();
    const length = reader.varint();
    if (!found) {
      reader.skip(length);
      continue;
    }
    if (count === 0 || count > length) throw new DamagedSegment('more postings than bytes');
    return { count, bytes: reader.bytes(length) };
  }
  return null;
}

/** Its length, then the list. Returns the place behind it. */
function writeList(
  data: Buffer,
  at: number,
  numbers: ArrayLike<number>,
  frequencies: ArrayLike<number>,
): number {
  if (numbers.length === 0 || numbers.length !== frequencies.length)
    throw new RangeError('a posting list needs numbers, and a frequency for each');
  // Most lists are short, and their length is one byte; for the others the list is moved.
  const begin = at + 1;
  let end = begin;
  let last = -1;
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i] as number;
    const frequency = frequencies[i] as number;
    if (number <= last || number > NUMBER_MAX || !(frequency > 0 && frequency <= FREQUENCY_MAX))
      throw new RangeError('passage numbers of a list are out of order, or a frequency is none');
    end = writeVarint(data, end, (number - last - 1) * 2 + (frequency > 1 ? 1 : 0));
    if (frequency > 1) data[end++] = frequency;
    last = number;
  }
  const length = end - begin;
  const moved = varintBytes(length) - 1;
  if (moved > 0) data.copyWithin(begin + moved, begin, end);
  writeVarint(data, at, length);
  return end + moved;
}

// eslint-disable-next-line no-control-regex -- one byte per unit, whatever the unit is
const NARROW = /^[\u0000-\u00ff]*$/;
const isWide = (term: string): boolean => !NARROW.test(term);
