import { weightFileSchema } from '../catalogue/described-model.js';
import type { ExpectedFile } from './expected-file.js';
import { WeightsFault } from './weights.errors.js';

/** As sha256sum writes and checks it. */
export const SUMS_FILE = 'SHA256SUMS';
export const MAX_SUMS_BYTES = 1 << 20;
export const MAX_FILES = 2000;

const LINE = /^([0-9a-fA-F]{64}) [ *](.+)$/;
const pathSchema = weightFileSchema.shape.path;

/** Lines `<sum>  <path>`; paths that leave the folder are refused. Throws WeightsFault with the line. */
export function parseSums(text: string, from: string): readonly ExpectedFile[] {
  const files = new Map<string, ExpectedFile>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, sum = '', raw = ''] = LINE.exec(line) ?? [];
    const path = raw.replace(/^\.\//, '');
    if (sum === '' || !pathSchema.safeParse(path).success)
      throw invalid(`Line ${index + 1} of ${from} is not a sum and a path below the folder.`);
    files.set(path, { path, sha256: sum.toLowerCase() });
    if (files.size > MAX_FILES) throw invalid(`${from} names more than ${MAX_FILES} files.`);
  }
  if (files.size === 0) throw invalid(`${from} names no file.`);
  return [...files.values()];
}

export function formatSums(files: readonly { readonly path: string; readonly sha256: string }[]): string {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  return sorted.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('');
}

function invalid(sentence: string): WeightsFault {
  return new WeightsFault('ENGINE_WEIGHTS_SUMS_INVALID', sentence);
}
