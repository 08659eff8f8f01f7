import type { Embedder } from '../models/embedder.js';
import { ModelError } from '../models/model.errors.js';
import { cut } from './passage-text.js';

export interface EmbedTextsOptions {
  readonly batch: number;
  readonly concurrency: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** The dimensions of what is there already; null: not known yet. */
  readonly dimensions: number | null;
}

/** A text that is refused is tried shorter so often, a half each time: models differ in how much they read. */
const CUTS = 3;

/**
 * Vectors of texts, in their order; null for a text that the model takes in no length. What is not refused but fails
 * ends it: @throws ModelError.
 */
export async function embedTexts(
  embedder: Embedder,
  texts: readonly string[],
  options: EmbedTextsOptions,
): Promise<(Float32Array | null)[]> {
  const batches: { from: number; texts: readonly string[] }[] = [];
  for (let from = 0; from < texts.length; from += options.batch)
    batches.push({ from, texts: texts.slice(from, from + options.batch) });
  const vectors = new Array<Float32Array | null>(texts.length).fill(null);
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const lane = async (): Promise<void> => {
    for (let next = batches.shift(); next; next = batches.shift()) {
      const { from } = next;
      const found = await embedBatch(embedder, next.texts, { ...options, signal });
      found.forEach((vector, i) => (vectors[from + i] = vector));
    }
  };
  const lanes = Array.from({ length: Math.min(options.concurrency, batches.length) }, lane);
  try {
    await Promise.all(lanes);
  } finally {
    // One that fails fails them all; none is left behind.
    stop.abort(new Error('another request for vectors failed'));
    await Promise.allSettled(lanes);
  }
  return vectors;
}

async function embedBatch(
  embedder: Embedder,
  texts: readonly string[],
  options: EmbedTextsOptions,
): Promise<(Float32Array | null)[]> {
  try {
    const vectors = await embedder.embed(texts, 'passage', options);
    const given = vectors[0]?.length ?? 0;
    if (options.dimensions !== null && given !== options.dimensions)
      throw new ModelError(
        'wrong',
        `the model gives ${given} dimensions where it gave ${options.dimensions}: another model answers under its name`,
      );
    return vectors;
  } catch (cause) {
    if (!(cause instanceof ModelError && cause.failure === 'refused')) throw cause;
    if (texts.length === 1) return [await embedShorter(embedder, texts[0] ?? '', options)];
    const middle = texts.length >> 1;
    return [
      ...(await embedBatch(embedder, texts.slice(0, middle), options)),
      ...(await embedBatch(embedder, texts.slice(middle), options)),
    ];
  }
}

async function embedShorter(
  embedder: Embedder,
  text: string,
  options: EmbedTextsOptions,
): Promise<Float32Array | null> {
  for (let times = 1; times <= CUTS; times++) {
    try {
      const [vector] = await embedder.embed([cut(text, text.length >> times)], 'passage', options);
      return vector ?? null;
    } catch (cause) {
      if (!(cause instanceof ModelError && cause.failure === 'refused')) throw cause;
    }
  }
  return null;
}
