/** The end of a sentence, Western with a space after it or Chinese without, or a line's end. */
const END = /[.!?…]["')\]]*(?=\s)|[。！？]["”’」）]*|\n/gu;
/** Marks that are for the eye. */
const MARKUP = /[*_`#>|]+|\s?[[【]\d{1,3}(?:\s?[,，、]\s?\d{1,3})*[\]】]/gu;

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
  const spoken = text.slice(from, next).replace(MARKUP, ' ').replace(/\s+/g, ' ').trim();
  return { spoken, next };
}
