import { DIMENSIONS_MAX } from './embedder.js';
import { ModelError } from './model.errors.js';

/** The vector of length 1 in the same direction. @throws ModelError for what is no vector */
export function unitVector(values: unknown): Float32Array {
  const list = values as ArrayLike<unknown>;
  const isList = Array.isArray(values) || values instanceof Float32Array;
  if (!isList || list.length === 0 || list.length > DIMENSIONS_MAX)
    throw new ModelError('wrong', `the answer holds a vector without 1 to ${DIMENSIONS_MAX} numbers`);
  let square = 0;
  for (let i = 0; i < list.length; i++) {
    const value = list[i];
    if (typeof value !== 'number' || !Number.isFinite(value))
      throw new ModelError('wrong', 'the answer holds a vector with something that is no number');
    square += value * value;
  }
  if (!(square > 0) || !Number.isFinite(square))
    throw new ModelError('wrong', 'the answer holds a vector without a direction');
  const length = Math.sqrt(square);
  return Float32Array.from(list as ArrayLike<number>, (value) => value / length);
}

/** Of vectors of length 1: their cosine. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** One bit per dimension, its sign, as Postgres writes bits. */
export function signatureOf(vector: Float32Array): string {
  let bits = '';
  for (const value of vector) bits += value > 0 ? '1' : '0';
  return bits;
}

/** As Postgres writes a list of numbers, without its brackets. */
export const numbersOf = (vector: Float32Array): string => vector.join(',');
