import { FREQUENT, HAN_PAIRS } from '../views/lexicon-words.js';
import { BEGINS, ENDS, withoutMarks } from './edges.js';

/** Of the units of ordinary text, which share begins with the most frequent word; the others follow Zipf's law. */
const FIRST_WORD = 0.03;
const ZIPF_SHIFT = 2;
/** A frequent pair of Han characters. */
const HAN_PAIR = 0.0001;
const LETTER = 0.05;
const HAN = 0.003;
/** Of the places where a letter stands, those where a word begins or ends there. */
const AT_EDGE = 0.25;
/** How much likelier a sign is after itself than anywhere. */
const DOUBLED = 0.3;
/** Units for each word. */
const WORD = 6;
const PIECE_MAX = 8;
const SIGNS: Readonly<Record<string, number>> = {
  ' ': 0.16, '\n': 0.012, '.': 0.012, ',': 0.012, '-': 0.008, '"': 0.005, "'": 0.004, '`': 0.004, '|': 0.004,
  '(': 0.004, ')': 0.004, ':': 0.005, '/': 0.004, '#': 0.003, '*': 0.003, '=': 0.003, '_': 0.004, '?': 0.003,
}; // prettier-ignore
const OTHER_SIGN = 0.002;

/** Shares of all pieces of frequent words, blanks around them: ` th`, `he `, `and`. */
let pieces: Map<string, number> | undefined;

function piecesOfWords(): Map<string, number> {
  const shares = new Map<string, number>();
  FREQUENT.split(' ').forEach((word, rank) => {
    const spaced = ` ${word} `;
    const share = FIRST_WORD / (rank + 1 + ZIPF_SHIFT);
    for (let from = 0; from < spaced.length; from++)
      for (let to = from + 1; to <= Math.min(spaced.length, from + PIECE_MAX); to++) {
        const piece = spaced.slice(from, to);
        shares.set(piece, (shares.get(piece) ?? 0) + share);
      }
  });
  for (const pair of HAN_PAIRS.split(' ')) shares.set(pair, HAN_PAIR);
  return shares;
}

/** How often a text begins in ordinary text, about, as a share of its units; edges (see edges.ts) may be marked. */
export function shareOfText(marked: string): number {
  const text = marked.replace(BEGINS, ' ').replace(ENDS, ' ');
  pieces ??= piecesOfWords();
  // Blanks belong to the words on both sides.
  const words = text.match(/ ?[^ ]+ ?(?=[^ ]|$)| +/g) ?? [];
  let share = 1;
  for (const word of words) share *= Math.min(1, (pieces.get(word) ?? 0) + shareOfUnits(word));
  share *= WORD ** Math.max(0, words.length - 1);
  return Math.min(1, share);
}

function shareOfUnits(text: string): number {
  let share = 1;
  let before = '';
  for (const unit of text) {
    if (unit === ' ' && text.length > 1) share *= AT_EDGE;
    else if (unit >= 'a' && unit <= 'z') share *= LETTER;
    else if (unit >= '\u0080') share *= HAN;
    else share *= unit === before ? DOUBLED : (SIGNS[unit] ?? OTHER_SIGN);
    before = unit;
  }
  return share;
}

/** The same by kinds of units alone: rough, and the same whatever the frequent words are. */
export function shareByUnits(marked: string): number {
  let share = 1;
  for (const unit of withoutMarks(marked))
    share *= unit === ' ' ? 0.15 : /[a-z]/.test(unit) ? 0.05 : unit < '\u0080' ? 0.015 : 0.003;
  return share;
}
