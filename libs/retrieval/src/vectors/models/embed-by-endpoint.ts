import { modelKey, type ModelSettings } from '../read-settings.js';
import type { Embedder, EmbedOptions, TextKind } from './embedder.js';
import { ModelError } from './model.errors.js';
import { postJson } from './post-json.js';
import { unitVector } from './unit-vector.js';

/** Generous for the widest vectors written out in full. */
const ANSWER_BYTES = 64 * 1024;
const VECTOR_BYTES = 200 * 1024;

/** POST /v1/embeddings as OpenAI describes it and vLLM, TEI and Ollama answer it. */
export class EndpointEmbedder implements Embedder {
  readonly key: string;
  readonly model: string;

  constructor(private readonly settings: ModelSettings) {
    this.key = modelKey(settings);
    this.model = settings.model;
  }

  async embed(texts: readonly string[], kind: TextKind, options: EmbedOptions): Promise<Float32Array[]> {
    const { url, apiKey, model, questionPrefix, passagePrefix } = this.settings;
    const prefix = kind === 'question' ? questionPrefix : passagePrefix;
    const answer = await postJson({
      url: `${url}/v1/embeddings`,
      apiKey,
      body: { model, input: texts.map((text) => prefix + text), encoding_format: 'float' },
      bytesMax: ANSWER_BYTES + texts.length * VECTOR_BYTES,
      ...options,
    });
    return readVectors(answer, texts.length);
  }
}

function readVectors(answer: unknown, count: number): Float32Array[] {
  const data = (answer as { data?: unknown } | null)?.data;
  if (!Array.isArray(data) || data.length !== count)
    throw new ModelError('wrong', `the answer does not hold ${count} vectors`);
  const vectors = new Array<Float32Array | undefined>(count).fill(undefined);
  data.forEach((item: unknown, place) => {
    const { index = place, embedding } = (item ?? {}) as { index?: unknown; embedding?: unknown };
    if (typeof index !== 'number' || !(index in vectors) || vectors[index])
      throw new ModelError('wrong', 'the answer does not say which vector belongs to which text');
    vectors[index] = unitVector(embedding);
  });
  const whole = vectors.filter((vector) => vector !== undefined);
  if (new Set(whole.map(({ length }) => length)).size !== 1)
    throw new ModelError('wrong', 'the answer holds vectors of different lengths');
  return whole;
}
