import type { PromptPassage } from '../driver.js';
import { lengthenWords } from './lengthen-words.js';
import { quoteBlock, quoteSteps, type Piece } from './quote-block.js';
import type { Block } from './read-passage.js';
import { readQuestion, type AskedQuestion } from './read-question.js';
import { scoreUnits, type ScoredPassage, type ScoredUnit } from './score-units.js';

export interface Quote {
  readonly number: number;
  readonly passageId: string;
  /**
   * As it stands in the passage: a sentence, whole lines of a list below what introduces them, or rows of a table below
   * its head. Between those lines others may have been left out, and the rule below a head is put in where it lacks.
   */
  readonly text: string;
}

interface Placed extends Quote {
  readonly start: number;
  /** The whole of it, or its list of which this is an item. */
  readonly block: Block | undefined;
  readonly isBlock: boolean;
}

const QUOTES_MAX = 4;
const SOURCES_MAX = 3;
/**
 * Below this score the best sentence is about something else. Every further word of the question takes a little off, as
 * it is rarer that all of many are met. Chinese words are shorter and meet by chance more often (bench: README.md).
 */
const ANSWER_MIN = { en: 0.5, zh: 0.66 };
const LESS_PER_WORD = 0.02;
const WORDS_MAX = 8;
/** Further quotes must be nearly as good as the best; less so what stands beside it. */
const NEAR_BEST = { beside: 0.6, paragraph: 0.8, elsewhere: 0.85 };
/** Steps are those of the question only under a heading (the last one; any, in the best passage) that shares so much of it. */
const STEPS_UNDER_MIN = 0.6;
const STEPS_HEADED_MIN = 0.4;
/** Longest single sentence; beyond it the text is no prose. */
const SENTENCE_LENGTH_MAX = 1_200;
/** Shorter than this, a sentence is a label or a stray number. */
const TERMS_MIN = 3;

/** The quotes that answer a question, those of the best passage first; none when nothing is close enough. */
export function chooseQuotes(question: string, passages: readonly PromptPassage[]): Quote[] {
  const asked = readQuestion(lengthenWords(question, passages));
  const needed = scoreNeeded(asked);
  const { units, sources } = scoreUnits(asked, passages);
  const scored = units.filter(isQuotable);
  const best = scored.find((candidate) => pieceOf(candidate) !== undefined);
  if (!best || best.score < needed) return [];
  const steps = asked.procedure ? stepsOf(sources, best) : undefined;
  if (steps) return [quote(steps.source, steps.piece.text)];
  const quotes: Placed[] = [];
  for (const candidate of scored) {
    const { source, unit, score } = candidate;
    if (quotes.length === QUOTES_MAX) break;
    if (score < best.score * NEAR_BEST[placeOf(candidate, best)]) continue;
    if (quotes.some((one) => one.isBlock && (unit.block?.kind === 'table' || one.block === unit.block)))
      continue;
    const piece = pieceOf(candidate);
    if (!piece || isKnown(quotes, source, piece)) continue;
    const isBlock = piece.block !== undefined;
    if (isBlock && quotes.some((one) => one.isBlock)) continue;
    quotes.push({
      ...quote(source, piece.text),
      start: piece.start,
      block: piece.block ?? unit.block,
      isBlock,
    });
    // A list or a table is an answer by itself.
    if (isBlock && quotes.length === 1) break;
  }
  return inOrder(quotes);
}

function scoreNeeded({ language, words }: AskedQuestion): number {
  return ANSWER_MIN[language] - LESS_PER_WORD * Math.min(words, WORDS_MAX);
}

function placeOf({ unit, source, at }: ScoredUnit, best: ScoredUnit): keyof typeof NEAR_BEST {
  if (source !== best.source || unit.paragraph !== best.unit.paragraph) return 'elsewhere';
  return Math.abs(at - best.at) <= 1 && unit.block === undefined ? 'beside' : 'paragraph';
}

function isQuotable({ unit }: ScoredUnit): boolean {
  if (unit.end - unit.start > SENTENCE_LENGTH_MAX) return false;
  return unit.terms.size >= TERMS_MIN || unit.block !== undefined || /[:：]$/.test(unit.text);
}

const quote = ({ passage }: ScoredPassage, text: string): Quote => ({
  number: passage.number,
  passageId: passage.id,
  text,
});

function pieceOf({ unit, source }: ScoredUnit): Piece | undefined {
  const opens = ({ kind, lead }: Block): boolean => kind === 'list' && lead?.start === unit.start;
  const block = unit.block ?? source.blocks.find(opens);
  return block ? quoteBlock(source, block, unit) : { ...unit, block: undefined };
}

/** The first steps under the heading that says most of the question, else of the best passage. */
function stepsOf(
  sources: readonly ScoredPassage[],
  best: ScoredUnit,
): { source: ScoredPassage; piece: Piece } | undefined {
  const headed = sources
    .filter((one) => one.under >= STEPS_UNDER_MIN || (one === best.source && one.headed >= STEPS_HEADED_MIN))
    .sort((a, b) => b.under - a.under || b.headed - a.headed || a.rank - b.rank);
  for (const source of headed) {
    const piece = quoteSteps(source);
    if (piece) return { source, piece };
  }
  return undefined;
}

function isKnown(quotes: readonly Placed[], source: ScoredPassage, piece: Piece): boolean {
  const known = normal(piece.text);
  const others = quotes.filter(({ number }) => number !== source.passage.number);
  if (new Set(others.map(({ number }) => number)).size >= SOURCES_MAX) return true;
  return quotes.some(({ text }) => normal(text).includes(known) || known.includes(normal(text)));
}

/** Passages in the order of their best quote; those of a passage as they stand in it, items of one list together. */
function inOrder(quotes: readonly Placed[]): Quote[] {
  const ordered: Placed[] = [];
  for (const number of new Set(quotes.map((one) => one.number))) {
    const here = quotes.filter((one) => one.number === number).sort((a, b) => a.start - b.start);
    for (const one of here) {
      const last = ordered.at(-1);
      if (last?.block && last.block === one.block)
        ordered[ordered.length - 1] = { ...last, text: `${last.text}\n${one.text}` };
      else ordered.push(one);
    }
  }
  return ordered.map(({ number, passageId, text }) => ({ number, passageId, text }));
}

function normal(text: string): string {
  return text.replace(/\s+/g, ' ').toLowerCase();
}
