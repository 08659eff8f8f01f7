import { inflateRawSync } from 'node:zlib';
import { UnreadableDocument } from '../../document-path.errors.js';
import { decodeText } from '../formats/decode-text.js';
import type { Budget } from './budget.js';

/** An entry of a ZIP's directory; sizes in bytes, as declared. */
export interface ZipEntry {
  readonly name: string;
  readonly directory: boolean;
  readonly encrypted: boolean;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const END = 0x06054b50;
const END_BYTES = 22;
const COMMENT_MAX = 65_535;
const END_64_LOCATOR = 0x07064b50;
const END_64 = 0x06064b50;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const IN_64_BIT = 0xffffffff;
const EXTRA_64 = 0x0001;
const EXTRA_UNICODE_PATH = 0x7075;
const STORED = 0;
const DEFLATED = 8;

/** Text and office files stay below 30; a file beyond this is made to do harm. */
const RATIO_MAX = 200;
const RATIO_FROM_BYTES = 10 * 1024 * 1024;

/**
 * The directory of a ZIP (APPNOTE 6.3, with its 64-bit sizes). Nothing is unpacked; names are as declared.
 * Throws UnreadableDocument: DAMAGED, or TOO_MANY_ENTRIES when there are more than `most`.
 */
export function readZip(content: Buffer, most: number): ZipEntry[] {
  try {
    const { start, count } = directoryOf(content);
    if (count > most) throw new UnreadableDocument('DOCUMENT_TOO_MANY_ENTRIES', `The limit is ${most}.`);
    const entries: ZipEntry[] = [];
    let at = start;
    for (let number = 0; number < count; number++) {
      if (content.readUInt32LE(at) !== ENTRY) throw new RangeError('no entry');
      const nameEnd = at + ENTRY_BYTES + content.readUInt16LE(at + 28);
      const extraEnd = nameEnd + content.readUInt16LE(at + 30);
      entries.push(entryAt(content, at, nameEnd, extraEnd));
      at = extraEnd + content.readUInt16LE(at + 32);
    }
    return entries;
  } catch (cause) {
    if (cause instanceof UnreadableDocument) throw cause;
    throw new UnreadableDocument('DOCUMENT_DAMAGED');
  }
}

function directoryOf(content: Buffer): { start: number; count: number } {
  const least = Math.max(0, content.length - END_BYTES - COMMENT_MAX);
  for (let at = content.length - END_BYTES; at >= least; at--) {
    if (content.readUInt32LE(at) !== END) continue;
    if (at >= 20 && content.readUInt32LE(at - 20) === END_64_LOCATOR) {
      const end = number64(content, at - 12);
      if (content.readUInt32LE(end) !== END_64) throw new RangeError('no 64-bit end');
      return { count: number64(content, end + 32), start: number64(content, end + 48) };
    }
    return { count: content.readUInt16LE(at + 10), start: content.readUInt32LE(at + 16) };
  }
  throw new RangeError('no end');
}

const number64 = (content: Buffer, at: number): number => Number(content.readBigUInt64LE(at));

function entryAt(content: Buffer, at: number, nameEnd: number, extraEnd: number): ZipEntry {
  const flags = content.readUInt16LE(at + 8);
  const extras = readExtras(content.subarray(nameEnd, extraEnd));
  const long = extras.get(EXTRA_64);
  let longAt = 0;
  const wide = (value: number): number => {
    if (value !== IN_64_BIT || !long) return value;
    longAt += 8;
    return number64(long, longAt - 8);
  };
  const size = wide(content.readUInt32LE(at + 24));
  const packed = wide(content.readUInt32LE(at + 20));
  const offset = wide(content.readUInt32LE(at + 42));
  const name = nameOf(content.subarray(at + ENTRY_BYTES, nameEnd), extras.get(EXTRA_UNICODE_PATH));
  return {
    name,
    directory: /[/\\]$/.test(name),
    encrypted: (flags & 1) === 1,
    method: content.readUInt16LE(at + 10),
    packed,
    size,
    offset,
  };
}

function readExtras(extra: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>();
  for (let at = 0; at + 4 <= extra.length;) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    found.set(extra.readUInt16LE(at), extra.subarray(at + 4, end));
    at = end;
  }
  return found;
}

/** UTF-8 whether flagged or not; else whatever the language of the sender's system was. */
function nameOf(bytes: Buffer, unicode: Buffer | undefined): string {
  return unicode && unicode.length > 5 ? unicode.subarray(5).toString('utf8') : decodeText(bytes);
}

/**
 * The content of an entry, taken out of the budget. Throws UnreadableDocument: ENCRYPTED, UNPACKS_TOO_LARGE (by ratio,
 * or beyond the budget), DAMAGED.
 */
export function unpackEntry(content: Buffer, entry: ZipEntry, budget: Budget): Buffer {
  if (entry.encrypted) throw new UnreadableDocument('DOCUMENT_ENCRYPTED');
  if (entry.size > RATIO_FROM_BYTES && entry.size > entry.packed * RATIO_MAX)
    throw new UnreadableDocument('DOCUMENT_UNPACKS_TOO_LARGE');
  budget.take(entry.size);
  try {
    if (content.readUInt32LE(entry.offset) !== LOCAL) throw new RangeError('no local header');
    const start =
      entry.offset +
      LOCAL_BYTES +
      content.readUInt16LE(entry.offset + 26) +
      content.readUInt16LE(entry.offset + 28);
    const packed = content.subarray(start, start + entry.packed);
    if (packed.length !== entry.packed) throw new RangeError('cut off');
    const unpacked = inflate(packed, entry);
    if (unpacked.length !== entry.size) throw new RangeError('not the size that it declares');
    return unpacked;
  } catch {
    throw new UnreadableDocument('DOCUMENT_DAMAGED');
  }
}

/** Never more than the declared size, which the budget has paid for. */
function inflate(packed: Buffer, { method, size }: ZipEntry): Buffer {
  if (method === STORED) return packed;
  if (method !== DEFLATED) throw new RangeError('an unknown method');
  return size === 0 ? Buffer.alloc(0) : inflateRawSync(packed, { maxOutputLength: size });
}
