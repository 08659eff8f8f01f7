import type { RE2JS } from 're2js';

/**
 * Units of a piece that is asked about at once, beside the reach of the pattern. The engine's automaton tells only
 * whether there is a match; where, is asked of the same automaton by halving. Its search for captures would cost the
 * size of the pattern for every unit.
 */
const STEP = 256;
/** Units beside a find that `\b`, `^` and `$` look at. */
const CONTEXT = 2;
/** Finds that their surroundings contradict; a text that has more of them is taken at its word. */
const DOUBTS_MAX = 64;

export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Places between `from` and `to` where a pattern matches, `reach` units long at most; in order, at most `most`. */
export function findLinear(
  pattern: Pick<RE2JS, 'test'>,
  text: string,
  { from, to, reach, most }: { from: number; to: number; reach: number; most: number },
): Place[] {
  const places: Place[] = [];
  const has = (start: number, end: number) => pattern.test(text.slice(Math.max(0, start), end));
  let doubts = 0;
  let at = Math.max(0, from);
  const last = Math.min(to, text.length);
  while (at < last && places.length < most) {
    const until = Math.min(at + STEP + reach, last);
    if (!has(at, until)) {
      at += STEP;
      continue;
    }
    const end = least(at, until, (candidate) => has(at, candidate));
    const start = -least(-end, -at, (candidate) => has(-candidate, end));
    if (doubts > DOUBTS_MAX || has(start - CONTEXT, end + CONTEXT)) {
      places.push({ start, end });
      at = Math.max(end, at + 1);
    } else {
      doubts += 1;
      at = start + 1;
    }
  }
  return places;
}

/** The least number above `no`, up to `yes`, of which something holds that holds of all above it. */
function least(no: number, yes: number, holds: (candidate: number) => boolean): number {
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2);
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}
