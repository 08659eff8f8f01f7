import { isKnown } from './lexicon.js';

const WORD_MAX = 15;
/** What an unknown letter costs, and what a word costs whatever its length: few long words are best. */
const UNKNOWN = 12;
const WORD = 4;
const SHORT_WORDS = new Set([
  'a',
  'i',
  'of',
  'to',
  'in',
  'is',
  'it',
  'me',
  'my',
  'no',
  'on',
  'or',
  'do',
  'as',
  'at',
  'be',
  'by',
  'if',
  'all',
  'and',
  'the',
  'you',
  'are',
  'now',
]);

/**
 * Where words begin in letters without blanks (lower case), as most of them are known words; nothing where they are
 * not. Time is that of the length times the longest word.
 */
export function splitWords(letters: string): number[] | undefined {
  const cost = new Float64Array(letters.length + 1).fill(Infinity);
  const from = new Int32Array(letters.length + 1);
  cost[0] = 0;
  for (let end = 1; end <= letters.length; end++) {
    const unknown = (cost[end - 1] ?? 0) + UNKNOWN;
    cost[end] = unknown;
    from[end] = end - 1;
    for (let start = Math.max(0, end - WORD_MAX); start < end; start++) {
      const word = letters.slice(start, end);
      if (word.length < 4 ? !SHORT_WORDS.has(word) && !(word.length === 3 && isKnown(word)) : !isKnown(word))
        continue;
      const price = (cost[start] ?? 0) + WORD + (word.length < 3 ? 2 : 0);
      if (price >= (cost[end] ?? Infinity)) continue;
      cost[end] = price;
      from[end] = start;
    }
  }
  const starts: number[] = [];
  let unknown = 0;
  for (let end = letters.length; end > 0; end = from[end] ?? 0) {
    const start = from[end] ?? 0;
    if (end - start === 1 && letters.charAt(start) !== 'a' && letters.charAt(start) !== 'i') unknown++;
    starts.push(start);
  }
  return unknown * 3 > letters.length ? undefined : starts.reverse();
}
