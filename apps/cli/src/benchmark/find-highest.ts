export interface Tried {
  readonly concurrency: number;
  readonly stable: boolean;
  readonly why: string;
}

/** Halvings of the last doubling: within an eighth of the truth. */
const REFINEMENTS = 3;

/**
 * The highest concurrency at which `tryAt` is stable: doubled from 1 until it is not or `max` is reached, then the last
 * step halved. 0 when even one is not stable. `tryAt` ends the search by giving nothing.
 */
export async function findHighest<T extends Tried>(
  max: number,
  tryAt: (concurrency: number) => Promise<T | undefined>,
): Promise<{ highest: number; tried: T[] }> {
  const tried: T[] = [];
  const found = { highest: 0, broken: max + 1 };
  const attempt = async (concurrency: number): Promise<boolean> => {
    const result = await tryAt(concurrency);
    if (!result) return false;
    tried.push(result);
    if (result.stable) found.highest = Math.max(found.highest, concurrency);
    else found.broken = Math.min(found.broken, concurrency);
    return true;
  };
  const ended = (): { highest: number; tried: T[] } => ({
    highest: found.highest,
    tried: tried.sort((one, other) => one.concurrency - other.concurrency),
  });
  for (let next = 1; next < found.broken; next = next < max ? Math.min(next * 2, max) : found.broken)
    if (!(await attempt(next))) return ended();
  for (let step = 0; step < REFINEMENTS; step++) {
    const { highest, broken } = found;
    if (highest === 0 || broken - highest <= 1 || !(await attempt(Math.floor((highest + broken) / 2)))) break;
  }
  return ended();
}
