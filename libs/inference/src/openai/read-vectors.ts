import { isCount } from './read-chunk.js';

/** Longest vector that is read; the longest of today's models has 16,384 numbers. */
export const DIMENSIONS_MAX = 32_768;

export interface ReadVectors {
  /** In the order of the inputs. */
  readonly vectors: readonly Float32Array[];
  /** Null where the server does not count. */
  readonly promptTokens: number | null;
}

type Json = Record<string, unknown>;

/**
 * The vectors of an answer of `/v1/embeddings`, as lists or as base64 of little-endian float32, without trusting its
 * shape. Nothing but finite numbers comes out. @throws TypeError when one is missing, given twice, or no vector
 */
export function readVectors(body: unknown, expected: number): ReadVectors {
  const { data, usage } = object(body);
  if (!Array.isArray(data) || data.length !== expected) throw new TypeError('not one vector for each input');
  const vectors: Float32Array[] = [];
  for (const [at, row] of (data as unknown[]).entries()) {
    const { index = at, embedding } = object(row);
    if (typeof index !== 'number' || !(index in data) || vectors[index]) throw new TypeError('no such input');
    vectors[index] = readVector(embedding);
  }
  const length = vectors[0]?.length;
  if (vectors.some((vector) => vector.length !== length)) throw new TypeError('vectors of several lengths');
  return { vectors, promptTokens: readTokens(usage) };
}

function readVector(value: unknown): Float32Array {
  const vector = typeof value === 'string' ? fromBase64(value) : fromList(value);
  if (vector.length === 0 || vector.length > DIMENSIONS_MAX) throw new TypeError('a vector of no length');
  if (!vector.every(Number.isFinite)) throw new TypeError('not a number');
  return vector;
}

function fromList(value: unknown): Float32Array {
  if (!Array.isArray(value) || value.length > DIMENSIONS_MAX) throw new TypeError('no vector');
  if (!value.every((number) => typeof number === 'number')) throw new TypeError('not a number');
  return Float32Array.from(value as number[]);
}

function fromBase64(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length % 4 !== 0) throw new TypeError('not whole numbers of four bytes');
  const vector = new Float32Array(bytes.length / 4);
  for (let at = 0; at < vector.length; at += 1) vector[at] = bytes.readFloatLE(at * 4);
  return vector;
}

function readTokens(usage: unknown): number | null {
  if (typeof usage !== 'object' || usage === null) return null;
  const { prompt_tokens: tokens } = usage as Json;
  return isCount(tokens) ? tokens : null;
}

function object(value: unknown): Json {
  if (typeof value !== 'object' || value === null) throw new TypeError('not an object');
  return value as Json;
}
