import { decodeList } from '../segment-codec.js';
import type { LengthNorm } from './bm25.js';
import { WINDOW, WINDOW_BITS, type PassageWindows } from './passage-windows.js';

/** The postings of one term in one segment, as a search walks them. */
export interface PostingList {
  /** Windows in ascending order; the postings of `windows[i]` are `starts[i] … starts[i + 1] - 1`. */
  readonly windows: readonly number[];
  readonly starts: readonly number[];
  /** Highest f / (f + norm) of each window, for passages of the average length `average` or a shorter one. */
  readonly bounds: readonly number[];
  readonly average: number;
  /** Place in the window. */
  readonly places: Uint16Array;
  readonly frequencies: Uint8Array;
  /** Searchable passages among them, as of `changes` changes of the segment. */
  alive: number;
  changes: number;
}

export const NO_POSTINGS: Omit<PostingList, 'changes'> = {
  windows: [],
  starts: [0],
  bounds: [],
  average: 1,
  places: new Uint16Array(0),
  frequencies: new Uint8Array(0),
  alive: 0,
};

/** Memory of a list, with its place in a map. */
export function bytesOf(list: PostingList): number {
  return 320 + list.windows.length * 24 + list.places.byteLength + list.frequencies.byteLength;
}

/** Throws DamagedSegment for bytes that cannot be a list of passages of this index. */
export function readPostings(
  bytes: Uint8Array,
  count: number,
  passages: PassageWindows,
  norm: LengthNorm & { average: number },
  changes: number,
): PostingList {
  const { numbers, frequencies } = decodeList(bytes, count);
  const places = new Uint16Array(count);
  const windows: number[] = [];
  const starts: number[] = [];
  const bounds: number[] = [];
  let alive = 0;
  for (let at = 0; at < count;) {
    const id = (numbers[at] as number) >>> WINDOW_BITS;
    const { lengths, scopes } = passages.windowOf(id);
    let highest = 0;
    windows.push(id);
    starts.push(at);
    for (; at < count && (numbers[at] as number) >>> WINDOW_BITS === id; at++) {
      const place = (numbers[at] as number) & (WINDOW - 1);
      places[at] = place;
      if (scopes[place] !== 0) alive++;
      const frequency = frequencies[at] as number;
      const part = frequency / (frequency + norm.constant + norm.slope * (lengths[place] as number));
      if (part > highest) highest = part;
    }
    bounds.push(highest);
  }
  starts.push(count);
  return { windows, starts, bounds, average: norm.average, places, frequencies, alive, changes };
}

/** Place of the first posting of `part` (an index of windows) that is not before `place`. */
export function seek(list: PostingList, part: number, place: number): number {
  let low = list.starts[part] as number;
  let high = list.starts[part + 1] as number;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list.places[middle] as number) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Postings of the numbers `first … first + count - 1`. */
export function countWithin(list: PostingList, first: number, count: number): number {
  let found = 0;
  for (let number = first; number < first + count;) {
    const id = number >>> WINDOW_BITS;
    const end = Math.min(first + count, (id + 1) * WINDOW);
    const part = list.windows.indexOf(id);
    if (part >= 0) {
      const base = id * WINDOW;
      const to = end - base === WINDOW ? (list.starts[part + 1] as number) : seek(list, part, end - base);
      found += to - seek(list, part, number - base);
    }
    number = end;
  }
  return found;
}

/** 0 where the passage is not in the list. */
export function frequencyOf(list: PostingList, number: number): number {
  const part = list.windows.indexOf(number >>> WINDOW_BITS);
  if (part < 0) return 0;
  const place = number & (WINDOW - 1);
  const at = seek(list, part, place);
  return at < (list.starts[part + 1] as number) && list.places[at] === place
    ? (list.frequencies[at] as number)
    : 0;
}

/** The passages of lists of several segments. */
export function numbersOf(lists: readonly PostingList[]): number[] {
  const numbers: number[] = [];
  for (const { windows, starts, places } of lists)
    windows.forEach((id, part) => {
      for (let at = starts[part] as number; at < (starts[part + 1] as number); at++)
        numbers.push(id * WINDOW + (places[at] as number));
    });
  return numbers;
}
