/** Where a count's axis has numbers, from nothing upwards: two even steps of 1, 2 or 5 times a power of ten. */
export function axisTicks(most: number): number[] {
  if (most <= 1) return [0, 1];
  const power = 10 ** Math.floor(Math.log10(most / 2));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= most / 2) ?? most;
  return [0, step, 2 * step];
}
