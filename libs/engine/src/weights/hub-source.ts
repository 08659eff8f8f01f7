import { z } from 'zod';
import { weightFileSchema, type DescribedModel } from '../catalogue/described-model.js';
import type { ExpectedFile } from './expected-file.js';
import { request, textOf, type HttpSettings } from './http-request.js';
import { readOverHttp, sizeOverHttp } from './http-source.js';
import type { SourceBytes, WeightSource } from './weight-source.js';
import { WeightsFault } from './weights.errors.js';

/** What a hub says about one model. */
const MAX_ANSWER_BYTES = 16 << 20;

const revisionSchema = z.looseObject({ sha: z.string().regex(/^[0-9a-f]{40}$/) });
const treeSchema = z.array(
  z.looseObject({
    type: z.string(),
    path: z.string(),
    size: z.number().int().min(0),
    oid: z.string().regex(/^[0-9a-f]{40}$/),
    lfs: z.looseObject({ oid: z.string().regex(/^[0-9a-f]{64}$/), size: z.number().int() }).optional(),
  }),
);

/**
 * A hub of the Hugging Face layout, at the commit that the revision names now. Only the files of the first level: what
 * lies in folders there (`original/`, `metal/`) are other forms of the same weights.
 */
export class HubSource implements WeightSource {
  private constructor(
    readonly name: string,
    private readonly hub: string,
    private readonly repository: string,
    private readonly commit: string,
    private readonly settings: HttpSettings,
  ) {}

  static async open(
    hub: string,
    model: DescribedModel,
    settings: HttpSettings,
    signal: AbortSignal,
  ): Promise<HubSource> {
    const { repository, revision, id } = model;
    if (repository === undefined)
      throw new WeightsFault(
        'ENGINE_WEIGHTS_NOT_FOUND',
        `The catalogue names no repository of ${id} on a hub.`,
      );
    const root = hub.replace(/\/+$/, '');
    const url = `${root}/api/models/${repository}/revision/${encodeURIComponent(revision)}`;
    const { sha } = await answerOf(url, revisionSchema, settings, signal);
    return new HubSource(`${root}/${repository}`, root, repository, sha, settings);
  }

  async list(signal: AbortSignal): Promise<readonly ExpectedFile[]> {
    const url = `${this.hub}/api/models/${this.repository}/tree/${this.commit}`;
    const tree = await answerOf(url, treeSchema, this.settings, signal);
    const files = tree
      .filter(({ type, path }) => type === 'file' && weightFileSchema.shape.path.safeParse(path).success)
      .map(({ path, size, oid, lfs }) =>
        lfs ? { path, bytes: lfs.size, sha256: lfs.oid } : { path, bytes: size, gitBlob: oid },
      );
    if (files.length > 0) return files;
    throw new WeightsFault('ENGINE_WEIGHTS_NOT_FOUND', `${this.name} has no files.`);
  }

  size(path: string, signal: AbortSignal): Promise<number | undefined> {
    return sizeOverHttp(this.urlOf(path), this.settings, signal);
  }

  read(path: string, from: number, signal: AbortSignal): Promise<SourceBytes> {
    return readOverHttp(this.urlOf(path), from, this.settings, signal);
  }

  private urlOf(path: string): string {
    const encoded = path.split('/').map(encodeURIComponent).join('/');
    return `${this.hub}/${this.repository}/resolve/${this.commit}/${encoded}`;
  }
}

async function answerOf<T>(
  url: string,
  schema: z.ZodType<T>,
  settings: HttpSettings,
  signal: AbortSignal,
): Promise<T> {
  const text = await textOf(await request(url, settings, { signal }), settings, signal, MAX_ANSWER_BYTES);
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new WeightsFault('ENGINE_WEIGHTS_SUMS_INVALID', `${url} does not answer as a hub does.`, cause);
  }
}
