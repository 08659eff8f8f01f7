/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { FLAGS, hashStep, isKnown, KNOWN, LETTER, slotOf } from './lexicon.js';

const WORD_MAX = 15;
/** What an unknown letter costs, and what a word costs whatever its length: few long words are best. */
const UNKNOWN = 12;
const WORD = 4;
const SHORT_WORDS = new Set(
  'a i of to in is it me my no on or do as at be by if all and the you are now cat etc not out new run use get how who why'.split(
    ' ',
  ),
);
/** Letters of the longest run that is parted. */
const LETTERS_MAX = 512;

/**
 * Where words begin in letters without blanks (lower case), as most of them are known words; nothing where they are
 * not. Time is that of the length times the longest word.
 */
export function splitWords(letters: string): number[] | undefined {
  const { length } = letters;
  if (length > LETTERS_MAX) return undefined;
  const cost = new Float64Array(length + 1).fill(Infinity);
  const from = new Int32Array(length + 1);
  cost[0] = 0;
  for (let start = 0; start < length; start++) {
    if (cost[start]! + UNKNOWN < cost[start + 1]!) {
      cost[start + 1] = cost[start]! + UNKNOWN;
      from[start + 1] = start;
    }
    let hash = 0;
    for (let end = start + 1; end <= length && end <= start + WORD_MAX; end++) {
      hash = hashStep(hash, LETTER[letters.charCodeAt(end - 1)]!);
      const price = cost[start]! + WORD + (end - start < 3 ? 2 : 0);
      if ((FLAGS[slotOf(hash)]! & KNOWN) === 0 || price >= cost[end]! || !isWord(letters.slice(start, end)))
        continue;
      cost[end] = price;
      from[end] = start;
    }
  }
  const starts: number[] = [];
  let unknown = 0;
  for (let end = length; end > 0; end = from[end]!) {
    const start = from[end]!;
    const isLone = end - start === 1 && !SHORT_WORDS.has(letters.charAt(start));
    if (isLone) unknown++;
    // Unknown letters stay with those before them.
    if (!isLone || start === 0 || cost[start]! - cost[from[start]!]! !== UNKNOWN) starts.push(start);
  }
  return unknown * 3 > length ? undefined : starts.reverse();
}

function isWord(word: string): boolean {
  return word.length < 4 ? SHORT_WORDS.has(word) : isKnown(word);
}

/** Letters without a blank, parted where they are words; any other text as it is. */
export function withBlanks(text: string): string {
  if (!/^[a-z]{6,}$/.test(text)) return text;
  const starts = splitWords(text);
  return starts ? starts.map((start, i) => text.slice(start, starts[i + 1] ?? text.length)).join(' ') : text;
}
