import { mkdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { describeSize, GIB } from '../plan/describe-size.js';
import type { ExpectedFile } from './expected-file.js';
import { fetchFile, PART_SUFFIX } from './fetch-file.js';
import { holdFolder } from './hold-folder.js';
import { retry, type RetrySettings } from './retry.js';
import { formatSums, SUMS_FILE } from './sums-file.js';
import { VerifiedRecord } from './verified-record.js';
import { sizeOf, verifyWeights, type KnownFiles } from './verify-weights.js';
import type { WeightSource } from './weight-source.js';
import { ProgressCount, type WeightsOptions } from './weights-progress.js';
import { folderFault, WeightsFault } from './weights.errors.js';
import { writeWhole } from './write-whole.js';

/** Stays free on the disk: logs, compile cache. */
const KEEP_FREE_BYTES = GIB;

export interface FetchOptions extends WeightsOptions, RetrySettings {
  /** Bytes that may be used; default: what the disk has. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

export interface FetchReport {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
  /** Files that had to be brought; the others were there and right. */
  readonly fetched: number;
}

/**
 * Fills a folder with a model's files. The catalogue's sums win over the source's. Files that are there and right stay; each
 * other is brought whole or not at all. Throws WeightsFault; a later call goes on where this one ended.
 */
export async function fetchWeights(
  source: WeightSource,
  folder: string,
  model: KnownFiles,
  options: FetchOptions,
): Promise<FetchReport> {
  try {
    await mkdir(folder, { recursive: true });
    return await holdFolder(folder, () => fillFolder(source, folder, model, options));
  } catch (error) {
    throw folderFault(error, folder);
  }
}

async function fillFolder(
  source: WeightSource,
  folder: string,
  model: KnownFiles,
  options: FetchOptions,
): Promise<FetchReport> {
  const { signal } = options;
  const files = model.files ?? (await retry(() => source.list(signal), signal, options));
  const record = await VerifiedRecord.read(folder);
  const missing = await withoutRight(folder, files, record, options);
  const sizes = await sizesOf(source, missing, options);
  await checkSpace(folder, sizes, options);
  const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  const count = new ProgressCount('fetching', missing.length, total, options.onProgress);
  for (const file of missing) {
    count.begin(file.path);
    const sha256 = await fetchFile(source, file, folder, { ...options, onBytes: (bytes) => count.at(bytes) });
    await record.add(file.path, sha256);
  }
  return { ...(await closeFolder(folder, files, record)), fetched: missing.length };
}

/** Writes the sums beside the weights, so that a check needs no source. */
async function closeFolder(
  folder: string,
  files: readonly ExpectedFile[],
  record: VerifiedRecord,
): Promise<Omit<FetchReport, 'fetched'>> {
  let bytes = 0;
  const sums: { path: string; sha256: string }[] = [];
  for (const { path, sha256 } of files) {
    bytes += (await sizeOf(join(folder, path))) ?? 0;
    const sum = sha256 ?? (await record.sumOf(path));
    if (sum !== undefined) sums.push({ path, sha256: sum });
  }
  await writeWhole(join(folder, SUMS_FILE), formatSums(sums));
  return { folder, files: files.length, bytes };
}

/** What is to come, for progress and space only: where no list tells it, the source is asked, and may keep it to itself. */
async function sizesOf(
  source: WeightSource,
  files: readonly ExpectedFile[],
  options: FetchOptions,
): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  for (const { path, bytes } of files)
    sizes.set(
      path,
      bytes ?? (await retry(() => source.size(path, options.signal), options.signal, options)) ?? 0,
    );
  return sizes;
}

/** Files that are not there or not right. What is there is read once and then remembered. */
async function withoutRight(
  folder: string,
  files: readonly ExpectedFile[],
  record: VerifiedRecord,
  options: FetchOptions,
): Promise<readonly ExpectedFile[]> {
  const missing: ExpectedFile[] = [];
  for (const file of files) {
    const known = await record.sumOf(file.path);
    if (known !== undefined && (file.sha256 === undefined || known === file.sha256)) continue;
    const there = (await sizeOf(join(folder, file.path))) !== undefined;
    const right =
      there && (await verifyWeights(folder, { id: '', files: [file] }, options)).state === 'verified';
    if (right && file.sha256 !== undefined) await record.add(file.path, file.sha256);
    else missing.push(file);
  }
  return missing;
}

async function checkSpace(
  folder: string,
  sizes: ReadonlyMap<string, number>,
  options: FetchOptions,
): Promise<void> {
  let needed = 0;
  for (const [path, bytes] of sizes)
    needed += Math.max(0, bytes - ((await sizeOf(join(folder, `${path}${PART_SUFFIX}`))) ?? 0));
  const free = await (options.freeBytes ?? freeOnDisk)(folder);
  if (needed === 0 || needed + KEEP_FREE_BYTES <= free) return;
  throw new WeightsFault(
    'ENGINE_WEIGHTS_NO_SPACE',
    `${describeSize(needed)} are to be fetched into ${folder}, where ${describeSize(free)} are free and ${describeSize(KEEP_FREE_BYTES)} must stay so.`,
  );
}

async function freeOnDisk(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
