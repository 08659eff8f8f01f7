import { CERTAIN, FLAGGED } from './rules/rule.js';

/** Shorter texts cost no more than an ordinary question with a quotation. */
const SIZE_MIN = 4_000;
/** Windows of this many units are compared. */
const GRAM = 8;
/** Different windows among those looked at: a repeated line has as many as it is long; tables and logs have hundreds. */
const DISTINCT_FLAGGED = 64;
const DISTINCT_CERTAIN = 32;
/** Windows looked at, spread over the text. */
const SAMPLES = 512;
/** Marks set upon one character: no script needs more than a few. */
const MARKS = /\p{M}{12}/u;
const BEYOND_LATIN = /[\u0300-\uffff]/;
const TABLE = 4_096;
const seen = new Uint8Array(TABLE);

export interface Flood {
  readonly rule: string;
  readonly points: number;
}

/**
 * Repetition that costs tokens and says nothing: few different windows among SAMPLES of them, spread over the text.
 */
export function findFlooding(text: string): Flood | null {
  if (BEYOND_LATIN.test(text) && MARKS.test(text)) return { rule: 'flooding.stacked-marks', points: FLAGGED };
  if (text.length < SIZE_MIN) return null;
  seen.fill(0);
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
  if (distinct > DISTINCT_FLAGGED) return null;
  return { rule: 'flooding.repetition', points: distinct <= DISTINCT_CERTAIN ? CERTAIN : FLAGGED };
}
