import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { modelKey, type ModelSettings } from '../read-settings.js';
import type { Embedder, EmbedOptions, TextKind } from './embedder.js';
import { ModelError } from './model.errors.js';
import { unitVector } from './unit-vector.js';

/** What is used of @huggingface/transformers, which is no dependency: some 500 MB that few installations need. */
interface Transformers {
  readonly env: { allowRemoteModels: boolean; allowLocalModels: boolean; localModelPath: string };
  pipeline(task: 'feature-extraction', model: string, options: { dtype: string }): Promise<Extract>;
}
type Extract = (
  texts: string[],
  options: { pooling: string; normalize: boolean },
) => Promise<{ tolist(): unknown }>;

const PACKAGE = '@huggingface/transformers';
export const INSTALL_ADVICE = `a local model needs ${PACKAGE}: ONNXRUNTIME_NODE_INSTALL=skip npm install --no-save ${PACKAGE}@4.3.1`;

/** A model in a folder of this machine (config.json, tokenizer.json, onnx/model.onnx). Nothing is ever downloaded. */
export class FolderEmbedder implements Embedder {
  readonly key: string;
  readonly model: string;
  private loading: Promise<Extract> | undefined;

  constructor(
    private readonly settings: ModelSettings,
    private readonly load: () => Promise<unknown> = () => import(PACKAGE),
  ) {
    this.key = modelKey(settings);
    this.model = settings.model;
  }

  async embed(texts: readonly string[], kind: TextKind, options: EmbedOptions): Promise<Float32Array[]> {
    options.signal.throwIfAborted();
    const { questionPrefix, passagePrefix, pooling } = this.settings;
    const prefix = kind === 'question' ? questionPrefix : passagePrefix;
    const extract = await late(options.timeoutMs, this.open());
    const work = extract(
      texts.map((text) => prefix + text),
      { pooling, normalize: true },
    );
    const vectors = (await late(options.timeoutMs, work)).tolist();
    if (!Array.isArray(vectors) || vectors.length !== texts.length)
      throw new ModelError('wrong', `the model did not give ${texts.length} vectors`);
    return vectors.map(unitVector);
  }

  private open(): Promise<Extract> {
    this.loading ??= this.openFolder().catch((cause: unknown) => {
      this.loading = undefined;
      throw cause;
    });
    return this.loading;
  }

  private async openFolder(): Promise<Extract> {
    const folder = resolve(this.settings.folder);
    if (!existsSync(folder)) throw new ModelError('forbidden', 'the folder of the local model is not there');
    let transformers: Transformers;
    try {
      transformers = (await this.load()) as Transformers;
    } catch (cause) {
      throw new ModelError('forbidden', INSTALL_ADVICE, null, cause);
    }
    Object.assign(transformers.env, {
      allowRemoteModels: false,
      allowLocalModels: true,
      localModelPath: dirname(folder),
    });
    try {
      return await transformers.pipeline('feature-extraction', basename(folder), { dtype: 'fp32' });
    } catch (cause) {
      throw new ModelError('forbidden', 'the folder holds no model that can be opened', null, cause);
    }
  }
}

async function late<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new ModelError('away', `the model did not answer within ${timeoutMs} ms`)),
      timeoutMs,
    );
  });
  try {
    return await Promise.race([work, passed]);
  } catch (cause) {
    throw cause instanceof ModelError ? cause : new ModelError('away', 'the model failed', null, cause);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
