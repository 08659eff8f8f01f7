import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RunningSums, type ExpectedFile } from './expected-file.js';
import { readPieces } from './read-file.js';
import { retry, type RetrySettings } from './retry.js';
import { sizeOf } from './verify-weights.js';
import { TransientFault, type WeightSource } from './weight-source.js';
import { folderFault, WeightsFault } from './weights.errors.js';
import { putInPlace } from './write-whole.js';

/** Ends the name of what is not whole yet; never loaded by anybody. */
export const PART_SUFFIX = '.part';
/** A file that came out wrong is fetched once more from its beginning: a resumed one may have changed at the source. */
const MAX_WRONG = 2;

export interface FetchFileOptions extends RetrySettings {
  readonly signal: AbortSignal;
  /** Bytes of this file that are there. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * Brings one file: goes on behind what an interrupted fetch left, compares size and sum, and only then gives the file its
 * name. Returns its SHA-256 sum. Throws WeightsFault; what is right so far stays for the next time.
 */
export async function fetchFile(
  source: WeightSource,
  file: ExpectedFile,
  folder: string,
  options: FetchFileOptions,
): Promise<string> {
  const path = join(folder, file.path);
  const part = `${path}${PART_SUFFIX}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    for (let wrong = 1; ; wrong++) {
      const result = await fetchWhole(source, file, part, options);
      if (result.right) {
        await putInPlace(part, path);
        return result.sha256;
      }
      await rm(part, { force: true });
      if (wrong === MAX_WRONG)
        throw new WeightsFault(
          'ENGINE_WEIGHTS_WRONG_CONTENT',
          `${source.name} sends another ${file.path} than its sum says, ${MAX_WRONG} times; nothing of it was kept.`,
        );
    }
  } catch (error) {
    throw folderFault(error, path);
  }
}

/** Fetches until all of it is there, through interruptions. */
async function fetchWhole(
  source: WeightSource,
  file: ExpectedFile,
  part: string,
  options: FetchFileOptions,
): Promise<{ right: boolean; sha256: string }> {
  const writer = await PartWriter.open(part, file, options);
  try {
    let before = 0;
    await retry(
      async () => {
        before = writer.bytes;
        if (file.bytes === undefined || writer.bytes < file.bytes)
          await fetchRest(source, file, writer, options.signal);
      },
      options.signal,
      options,
      () => writer.bytes > before,
    );
    return await writer.finish();
  } finally {
    await writer.close();
  }
}

async function fetchRest(
  source: WeightSource,
  file: ExpectedFile,
  writer: PartWriter,
  signal: AbortSignal,
): Promise<void> {
  const { from, total, pieces } = await source.read(file.path, writer.bytes, signal);
  const whole = file.bytes ?? total;
  if (total !== undefined && file.bytes !== undefined && total !== file.bytes) {
    await drop(pieces);
    throw new TransientFault(
      `${source.name} offers ${file.path} with ${total} bytes, and it has ${file.bytes}`,
    );
  }
  if (from !== writer.bytes) await writer.restart();
  for await (const piece of pieces) {
    if (whole !== undefined && writer.bytes + piece.length > whole) {
      await writer.restart();
      throw new TransientFault(`${source.name} sends more of ${file.path} than its ${whole} bytes`);
    }
    await writer.write(piece);
  }
  if (whole !== undefined && writer.bytes < whole)
    throw new TransientFault(`${source.name} ended ${file.path} after ${writer.bytes} of ${whole} bytes`);
}

async function drop(pieces: AsyncIterable<Uint8Array>): Promise<void> {
  await pieces[Symbol.asyncIterator]().return?.();
}

/** The unfinished file and the sums of what it holds. */
class PartWriter {
  bytes = 0;
  private sums: RunningSums;

  private constructor(
    private readonly handle: FileHandle,
    private readonly file: ExpectedFile,
    private readonly onBytes: (bytes: number) => void,
  ) {
    this.sums = new RunningSums(file);
  }

  /** What an earlier fetch left is read for its sum; more than the file may have is thrown away. */
  static async open(part: string, file: ExpectedFile, options: FetchFileOptions): Promise<PartWriter> {
    const size = (await sizeOf(part)) ?? 0;
    const handle = await open(part, size > 0 ? 'r+' : 'w');
    const writer = new PartWriter(handle, file, options.onBytes);
    try {
      if (file.bytes !== undefined && size > file.bytes) await writer.restart();
      else if (size > 0) await readPieces(part, options.signal, (piece) => writer.count(piece));
    } catch (error) {
      await handle.close();
      throw error;
    }
    return writer;
  }

  async write(piece: Uint8Array): Promise<void> {
    let written = 0;
    while (written < piece.length) {
      const { bytesWritten } = await this.handle.write(
        piece,
        written,
        piece.length - written,
        this.bytes + written,
      );
      written += bytesWritten;
    }
    this.count(piece);
  }

  async restart(): Promise<void> {
    await this.handle.truncate(0);
    this.sums = new RunningSums(this.file);
    this.bytes = 0;
    this.onBytes(0);
  }

  async finish(): Promise<{ right: boolean; sha256: string }> {
    await this.handle.sync();
    return this.sums.finish();
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  private count(piece: Uint8Array): void {
    this.sums.update(piece);
    this.bytes += piece.length;
    this.onBytes(this.bytes);
  }
}
