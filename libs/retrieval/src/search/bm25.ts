/**
 * BM25 in Lucene's form (Robertson & Zaragoza 2009): a term adds idf · f · (k1 + 1) / (f + k1 · (1 − b + b · l / average)),
 * with idf = ln(1 + (N − df + 0.5) / (df + 0.5)).
 */
export const K1 = 1.2;
export const B = 0.75;

export function idf(passages: number, frequency: number): number {
  return Math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5));
}

/** What a search needs of the statistics: the part of a posting is `weight · f / (f + constant + slope · length)`. */
export interface LengthNorm {
  readonly constant: number;
  readonly slope: number;
}

export function lengthNorm(average: number): LengthNorm {
  return { constant: K1 * (1 - B), slope: average > 0 ? (K1 * B) / average : 0 };
}

/**
 * Adding and subtracting it rounds to multiples of 2^-40. What every term adds is rounded so, which makes the sums of
 * doubles exact (below 4,096) and thus the same in whatever order the terms are added: equal passages have equal scores.
 */
export const ROUNDING = 1.5 * 2 ** 12;

/** What a posting adds to the score of its passage. */
export function contribution(weight: number, frequency: number, length: number, norm: LengthNorm): number {
  return (weight * frequency) / (frequency + norm.constant + norm.slope * length) + ROUNDING - ROUNDING;
}
