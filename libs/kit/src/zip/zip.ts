import { inflateRaw } from 'node:zlib';
import { promisify } from 'node:util';
import { sourceOf, sourceOfFile, type ByteSource } from './byte-source.js';
import { entriesOf, findDirectory, type ZipEntry } from './read-directory.js';
import { ZipProblem } from './zip-problem.js';

export interface UnpackLimits {
  /** Bytes, unpacked. */
  readonly bytes: number;
  /** Refuse what is packed tighter than RATIO_MAX. */
  readonly refuseBombs?: boolean;
}

const inflate = promisify(inflateRaw);
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
/** A directory of a hundred thousand files takes some 10 MB. */
const DIRECTORY_MAX = 256 * 1024 * 1024;
/** What deflate adds at most to what cannot be packed. */
const PACKED_EXTRA = 65_535;
/** Text and office files stay below 30; a file beyond this is made to do harm. */
const RATIO_MAX = 200;
const RATIO_FROM_BYTES = 10 * 1024 * 1024;

/** A ZIP in memory or on disk, read entry by entry. What it declares is never trusted beyond a limit of the reader. */
export class Zip {
  private constructor(private readonly source: ByteSource) {}

  static of(content: Buffer): Zip {
    return new Zip(sourceOf(content));
  }

  static async open(path: string): Promise<Zip> {
    return new Zip(await sourceOfFile(path));
  }

  close(): Promise<void> {
    return this.source.close();
  }

  /**
   * The directory; nothing is unpacked. `decodeName` for names without an own sign that they are Unicode.
   * Throws ZipProblem: damaged, too-many-entries beyond `most`, directory-too-large.
   */
  async entries(most: number, decodeName: (bytes: Buffer) => string = nameOf): Promise<ZipEntry[]> {
    try {
      const { start, count, length } = await findDirectory(this.source);
      if (count > most) throw new ZipProblem('too-many-entries');
      if (length > DIRECTORY_MAX) throw new ZipProblem('directory-too-large');
      return entriesOf(await this.source.part(start, length), count, decodeName);
    } catch (cause) {
      if (cause instanceof ZipProblem) throw cause;
      throw new ZipProblem('damaged', { cause });
    }
  }

  /** The content of an entry, of exactly its declared size. Throws ZipProblem: encrypted, unknown-method, too-large, bomb, torn. */
  async read(entry: ZipEntry, { bytes, refuseBombs = false }: UnpackLimits): Promise<Buffer> {
    const { size, packed, method } = entry;
    if (entry.encrypted) throw new ZipProblem('encrypted');
    if (refuseBombs && size > RATIO_FROM_BYTES && size > packed * RATIO_MAX) throw new ZipProblem('bomb');
    if (size > bytes || packed > bytes + PACKED_EXTRA) throw new ZipProblem('too-large');
    if (method !== STORED && method !== DEFLATED) throw new ZipProblem('unknown-method');
    try {
      const local = await this.source.part(entry.offset, LOCAL_BYTES);
      if (local.readUInt32LE(0) !== LOCAL) throw new RangeError('no local header');
      const start = entry.offset + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28);
      const stored = await this.source.part(start, packed);
      const content = method === STORED ? stored : await unpack(stored, size);
      if (content.length !== size) throw new RangeError('not the size that it declares');
      return content;
    } catch (cause) {
      throw new ZipProblem('torn', { cause });
    }
  }
}

/** Never more than the declared size, which is within the limit. */
const unpack = (packed: Buffer, size: number): Promise<Buffer> =>
  size === 0 ? Promise.resolve(Buffer.alloc(0)) : inflate(packed, { maxOutputLength: size });

/** UTF-8 whether flagged or not; else what Chinese Windows writes; else what the format began with, near enough. */
function nameOf(bytes: Buffer): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one.
    }
  }
  return bytes.toString('latin1');
}
