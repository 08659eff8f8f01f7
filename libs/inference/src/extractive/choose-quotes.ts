import type { PromptPassage } from '../driver.js';
import { scoreSentences, type Candidate } from './score-sentences.js';

export interface Quote {
  readonly number: number;
  readonly passageId: string;
  /** Exactly as it stands in the passage. */
  readonly text: string;
}

const QUOTES_MAX = 4;
/** Below this share of the question's weight a sentence is about something else. */
export const ANSWER_MIN = 0.42;
/** Further quotes must be nearly as good as the best. */
const NEAR_BEST = 0.75;
/** A quote that introduces a list takes the list along, up to this many characters. */
const LIST_LENGTH_MAX = 700;
/** Longest single sentence; beyond it the text is no prose. */
const SENTENCE_LENGTH_MAX = 1_200;

/** The best sentences for a question, best first; none when nothing is close enough to be an answer. */
export function chooseQuotes(question: string, passages: readonly PromptPassage[]): Quote[] {
  const candidates = scoreSentences(question, passages).filter(
    (candidate) => candidate.end - candidate.start <= SENTENCE_LENGTH_MAX,
  );
  const best = candidates[0];
  if (!best || best.score < ANSWER_MIN) return [];
  const quotes: Quote[] = [];
  const seen = new Set<string>();
  for (const candidate of candidates) {
    if (quotes.length === QUOTES_MAX || candidate.score < best.score * NEAR_BEST) break;
    const text = quoteOf(candidate);
    const known = normal(text);
    if ([...seen].some((other) => other.includes(known) || known.includes(other))) continue;
    seen.add(known);
    quotes.push({ number: candidate.passage.number, passageId: candidate.passage.id, text });
  }
  return quotes;
}

function quoteOf(candidate: Candidate): string {
  const { content } = candidate.passage;
  const sentence = content.slice(candidate.start, candidate.end);
  if (!/[:：]$/.test(sentence)) return sentence;
  return content.slice(candidate.start, endOfList(content, candidate.end)).trimEnd();
}

const ITEM = /^\s*(?:[-*+•·–]\s|\(?\d{1,3}[.)、]|\||[（(][一二三四五六七八九十\d]+[)）])/;

/** The end of the list that begins below `from`, in whole lines. */
function endOfList(content: string, from: number): number {
  let end = from;
  let at = from;
  while (at < content.length && at - from < LIST_LENGTH_MAX) {
    const next = content.indexOf('\n', at + 1);
    const lineEnd = next < 0 ? content.length : next;
    const line = content.slice(at, lineEnd);
    if (ITEM.test(line)) end = lineEnd;
    else if (line.trim() !== '') break;
    at = lineEnd;
  }
  return end - from > LIST_LENGTH_MAX ? from : end;
}

function normal(text: string): string {
  return text.replace(/\s+/g, ' ').toLowerCase();
}
