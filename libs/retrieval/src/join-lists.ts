import type { PostingList } from './segment-codec.js';

/** Numbers that are no longer alive: `starts[i] … ends[i] - 1`, ascending. */
export interface DeadRanges {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** The list without what is dead. */
export function dropDead(list: PostingList, { starts, ends }: DeadRanges): PostingList {
  if (starts.length === 0) return list;
  const { numbers, frequencies } = list;
  const kept = new Uint32Array(numbers.length);
  const keptFrequencies = new Uint8Array(numbers.length);
  let size = 0;
  let range = 0;
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i] as number;
    if ((ends[range] ?? Infinity) <= number) range = firstEndAfter(ends, range, number);
    if ((starts[range] ?? Infinity) <= number) continue;
    kept[size] = number;
    keptFrequencies[size++] = frequencies[i] as number;
  }
  return { numbers: kept.subarray(0, size), frequencies: keptFrequencies.subarray(0, size) };
}

function firstEndAfter(ends: Uint32Array, from: number, number: number): number {
  let low = from;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ends[middle] as number) <= number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One ascending list out of several; no number stands in two. */
export function joinLists(lists: readonly PostingList[]): PostingList {
  const parts = lists.filter(({ numbers }) => numbers.length > 0);
  const [only] = parts;
  if (only && parts.length === 1) return only;
  parts.sort((a, b) => (a.numbers[0] as number) - (b.numbers[0] as number));
  const size = parts.reduce((sum, { numbers }) => sum + numbers.length, 0);
  const numbers = new Uint32Array(size);
  const frequencies = new Uint8Array(size);
  let at = 0;
  let ascending = true;
  for (const part of parts) {
    if (at > 0 && (numbers[at - 1] as number) >= (part.numbers[0] as number)) ascending = false;
    numbers.set(part.numbers, at);
    frequencies.set(part.frequencies, at);
    at += part.numbers.length;
  }
  return ascending ? { numbers, frequencies } : sorted(numbers, frequencies);
}

/** Several processes take numbers in turn, so that their documents interleave. */
function sorted(numbers: Uint32Array, frequencies: Uint8Array): PostingList {
  // Number and frequency as one integer below 2^53, which a typed array sorts without a call per comparison.
  const pairs = Float64Array.from(numbers, (number, i) => number * 256 + (frequencies[i] as number)).sort();
  return {
    numbers: Uint32Array.from(pairs, (pair) => Math.floor(pair / 256)),
    frequencies: Uint8Array.from(pairs, (pair) => pair % 256),
  };
}
