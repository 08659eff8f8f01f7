/** CPU milliseconds of this process, all threads, so that a shared machine disturbs little. */
export function cpu(work: () => void): number {
  const begin = process.cpuUsage();
  work();
  const used = process.cpuUsage(begin);
  return (used.user + used.system) / 1000;
}

/** The least of several rounds of each, taken in turns. */
export function leastInTurns(rounds: number, works: readonly (() => void)[]): number[] {
  const least = works.map(() => Infinity);
  for (let round = 0; round < rounds; round++) {
    works.forEach((work, i) => (least[i] = Math.min(least[i] ?? Infinity, cpu(work))));
  }
  return least;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Milliseconds that other work of this thread had to wait while the promise was under way: the longest, and in all. */
export async function blocked(
  start: () => Promise<unknown>,
): Promise<{ longest: number; total: number; wall: number }> {
  let longest = 0;
  let over = false;
  const begin = performance.now();
  const idle = performance.eventLoopUtilization();
  let last = begin;
  const beat = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 1);
    last = now;
    if (!over) setTimeout(beat, 1);
  };
  setTimeout(beat, 1);
  await start();
  over = true;
  const { active } = performance.eventLoopUtilization(idle);
  longest = Math.max(longest, performance.now() - last - 1);
  return { longest, total: active, wall: performance.now() - begin };
}

/** Bytes of all typed arrays in an object, nested ones too. */
export function bytesOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, part) => sum + bytesOf(part), 0);
}
