import type { ByteSource } from './byte-source.js';

/** An entry of a ZIP's directory; sizes in bytes, as declared. */
export interface ZipEntry {
  /** As declared: it may lead out of any folder. */
  readonly name: string;
  readonly directory: boolean;
  readonly encrypted: boolean;
  /** A symbolic link of Unix. */
  readonly link: boolean;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

export interface Directory {
  readonly start: number;
  readonly length: number;
  readonly count: number;
}

const END = 0x06054b50;
const END_BYTES = 22;
const COMMENT_MAX = 65_535;
const LOCATOR_64 = 0x07064b50;
const LOCATOR_64_BYTES = 20;
const END_64 = 0x06064b50;
const END_64_BYTES = 56;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const IN_64_BIT = 0xffffffff;
const EXTRA_64 = 0x0001;
const EXTRA_UNICODE_PATH = 0x7075;
const UNIX = 3;
const UNIX_LINK = 0o12;

/** Where the directory lies (APPNOTE 6.3, with its 64-bit sizes). Throws RangeError where there is none. */
export async function findDirectory(source: ByteSource): Promise<Directory> {
  const tailBytes = Math.min(source.size, END_BYTES + COMMENT_MAX + LOCATOR_64_BYTES);
  const tail = await source.part(source.size - tailBytes, tailBytes);
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END) continue;
    const locator = at - LOCATOR_64_BYTES;
    if (locator >= 0 && tail.readUInt32LE(locator) === LOCATOR_64) {
      const end = await source.part(number64(tail, locator + 8), END_64_BYTES);
      if (end.readUInt32LE(0) !== END_64) throw new RangeError('no 64-bit end');
      return { count: number64(end, 32), length: number64(end, 40), start: number64(end, 48) };
    }
    return {
      count: tail.readUInt16LE(at + 10),
      length: tail.readUInt32LE(at + 12),
      start: tail.readUInt32LE(at + 16),
    };
  }
  throw new RangeError('no end');
}

/** The entries of a directory. Throws RangeError where it is damaged. */
export function entriesOf(
  directory: Buffer,
  count: number,
  decodeName: (bytes: Buffer) => string,
): ZipEntry[] {
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count;) {
    if (directory.readUInt32LE(at) !== ENTRY) throw new RangeError('no entry');
    const nameEnd = at + ENTRY_BYTES + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    entries.push(entryAt(directory, { at, nameEnd, extraEnd }, decodeName));
    at = extraEnd + directory.readUInt16LE(at + 32);
  }
  return entries;
}

function entryAt(
  directory: Buffer,
  { at, nameEnd, extraEnd }: { at: number; nameEnd: number; extraEnd: number },
  decodeName: (bytes: Buffer) => string,
): ZipEntry {
  const extras = readExtras(directory.subarray(nameEnd, extraEnd));
  const long = extras.get(EXTRA_64);
  let longAt = 0;
  const wide = (value: number): number => {
    if (value !== IN_64_BIT || !long) return value;
    longAt += 8;
    return number64(long, longAt - 8);
  };
  const size = wide(directory.readUInt32LE(at + 24));
  const packed = wide(directory.readUInt32LE(at + 20));
  const offset = wide(directory.readUInt32LE(at + 42));
  const unicode = extras.get(EXTRA_UNICODE_PATH);
  const raw = directory.subarray(at + ENTRY_BYTES, nameEnd);
  const name = unicode && unicode.length > 5 ? unicode.toString('utf8', 5) : decodeName(raw);
  const mode = directory[at + 5] === UNIX ? directory.readUInt32LE(at + 38) >>> 28 : 0;
  return {
    name,
    directory: /[/\\]$/.test(name),
    encrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
    link: mode === UNIX_LINK,
    method: directory.readUInt16LE(at + 10),
    crc: directory.readUInt32LE(at + 16),
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

/** Beyond what a double holds it is no place in a file either: reading there is refused. */
const number64 = (bytes: Buffer, at: number): number => Number(bytes.readBigUInt64LE(at));
