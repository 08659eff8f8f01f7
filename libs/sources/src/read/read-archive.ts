import { rm } from 'node:fs/promises';
import { Zip, ZipProblem, type ZipEntry, type ZipProblemCode } from '@lorekeep/kit/zip';
import { SourceProblem, type SourceCode } from '../sources.errors.js';
import type { Found, SourceReader } from './source-reader.js';

const CODES: Record<ZipProblemCode, SourceCode> = {
  damaged: 'SOURCE_DAMAGED',
  'too-many-entries': 'SOURCE_TOO_MANY_FILES',
  'directory-too-large': 'SOURCE_TOO_LARGE',
  encrypted: 'FILE_ENCRYPTED',
  'unknown-method': 'FILE_UNREADABLE',
  'too-large': 'FILE_TOO_LARGE',
  bomb: 'FILE_TOO_LARGE',
  torn: 'FILE_INCOMPLETE',
};

/**
 * An uploaded ZIP as a tree of files. A single folder that holds everything is left away: exports name it after their
 * day, and the next one would have all files in another place.
 */
export class ArchiveReader implements SourceReader {
  private constructor(
    private readonly path: string,
    private readonly zip: Zip,
    private readonly most: number,
  ) {}

  /** Takes over the file and removes it in the end. */
  static async open(path: string, most: number): Promise<ArchiveReader> {
    return new ArchiveReader(path, await Zip.open(path), most);
  }

  async *list(signal: AbortSignal): AsyncIterable<Found> {
    const entries = (await this.entries()).map((entry) => ({
      entry,
      // Written by Windows' own tools.
      name: entry.name.replaceAll('\\', '/'),
    }));
    const files = entries.filter(({ entry }) => !entry.directory);
    const root = commonFolder(files.map(({ name }) => name).filter((name) => !name.startsWith('__MACOSX/')));
    for (const { entry, name } of files) {
      signal.throwIfAborted();
      const path = name.startsWith(root) ? name.slice(root.length) : name;
      yield entry.link ? { path, problem: 'FILE_LINK' } : this.file(path, entry);
    }
  }

  private entries(): Promise<ZipEntry[]> {
    return this.zip.entries(this.most).catch((cause: unknown) => {
      throw problemOf(cause, `The limit is ${this.most}.`);
    });
  }

  async close(): Promise<void> {
    await this.zip.close();
    await rm(this.path, { force: true });
  }

  private file(path: string, entry: ZipEntry): Found {
    return {
      path,
      fingerprint: `${entry.crc.toString(16)}:${entry.size}`,
      bytes: entry.size,
      read: async (limit) => ({
        content: await this.zip.read(entry, { bytes: limit }).catch((cause: unknown) => {
          throw problemOf(cause);
        }),
      }),
    };
  }
}

/** In the words of a source; `limit` says how many files may be in it. */
function problemOf(cause: unknown, limit?: string): unknown {
  if (!(cause instanceof ZipProblem)) return cause;
  const detail = cause.code === 'too-many-entries' ? limit : undefined;
  return new SourceProblem(CODES[cause.code], detail, { cause });
}

/** `export/` when all lie in it, else nothing. */
function commonFolder(names: readonly string[]): string {
  const first = names[0];
  const end = first?.indexOf('/') ?? -1;
  if (first === undefined || end < 1) return '';
  const folder = first.slice(0, end + 1);
  return folder !== '../' && folder !== './' && names.every((name) => name.startsWith(folder)) ? folder : '';
}
