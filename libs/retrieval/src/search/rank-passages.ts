import { ROUNDING, type LengthNorm } from './bm25.js';
import { BestPassages, type Scored } from './best-passages.js';
import { seek, type PostingList } from './posting-list.js';
import { WINDOW, type PassageWindows, type Window } from './passage-windows.js';

/** A term of the question with its posting lists, one per segment that has it. */
export interface RankedTerm {
  /** idf · (k1 + 1), times the weight of the term in the question. */
  readonly weight: number;
  readonly lists: readonly PostingList[];
}

export interface Ranking {
  readonly windows: PassageWindows;
  readonly norm: LengthNorm & { readonly average: number };
  /** 1 for every scope that may be searched. */
  readonly allowed: Uint8Array;
  readonly k: number;
  /** Only passages with a higher score are wanted; 0 when nothing is known. */
  readonly above?: number;
}

/** What a rounded sum may be above the bound of its parts. */
const SLACK = 1e-9;
/** Looking up one passage in a list costs about as much as walking so many postings. */
const SEEK_COST = 12;

const scores = new Float64Array(WINDOW);
const touched = new Uint16Array(WINDOW);

/** A term's postings in one window. */
interface Part {
  readonly list: PostingList;
  readonly from: number;
  readonly to: number;
}

/** The terms that have postings in one window, highest bound first. */
interface WindowTerms {
  readonly parts: Part[][];
  readonly weights: number[];
  readonly bounds: number[];
}

/**
 * The k best passages by BM25, ties by number: MaxScore (Turtle & Flood 1995) by windows. Terms with the highest bound
 * come first; once the rest of them cannot lift a new passage above the k-th best, they only add to passages already
 * seen. A passage that may not be searched never enters.
 */
export function rankPassages(terms: readonly RankedTerm[], ranking: Ranking): Scored[] {
  const best = new BestPassages(ranking.k, ranking.above ?? 0);
  const byWindow = new Map<number, WindowTerms>();
  for (const term of terms) spread(term, ranking.norm.average, byWindow);
  for (const id of [...byWindow.keys()].sort((a, b) => a - b))
    rankWindow(id, inOrder(byWindow.get(id) as WindowTerms), ranking, best);
  return best.inOrder();
}

function spread(term: RankedTerm, average: number, byWindow: Map<number, WindowTerms>): void {
  const last = new Map<number, Part[]>();
  for (const list of term.lists) {
    // Where the average has grown, norms are smaller than when the bound was taken, at most by this factor.
    const drift = term.weight * Math.max(1, average / list.average) * (1 + SLACK);
    list.windows.forEach((id, i) => {
      const part = { list, from: list.starts[i] as number, to: list.starts[i + 1] as number };
      const bound = drift * (list.bounds[i] as number) + SLACK;
      let window = byWindow.get(id);
      if (!window) byWindow.set(id, (window = { parts: [], weights: [], bounds: [] }));
      const parts = last.get(id);
      if (parts) {
        parts.push(part);
        window.bounds[window.bounds.length - 1] = Math.max(window.bounds.at(-1) as number, bound);
        return;
      }
      const first = [part];
      last.set(id, first);
      window.parts.push(first);
      window.weights.push(term.weight);
      window.bounds.push(bound);
    });
  }
}

function inOrder({ parts, weights, bounds }: WindowTerms): WindowTerms {
  const order = bounds.map((_, i) => i).sort((a, b) => (bounds[b] as number) - (bounds[a] as number));
  return {
    parts: order.map((i) => parts[i] as Part[]),
    weights: order.map((i) => weights[i] as number),
    bounds: order.map((i) => bounds[i] as number),
  };
}

function rankWindow(id: number, terms: WindowTerms, ranking: Ranking, best: BestPassages): void {
  const window = ranking.windows.windowOf(id);
  const threshold = best.threshold;
  /** What the terms from i on can add at most. */
  const rest = new Float64Array(terms.parts.length + 1);
  for (let i = terms.parts.length - 1; i >= 0; i--)
    rest[i] = (rest[i + 1] as number) + (terms.bounds[i] as number);
  let count = 0;
  for (let i = 0; i < terms.parts.length; i++) {
    const weight = terms.weights[i] as number;
    const more = rest[i] as number;
    if (more > threshold) {
      for (const part of terms.parts[i] as Part[]) count = addAll(part, weight, window, ranking, count);
      continue;
    }
    if (count === 0) break;
    const needed = threshold - more;
    const alive = keepAbove(needed, count);
    if (alive === 0) break;
    count = alive;
    for (const part of terms.parts[i] as Part[]) addToSeen(part, weight, window, ranking.norm, count);
  }
  best.take(id * WINDOW, scores, touched, count);
}

/** Adds a term to every passage that may be searched. Returns how many passages have been seen. */
function addAll(
  part: Part,
  weight: number,
  window: Window,
  { allowed, norm }: Ranking,
  seen: number,
): number {
  const { places, frequencies } = part.list;
  const { lengths, scopes } = window;
  const { constant, slope } = norm;
  let count = seen;
  for (let i = part.from; i < part.to; i++) {
    const place = places[i] as number;
    if (allowed[scopes[place] as number] !== 1) continue;
    const frequency = frequencies[i] as number;
    const score = scores[place] as number;
    if (score === 0) touched[count++] = place;
    scores[place] =
      score +
      ((weight * frequency) / (frequency + constant + slope * (lengths[place] as number)) +
        ROUNDING -
        ROUNDING);
  }
  return count;
}

/** Forgets the seen passages that cannot come above the threshold any more. */
function keepAbove(needed: number, count: number): number {
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const place = touched[i] as number;
    if ((scores[place] as number) > needed) touched[kept++] = place;
    else scores[place] = 0;
  }
  return kept;
}

/** Adds a term to passages that have been seen. */
function addToSeen(part: Part, weight: number, { lengths }: Window, norm: LengthNorm, count: number): void {
  const { places, frequencies } = part.list;
  const { constant, slope } = norm;
  const add = (i: number, place: number): void => {
    const frequency = frequencies[i] as number;
    const length = lengths[place] as number;
    scores[place] =
      (scores[place] as number) +
      ((weight * frequency) / (frequency + constant + slope * length) + ROUNDING - ROUNDING);
  };
  if (count * SEEK_COST >= part.to - part.from) {
    for (let i = part.from; i < part.to; i++) {
      const place = places[i] as number;
      if (scores[place] !== 0) add(i, place);
    }
    return;
  }
  const window = part.list.starts.indexOf(part.from);
  for (let i = 0; i < count; i++) {
    const place = touched[i] as number;
    const at = seek(part.list, window, place);
    if (at < part.to && places[at] === place) add(at, place);
  }
}
