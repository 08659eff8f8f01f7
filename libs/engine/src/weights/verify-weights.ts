import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RunningSums, type ExpectedFile } from './expected-file.js';
import { readPieces } from './read-file.js';
import { MAX_SUMS_BYTES, parseSums, SUMS_FILE } from './sums-file.js';
import { VerifiedRecord } from './verified-record.js';
import { ProgressCount, type WeightsOptions } from './weights-progress.js';
import { folderFault, WeightsFault } from './weights.errors.js';

export interface WeightsProblem {
  readonly path: string;
  readonly problem: 'missing' | 'unreadable' | 'size' | 'sum';
  /** For the operator. */
  readonly sentence: string;
}

export type WeightsReport =
  | { readonly state: 'verified'; readonly files: number; readonly bytes: number; readonly read: number }
  | { readonly state: 'damaged'; readonly problems: readonly WeightsProblem[] };

/** A model's files, where the catalogue knows them. */
export interface KnownFiles {
  readonly id: string;
  readonly files?: readonly ExpectedFile[] | undefined;
}

interface VerifyOptions extends WeightsOptions {
  /** Reads every file again, whatever the record says. */
  readonly thorough?: boolean;
}

/**
 * Compares the files of a folder with their sums. What was found right before and has not been touched is not read again.
 * `read` is how many bytes were. Throws WeightsFault where no sums are known, and when the signal is aborted.
 */
export async function verifyWeights(
  folder: string,
  model: KnownFiles,
  options: VerifyOptions,
): Promise<WeightsReport> {
  const expected = model.files ?? (await readSums(folder, model.id));
  const sizes = await Promise.all(expected.map(({ path }) => sizeOf(join(folder, path))));
  const total = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  const record = await VerifiedRecord.read(folder);
  const count = new ProgressCount('checking', expected.length, total, options.onProgress);
  const problems: WeightsProblem[] = [];
  let read = 0;
  for (const [index, file] of expected.entries()) {
    const size = sizes[index];
    count.begin(file.path);
    const known = options.thorough ? undefined : await record.sumOf(file.path);
    if (known !== undefined && known === file.sha256) {
      count.at(size ?? 0);
      continue;
    }
    const problem = await checkFile(folder, file, size, options.signal, (bytes) => count.at(bytes));
    read += size ?? 0;
    if (problem === undefined) await remember(record, file, folder);
    else problems.push(problem);
    if (problem !== undefined) await record.forget(file.path).catch(() => undefined);
  }
  if (problems.length > 0) return { state: 'damaged', problems };
  return { state: 'verified', files: expected.length, bytes: total, read };
}

/** The sums beside the weights. Throws WeightsFault. */
export async function readSums(folder: string, id: string): Promise<readonly ExpectedFile[]> {
  const path = join(folder, SUMS_FILE);
  const size = await sizeOf(path);
  if (size === undefined)
    throw new WeightsFault(
      'ENGINE_WEIGHTS_NO_SUMS',
      `The sums of ${id} are not known: the catalogue has none, and there is no ${path}.`,
    );
  if (size > MAX_SUMS_BYTES)
    throw new WeightsFault('ENGINE_WEIGHTS_SUMS_INVALID', `${path} is larger than ${MAX_SUMS_BYTES} bytes.`);
  try {
    return parseSums(await readFile(path, 'utf8'), path);
  } catch (error) {
    throw folderFault(error, path);
  }
}

/** A folder that may not be written is checked all the same, and read again next time. */
async function remember(record: VerifiedRecord, file: ExpectedFile, folder: string): Promise<void> {
  if (file.sha256 === undefined) return;
  try {
    await record.add(file.path, file.sha256);
  } catch (error) {
    const fault = folderFault(error, folder);
    if (!(fault instanceof WeightsFault)) throw error;
  }
}

async function checkFile(
  folder: string,
  file: ExpectedFile,
  size: number | undefined,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<WeightsProblem | undefined> {
  const { path, bytes } = file;
  if (size === undefined) return { path, problem: 'missing', sentence: `${path} is missing.` };
  if (bytes !== undefined && size !== bytes)
    return { path, problem: 'size', sentence: `${path} has ${size} bytes and must have ${bytes}.` };
  const sums = new RunningSums(file);
  try {
    await readPieces(join(folder, path), signal, (piece, end) => {
      sums.update(piece);
      onBytes(end);
    });
  } catch (error) {
    signal.throwIfAborted();
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    return { path, problem: 'unreadable', sentence: `${path} cannot be read (${code}).` };
  }
  if (sums.finish().right) return undefined;
  return { path, problem: 'sum', sentence: `${path} is not what its SHA-256 sum says.` };
}

export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : undefined;
  } catch {
    return undefined;
  }
}
