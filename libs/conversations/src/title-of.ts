/** Fits on a line of the history, in any script. */
export const TITLE_MAX = 200;
const TITLE_FROM_QUESTION = 80;

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** A title from the first question: its first line, cut between characters as readers see them. */
export function titleOf(question: string): string {
  const line = question
    .slice(0, 2_000)
    .replace(/\p{Cs}/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  const characters = [...segmenter.segment(line)].map(({ segment }) => segment);
  if (characters.length <= TITLE_FROM_QUESTION) return fit(line) || '…';
  return `${fit(
    characters
      .slice(0, TITLE_FROM_QUESTION - 1)
      .join('')
      .trimEnd(),
  )}…`;
}

/** A character as readers see it may consist of very many. */
function fit(text: string): string {
  return text.slice(0, TITLE_MAX - 1).replace(/\p{Cs}/gu, '');
}
