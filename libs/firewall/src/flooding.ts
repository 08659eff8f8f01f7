import { CERTAIN, FLAGGED } from './rules/rule.js';

/** Shorter texts cannot flood. */
const SIZE_MIN = 2_000;
/** Windows of this many units are compared. */
const GRAM = 8;
/** Of the windows looked at, the share that must differ; prose has above .8, tables and logs above .2. */
const DISTINCT_FLAGGED = 0.06;
const DISTINCT_CERTAIN = 0.04;
/** Windows looked at, spread over the text. */
const SAMPLES = 1_024;
/** Marks set upon one character: no script needs more than a few. */
const MARKS = /\p{M}{12}/u;
const TABLE = 4_096;

export interface Flood {
  readonly rule: string;
  readonly points: number;
}

/**
 * Repetition that costs tokens and says nothing: the share of different windows among those sampled at random places.
 * Constant time above SAMPLES windows.
 */
export function findFlooding(text: string): Flood | null {
  if (MARKS.test(text)) return { rule: 'flooding.stacked-marks', points: FLAGGED };
  if (text.length < SIZE_MIN) return null;
  const seen = new Uint8Array(TABLE);
  let distinct = 0;
  // A step without a common factor with usual periods, so that a period is seen at all its phases.
  const places = text.length - GRAM + 1;
  let place = 0;
  for (let i = 0; i < SAMPLES; i++) {
    place = (place + 7_919) % places;
    let hash = 0;
    for (let k = 0; k < GRAM; k++) hash = (Math.imul(hash, 31) + text.charCodeAt(place + k)) | 0;
    const slot = (hash ^ (hash >>> 15)) & (TABLE - 1);
    if (seen[slot] === 1) continue;
    seen[slot] = 1;
    distinct++;
  }
  const share = distinct / SAMPLES;
  if (share > DISTINCT_FLAGGED) return null;
  return { rule: 'flooding.repetition', points: share <= DISTINCT_CERTAIN ? CERTAIN : FLAGGED };
}
