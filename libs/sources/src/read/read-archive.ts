import { rm } from 'node:fs/promises';
import type { Found, SourceReader } from './source-reader.js';
import { ZipFile, type ZipEntry } from './zip-file.js';

/**
 * An uploaded ZIP as a tree of files. A single folder that holds everything is left away: exports name it after their
 * day, and the next one would have all files in another place.
 */
export class ArchiveReader implements SourceReader {
  private constructor(
    private readonly path: string,
    private readonly zip: ZipFile,
    private readonly most: number,
  ) {}

  /** Takes over the file and removes it in the end. */
  static async open(path: string, most: number): Promise<ArchiveReader> {
    return new ArchiveReader(path, await ZipFile.open(path), most);
  }

  async *list(signal: AbortSignal): AsyncIterable<Found> {
    const entries = (await this.zip.entries(this.most)).map((entry) => ({
      entry,
      // Written by Windows' own tools.
      name: entry.name.replaceAll('\\', '/'),
    }));
    const files = entries.filter(({ name }) => !name.endsWith('/'));
    const root = commonFolder(files.map(({ name }) => name).filter((name) => !name.startsWith('__MACOSX/')));
    for (const { entry, name } of files) {
      signal.throwIfAborted();
      const path = name.startsWith(root) ? name.slice(root.length) : name;
      yield entry.link ? { path, problem: 'FILE_LINK' } : this.file(path, entry);
    }
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
      read: async (limit) => ({ content: await this.zip.read(entry, limit) }),
    };
  }
}

/** `export/` when all lie in it, else nothing. */
function commonFolder(names: readonly string[]): string {
  const first = names[0];
  const end = first?.indexOf('/') ?? -1;
  if (first === undefined || end < 1) return '';
  const folder = first.slice(0, end + 1);
  return folder !== '../' && folder !== './' && names.every((name) => name.startsWith(folder)) ? folder : '';
}
