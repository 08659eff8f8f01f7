import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { weightFileSchema } from '../catalogue/described-model.js';
import { RunningSums } from './expected-file.js';
import { PART_SUFFIX } from './fetch-file.js';
import { readPieces } from './read-file.js';
import { formatSums, MAX_FILES, SUMS_FILE } from './sums-file.js';
import { VerifiedRecord } from './verified-record.js';
import { sizeOf } from './verify-weights.js';
import { ProgressCount, type WeightsOptions } from './weights-progress.js';
import { folderFault, WeightsFault } from './weights.errors.js';
import { writeWhole } from './write-whole.js';

/** Folders of weights are flat or nearly so. */
const MAX_DEPTH = 3;

/**
 * Writes SHA256SUMS for what lies in a folder now: for weights that came another way and whose sums nobody published. Returns
 * how many files it names. Throws WeightsFault.
 */
export async function recordSums(folder: string, options: WeightsOptions): Promise<number> {
  try {
    const paths = await listFiles(folder);
    if (paths.length === 0)
      throw new WeightsFault('ENGINE_WEIGHTS_NOT_FOUND', `There are no files in ${folder}.`);
    const sizes = await Promise.all(paths.map((path) => sizeOf(join(folder, path))));
    const total = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
    const count = new ProgressCount('checking', paths.length, total, options.onProgress);
    const record = await VerifiedRecord.read(folder);
    const sums: { path: string; sha256: string }[] = [];
    for (const path of paths) {
      count.begin(path);
      const running = new RunningSums({ path });
      await readPieces(join(folder, path), options.signal, (piece, end) => {
        running.update(piece);
        count.at(end);
      });
      const { sha256 } = running.finish();
      sums.push({ path, sha256 });
      await record.add(path, sha256);
    }
    await writeWhole(join(folder, SUMS_FILE), formatSums(sums));
    return sums.length;
  } catch (error) {
    throw folderFault(error, folder);
  }
}

async function listFiles(folder: string, below = '', depth = 1): Promise<string[]> {
  const paths: string[] = [];
  for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    const usable = weightFileSchema.shape.path.safeParse(path).success;
    if (!usable || path === SUMS_FILE || path.endsWith(PART_SUFFIX)) continue;
    if (entry.isDirectory() && depth < MAX_DEPTH) paths.push(...(await listFiles(folder, path, depth + 1)));
    else if ((await sizeOf(join(folder, path))) !== undefined) paths.push(path);
    if (paths.length > MAX_FILES)
      throw new WeightsFault('ENGINE_WEIGHTS_SUMS_INVALID', `${folder} holds more than ${MAX_FILES} files.`);
  }
  return paths.sort();
}
