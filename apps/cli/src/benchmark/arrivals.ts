/**
 * When each of `count` requests arrives, in milliseconds from the start: a Poisson process of `rate` requests a second
 * (exponential gaps; `vllm bench serve` with burstiness 1). A rate of Infinity lets all arrive at once.
 */
export function arrivals(count: number, rate: number, random: () => number): number[] {
  let at = 0;
  return Array.from({ length: count }, () => {
    if (rate === Infinity) return 0;
    const before = at;
    at += (-Math.log(1 - random()) / rate) * 1000;
    return before;
  });
}
