import { open, type FileHandle } from 'node:fs/promises';
import { inflateRaw } from 'node:zlib';
import { promisify } from 'node:util';
import { SourceProblem } from '../sources.errors.js';

const inflate = promisify(inflateRaw);

export interface ZipEntry {
  readonly name: string;
  readonly encrypted: boolean;
  readonly link: boolean;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
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
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const IN_64_BIT = 0xffffffff;
const EXTRA_64 = 0x0001;
const EXTRA_UNICODE_PATH = 0x7075;
const UTF8_FLAG = 0x0800;
const STORED = 0;
const DEFLATED = 8;
const UNIX = 3;
const UNIX_LINK = 0o12;
/** A directory of a hundred thousand files takes some 10 MB. */
const DIRECTORY_MAX = 256 * 1024 * 1024;

/** A ZIP on disk (APPNOTE 6.3, with its 64-bit sizes), read entry by entry. */
export class ZipFile {
  private constructor(
    private readonly handle: FileHandle,
    private readonly bytes: number,
  ) {}

  static async open(path: string): Promise<ZipFile> {
    const handle = await open(path);
    return new ZipFile(handle, (await handle.stat()).size);
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  /** Throws SourceProblem: DAMAGED, TOO_MANY_FILES when there are more than `most`. */
  async entries(most: number): Promise<ZipEntry[]> {
    try {
      const { start, count, length } = await this.directory();
      if (count > most) throw new SourceProblem('SOURCE_TOO_MANY_FILES', `The limit is ${most}.`);
      if (length > DIRECTORY_MAX) throw new SourceProblem('SOURCE_TOO_LARGE');
      const directory = await this.part(start, length);
      const entries: ZipEntry[] = [];
      let at = 0;
      for (let number = 0; number < count; number++) {
        if (directory.readUInt32LE(at) !== ENTRY) throw new RangeError('no entry');
        const nameEnd = at + ENTRY_BYTES + directory.readUInt16LE(at + 28);
        const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
        entries.push(entryAt(directory, at, nameEnd, extraEnd));
        at = extraEnd + directory.readUInt16LE(at + 32);
      }
      return entries;
    } catch (cause) {
      if (cause instanceof SourceProblem) throw cause;
      throw new SourceProblem('SOURCE_DAMAGED', undefined, { cause });
    }
  }

  /** Throws SourceProblem: FILE_TOO_LARGE beyond `limit` whatever it declares, FILE_ENCRYPTED, FILE_INCOMPLETE, FILE_UNREADABLE. */
  async read(entry: ZipEntry, limit: number): Promise<Buffer> {
    if (entry.encrypted) throw new SourceProblem('FILE_ENCRYPTED');
    if (entry.size > limit || entry.packed > limit + COMMENT_MAX) throw new SourceProblem('FILE_TOO_LARGE');
    if (entry.method !== STORED && entry.method !== DEFLATED) throw new SourceProblem('FILE_UNREADABLE');
    try {
      const local = await this.part(entry.offset, LOCAL_BYTES);
      if (local.readUInt32LE(0) !== LOCAL) throw new RangeError('no local header');
      const start = entry.offset + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28);
      const packed = await this.part(start, entry.packed);
      const content = entry.method === STORED ? packed : await unpack(packed, entry.size);
      if (content.length !== entry.size) throw new RangeError('not the size that it declares');
      return content;
    } catch (cause) {
      throw new SourceProblem('FILE_INCOMPLETE', undefined, { cause });
    }
  }

  private async directory(): Promise<{ start: number; count: number; length: number }> {
    const tailBytes = Math.min(this.bytes, END_BYTES + COMMENT_MAX + LOCATOR_64_BYTES);
    const tailStart = this.bytes - tailBytes;
    const tail = await this.part(tailStart, tailBytes);
    for (let at = tail.length - END_BYTES; at >= 0; at--) {
      if (tail.readUInt32LE(at) !== END) continue;
      const locator = at - LOCATOR_64_BYTES;
      if (locator >= 0 && tail.readUInt32LE(locator) === LOCATOR_64) {
        const end = await this.part(number64(tail, locator + 8), END_64_BYTES);
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

  private async part(start: number, length: number): Promise<Buffer> {
    if (start < 0 || length < 0 || start + length > this.bytes) throw new RangeError('beyond the end');
    const buffer = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await this.handle.read(buffer, filled, length - filled, start + filled);
      if (bytesRead === 0) throw new RangeError('cut off');
      filled += bytesRead;
    }
    return buffer;
  }
}

/** Never more than the declared size, which is within the limit. */
const unpack = (packed: Buffer, size: number): Promise<Buffer> =>
  size === 0 ? Promise.resolve(Buffer.alloc(0)) : inflate(packed, { maxOutputLength: size });

const number64 = (bytes: Buffer, at: number): number => Number(bytes.readBigUInt64LE(at));

function entryAt(directory: Buffer, at: number, nameEnd: number, extraEnd: number): ZipEntry {
  const flags = directory.readUInt16LE(at + 8);
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
  const mode = directory[at + 5] === UNIX ? directory.readUInt32LE(at + 38) >>> 28 : 0;
  const unicode = extras.get(EXTRA_UNICODE_PATH);
  const raw = directory.subarray(at + ENTRY_BYTES, nameEnd);
  return {
    name:
      unicode && unicode.length > 5 ? unicode.toString('utf8', 5) : nameOf(raw, (flags & UTF8_FLAG) !== 0),
    encrypted: (flags & 1) === 1,
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

/** UTF-8 whether flagged or not; else what Chinese Windows writes; else what the format began with, near enough. */
function nameOf(bytes: Buffer, flagged: boolean): string {
  for (const encoding of flagged ? ['utf-8'] : ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one.
    }
  }
  return bytes.toString('latin1');
}
