/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { LETTER as LETTER_TABLE } from './lexicon.js';

// The engine looks an imported constant up at each use.
const LETTER = LETTER_TABLE;
const LETTER_I = 9;
const LETTER_W = 23;
/** Units between two letters that stand three times. */
const GAP_MAX = 64;
const TRIPLE = 3;

/** Whether letters are repeated for no reason: two of them three times near each other, or three neighbours twice each. */
export function hasRepeats(units: Uint16Array): boolean {
  // Where the last three triples begin, the latest first.
  let [last, second, third] = [-1, -1, -1];
  for (let i = 0; i + 1 < units.length; i++) {
    const letter = LETTER[units[i]!]!;
    if (letter === 0 || LETTER[units[i + 1]!] !== letter) continue;
    if (isPair(units, i + 2) && isPair(units, i + 4)) return true;
    // Three of these are a number or an address.
    if (letter === LETTER_I || letter === LETTER_W || i + 2 >= units.length) continue;
    if (LETTER[units[i + 2]!] !== letter) continue;
    const before =
      last >= 0 && last <= i - TRIPLE ? last : second >= 0 && second <= i - TRIPLE ? second : third;
    if (before >= 0 && i - TRIPLE - before <= GAP_MAX) return true;
    [third, second, last] = [second, last, i];
  }
  return false;
}

function isPair(units: Uint16Array, at: number): boolean {
  if (at + 1 >= units.length) return false;
  const letter = LETTER[units[at]!]!;
  return letter !== 0 && LETTER[units[at + 1]!] === letter;
}
