import { createReadStream } from 'node:fs';
import { basename, join } from 'node:path';
import type { DescribedModel } from '../catalogue/described-model.js';
import type { ExpectedFile } from './expected-file.js';
import { SUMS_FILE } from './sums-file.js';
import { readSums, sizeOf } from './verify-weights.js';
import type { SourceBytes, WeightSource } from './weight-source.js';
import { WeightsFault } from './weights.errors.js';

const PIECE_BYTES = 4 << 20;

/** A folder of this machine: the model's own, or one that holds it under its folder's name. */
export class FolderSource implements WeightSource {
  readonly name: string;

  private constructor(
    private readonly folder: string,
    private readonly model: DescribedModel,
  ) {
    this.name = folder;
  }

  static async open(given: string, model: DescribedModel): Promise<FolderSource> {
    const marks = [SUMS_FILE, ...(model.files?.slice(0, 1).map(({ path }) => path) ?? [])];
    for (const folder of [join(given, basename(model.folder)), given])
      for (const mark of marks)
        if ((await sizeOf(join(folder, mark))) !== undefined) return new FolderSource(folder, model);
    throw new WeightsFault(
      'ENGINE_WEIGHTS_NOT_FOUND',
      `${given} holds no ${model.id}: there is neither ${marks.join(' nor ')} in it or in its folder ${basename(model.folder)}.`,
    );
  }

  list(): Promise<readonly ExpectedFile[]> {
    return readSums(this.folder, this.model.id);
  }

  size(path: string): Promise<number | undefined> {
    return sizeOf(join(this.folder, path));
  }

  async read(path: string, from: number, signal: AbortSignal): Promise<SourceBytes> {
    const total = await this.size(path);
    if (total === undefined)
      throw new WeightsFault('ENGINE_WEIGHTS_NOT_FOUND', `${this.folder} has no ${path}.`);
    const options = { start: from, highWaterMark: PIECE_BYTES, signal };
    return { from, total, pieces: createReadStream(join(this.folder, path), options) };
  }
}
