/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { LEET_LETTER as LEET_LETTER_TABLE } from './lexicon.js';
import { WordPass } from './read-words.js';
import { Traits } from './traits.js';
import {
  BLANK,
  CLASS as CLASS_TABLE,
  DIGIT,
  HAN,
  isQuote,
  LATIN,
  LINE_END,
  OTHER,
  RARE,
  SIGN,
} from './unit-classes.js';

// The engine looks an imported constant up at each use.
const LEET_LETTER = LEET_LETTER_TABLE;
const CLASS = CLASS_TABLE;
const CODED_MIN = 8;
const IN_RUN = Uint8Array.from({ length: 128 }, (_, unit) =>
  /[A-Za-z0-9+/_=-]/.test(String.fromCharCode(unit)) ? 1 : 0,
);

/** One pass over a visible text; the cost is a few nanoseconds a unit, whatever the text. */
export function readTraits(units: Uint16Array): Traits {
  const traits = new Traits();
  const words = new WordPass(units, traits);
  const { ascii } = traits;
  const { length } = units;
  let [lastBlank, lastBreak, solid, longRun] = [-1, -1, 0, 0];
  for (let i = 0; i < length; i++) {
    const unit = units[i]!;
    const kind = CLASS[unit]!;
    if (kind === LATIN) {
      i = words.read(i) - 1;
      continue;
    }
    if (unit < 128) {
      ascii[unit]!++;
      if (kind === DIGIT) words.digit(i);
      if (LEET_LETTER[unit] !== 0) words.token(i);
      if (IN_RUN[unit] === 1) continue;
      if (kind === SIGN && isQuote(unit)) traits.quotesAt.push(i);
    } else if (kind === HAN) words.han(i);
    else if (kind === OTHER) {
      if (isQuote(unit)) traits.quotesAt.push(i);
    } else if (kind === RARE) traits.rare++;
    if (i - lastBreak > longRun) longRun = i - lastBreak;
    if (i - lastBreak > CODED_MIN) words.endOfRun();
    else words.beginRun();
    lastBreak = i;
    // What is solid without blanks is nothing to wonder at in Chinese.
    if (kind !== BLANK && kind !== LINE_END && kind !== HAN) continue;
    if (i - lastBlank > solid) solid = i - lastBlank;
    lastBlank = i;
    if (kind === LINE_END) traits.lines++;
  }
  if (length - lastBreak > CODED_MIN) words.endOfRun();
  traits.solid = Math.max(solid, length - lastBlank) - 1;
  traits.longRun = Math.max(longRun, length - lastBreak) - 1;
  return traits;
}
