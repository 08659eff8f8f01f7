/** What is told of a sample. The unit is that of the values. */
export interface Spread {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  /** Where the median of such requests lies in 95 of 100 cases, whatever their distribution. */
  readonly p50Between: readonly [low: number, high: number];
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** The `share` quantile (0 to 1) of ascending values by linear interpolation, as numpy.percentile; NaN of none. */
export function quantile(ascending: readonly number[], share: number): number {
  const at = (ascending.length - 1) * share;
  const low = ascending[Math.floor(at)];
  const high = ascending[Math.ceil(at)];
  if (low === undefined || high === undefined) return Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/** Nothing of no values: an absent figure must not look like a zero. */
export function spreadOf(values: readonly number[]): Spread | undefined {
  if (values.length === 0) return undefined;
  const ascending = Float64Array.from(values).sort();
  const sorted = Array.from(ascending);
  return {
    count: sorted.length,
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    p50: quantile(sorted, 0.5),
    p50Between: medianBetween(sorted),
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
    max: sorted.at(-1) ?? Number.NaN,
  };
}

/** By ranks: how many of n values lie below the median is binomial; of fewer than six values, all of them. */
function medianBetween(ascending: readonly number[]): readonly [number, number] {
  const { length } = ascending;
  const away = 0.98 * Math.sqrt(length);
  const low = Math.max(1, Math.round(length / 2 - away));
  const high = Math.min(length, Math.round(length / 2 + away + 1));
  return [ascending[low - 1] ?? Number.NaN, ascending[high - 1] ?? Number.NaN];
}
