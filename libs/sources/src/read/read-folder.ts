import type { BigIntStats, Dirent } from 'node:fs';
import { constants, lstat, open, opendir, realpath, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { DEPTH_MAX } from '../paths/clean-path.js';
import { SourceProblem } from '../sources.errors.js';
import { allowedFolder, folderProblem } from './allowed-folder.js';
import type { Found, FoundFile, ReadFile, SourceReader } from './source-reader.js';

/** A folder of the server. Links are not followed, wherever they lead. */
export class FolderReader implements SourceReader {
  private constructor(private readonly root: string) {}

  /** Throws SourceProblem: FOLDER_FORBIDDEN, NOT_FOUND, DENIED. */
  static async open(path: string, roots: readonly string[]): Promise<FolderReader> {
    const root = await allowedFolder(path, roots);
    if (!(await lstat(root)).isDirectory()) throw new SourceProblem('SOURCE_NOT_FOUND');
    return new FolderReader(root);
  }

  list(signal: AbortSignal): AsyncIterable<Found> {
    return this.walk('', 0, signal);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async *walk(folder: string, depth: number, signal: AbortSignal): AsyncIterable<Found> {
    let entries: AsyncIterable<Dirent>;
    try {
      entries = await opendir(join(this.root, folder));
    } catch (cause) {
      // Without its beginning nothing is known; a folder within it is one thing that cannot be read.
      if (folder === '') throw folderProblem(cause);
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT')
        yield { path: folder, problem: 'FILE_UNREADABLE' };
      return;
    }
    for await (const entry of entries) {
      signal.throwIfAborted();
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isSymbolicLink()) yield { path, problem: 'FILE_LINK' };
      else if (entry.isDirectory()) {
        if (depth >= DEPTH_MAX) yield { path, problem: 'FILE_PATH_INVALID' };
        else yield* this.walk(path, depth + 1, signal);
      } else if (entry.isFile()) yield* this.file(path);
    }
  }

  private async *file(path: string): AsyncIterable<Found> {
    let stats: BigIntStats;
    try {
      stats = await lstat(join(this.root, path), { bigint: true });
    } catch (cause) {
      // Deleted between the two looks.
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') yield { path, problem: 'FILE_UNREADABLE' };
      return;
    }
    const found: FoundFile = {
      path,
      fingerprint: fingerprintOf(stats),
      bytes: Number(stats.size),
      read: (limit, signal) => this.read(path, limit, signal),
    };
    yield found;
  }

  private async read(path: string, limit: number, signal: AbortSignal): Promise<ReadFile> {
    const full = join(this.root, path);
    let handle: FileHandle | undefined;
    try {
      // A folder of the path may have become a link since it was listed.
      if ((await realpath(full)) !== full) throw new SourceProblem('FILE_LINK');
      handle = await open(full, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
      const before = await handle.stat({ bigint: true });
      const there = await lstat(await realpath(full), { bigint: true });
      if (
        !before.isFile() ||
        there.ino !== before.ino ||
        there.dev !== before.dev ||
        (await realpath(full)) !== full
      )
        throw new SourceProblem('FILE_CHANGING');
      const content = await readWhole(handle, limit, signal);
      const after = await handle.stat({ bigint: true });
      if (fingerprintOf(before) !== fingerprintOf(after) || BigInt(content.length) !== after.size)
        throw new SourceProblem('FILE_CHANGING');
      return { content, fingerprint: fingerprintOf(after) };
    } catch (cause) {
      if (cause instanceof SourceProblem || signal.aborted) throw cause;
      const code = (cause as NodeJS.ErrnoException).code;
      throw new SourceProblem(
        code === 'ENOENT' || code === 'ELOOP' ? 'FILE_CHANGING' : 'FILE_UNREADABLE',
        undefined,
        {
          cause,
        },
      );
    } finally {
      await handle?.close();
    }
  }
}

const fingerprintOf = ({ size, mtimeNs, ctimeNs, ino }: BigIntStats): string =>
  `${size}:${mtimeNs}:${ctimeNs}:${ino}`;

async function readWhole(handle: FileHandle, limit: number, signal: AbortSignal): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of handle.createReadStream({ autoClose: false, signal }) as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > limit) throw new SourceProblem('FILE_TOO_LARGE');
    parts.push(part);
  }
  return Buffer.concat(parts, length);
}
