import { basename } from 'node:path';
import type { DescribedModel } from '../catalogue/described-model.js';
import type { ExpectedFile } from './expected-file.js';
import { request, textOf, withoutSecrets, type HttpSettings } from './http-request.js';
import { readOverHttp, sizeOverHttp } from './http-source.js';
import { MAX_SUMS_BYTES, parseSums, SUMS_FILE } from './sums-file.js';
import type { SourceBytes, WeightSource } from './weight-source.js';
import { WeightsFault } from './weights.errors.js';

/** A web server with the model's files, at the address itself or in a folder of the model's name below it. */
export class MirrorSource implements WeightSource {
  readonly name: string;

  private constructor(
    private readonly base: string,
    private readonly settings: HttpSettings,
  ) {
    this.name = withoutSecrets(base);
  }

  static async open(
    given: string,
    model: DescribedModel,
    settings: HttpSettings,
    signal: AbortSignal,
  ): Promise<MirrorSource> {
    const own = given.endsWith('/') ? given : `${given}/`;
    const mark = model.files?.[0]?.path ?? SUMS_FILE;
    for (const base of [new URL(`${basename(model.folder)}/`, own).href, own]) {
      const source = new MirrorSource(base, settings);
      if (await source.has(mark, signal)) return source;
    }
    throw new WeightsFault(
      'ENGINE_WEIGHTS_NOT_FOUND',
      `${withoutSecrets(own)} has no ${model.id}: there is no ${mark} at it or in its folder ${basename(model.folder)}.`,
    );
  }

  async list(signal: AbortSignal): Promise<readonly ExpectedFile[]> {
    const url = this.urlOf(SUMS_FILE);
    const response = await request(url, this.settings, { signal });
    return parseSums(await textOf(response, this.settings, signal, MAX_SUMS_BYTES), withoutSecrets(url));
  }

  size(path: string, signal: AbortSignal): Promise<number | undefined> {
    return sizeOverHttp(this.urlOf(path), this.settings, signal);
  }

  read(path: string, from: number, signal: AbortSignal): Promise<SourceBytes> {
    return readOverHttp(this.urlOf(path), from, this.settings, signal);
  }

  private async has(path: string, signal: AbortSignal): Promise<boolean> {
    try {
      const response = await request(this.urlOf(path), this.settings, { signal });
      await response.body?.cancel();
      return true;
    } catch (error) {
      if (error instanceof WeightsFault && error.code === 'ENGINE_WEIGHTS_NOT_FOUND') return false;
      throw error;
    }
  }

  private urlOf(path: string): string {
    return new URL(path.split('/').map(encodeURIComponent).join('/'), this.base).href;
  }
}
