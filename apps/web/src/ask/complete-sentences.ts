/** The end of a sentence, Western with a space after it or Chinese without, or a line's end. */
const END = /[.!?…]["')\]]*(?=\s)|[。！？]["”’」）]*|\n/gu;
/** What is for the eye, by what is said in its place. */
const MARKUP: readonly [RegExp, string][] = [
  // The line beneath a table's head, a rule across, the bounds of code.
  [/^[ \t]*(?:\|?[ \t]*:?-{2,}:?[ \t]*)+\|?[ \t]*$|^[ \t]*(?:[*_]{3,}|(?:`{3}|~{3}).*)[ \t]*$/gm, ''],
  [/^[ \t]*(?:(?:[-*+]|#{1,6}|>)[ \t]+)+/gm, ''],
  [/^[ \t]*\||\|[ \t]*$/gm, ''],
  [/[ \t]*\|[ \t]*/g, ', '],
  [/\[([^\]\n]*)\]\([^)\n]*\)/g, '$1'],
  [/\s?[[【]\d{1,3}(?:\s?[,，、]\s?\d{1,3})*[\]】]/g, ''],
  [/[*_`]+/g, ' '],
  [/\s+/g, ' '],
  [/ (?=[.,!?;:。，！？；：])/g, ''],
];

const wordsOf = (text: string): string =>
  MARKUP.reduce((words, [mark, said]) => words.replace(mark, said), text).trim();

/**
 * The sentences that were completed after `from`, as a screen reader should say them, and where the next call goes on.
 * `finished`: what is left counts as complete.
 */
export function completeSentences(
  text: string,
  from: number,
  finished: boolean,
): { spoken: string; next: number } {
  let next = from;
  for (const match of text.slice(from).matchAll(END)) next = from + match.index + match[0].length;
  if (finished) next = text.length;
  return { spoken: wordsOf(text.slice(from, next)), next };
}
