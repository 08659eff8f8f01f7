import type { Answer } from './answer-state.js';
import { citedNumbers } from './split-chips.js';

/** The answer as text, its sources listed beneath. */
export function copyText(
  answer: Pick<Answer, 'text' | 'citations'>,
  heading: string,
  pageLabel: (page: number) => string,
): string {
  const byNumber = new Map(answer.citations.map((citation) => [citation.number, citation]));
  const cited = citedNumbers(answer.text, new Set(byNumber.keys())).sort((a, b) => a - b);
  if (cited.length === 0) return answer.text;
  const lines = cited.map((number) => {
    const citation = byNumber.get(number);
    if (!citation) return '';
    const page = citation.page === null ? '' : pageLabel(citation.page);
    return `[${number}] ${[citation.title, citation.heading, page].filter(Boolean).join(', ')}`;
  });
  return `${answer.text.trimEnd()}\n\n${heading}\n${lines.join('\n')}`;
}
