import { analyze, sentences } from '@lorekeep/kit/text';
import type { PromptPassage } from '../driver.js';

/** A sentence of a passage: `passage.content.slice(start, end)`. */
export interface Candidate {
  readonly passage: PromptPassage;
  readonly start: number;
  readonly end: number;
  /** 0 to 1: how much of the question's weight the sentence covers, its title and heading at part value. */
  readonly score: number;
}

/** Passages are looked at in the order given, best first; more would only slow an answer down. */
const PASSAGES_MAX = 20;
const SENTENCES_MAX = 2_000;
/** Words of the title or heading set the topic without stating anything. */
const TOPIC_SHARE = 0.5;
/** What a passage loses for each place that retrieval put it behind the first. */
const RANK_LOSS = 0.06;
/** Words elsewhere in the passage tell that it is about the same thing. */
const CONTEXT_SHARE = 0.35;
/** Pairs of characters that only ask, or that join words of a question. */
const ASKING =
  /^(?:什么|是什|么[^]|[^]么|多少|[^]多|少[^]|哪[^]|[^]哪|怎[^]|如何|何[^]|[^]何|是否|[^]吗|[^]呢|请问|[^]的|的[^]|几[^]|[^]几|可以|能否|有没|没有|[^]是|是[^]|我[^]|[^]我|谁[^]|[^]谁)$/;
/** Shorter than this, a sentence is a heading, a label or a stray number. */
const TERMS_MIN = 3;

/**
 * The sentences of the passages that share terms with the question, best first. Terms are weighted by inverse
 * document frequency over the sentences at hand (BM25's form); terms that occur nowhere count as the rarest.
 */
export function scoreSentences(question: string, passages: readonly PromptPassage[]): Candidate[] {
  const asked = [...new Set(analyze(question))].filter((term) => !ASKING.test(term));
  if (asked.length === 0) return [];
  const all = passages.slice(0, PASSAGES_MAX).flatMap(sentencesOf).slice(0, SENTENCES_MAX);
  const weight = weigh(asked, all);
  const total = asked.reduce((sum, term) => sum + (weight.get(term) ?? 0), 0);
  const scored: Candidate[] = [];
  for (const sentence of all) {
    let covered = 0;
    let own = 0;
    for (const term of asked) {
      const value = weight.get(term) ?? 0;
      if (sentence.terms.has(term)) own += value;
      else if (sentence.topic.has(term)) covered += value * TOPIC_SHARE;
      else if (sentence.context.has(term)) covered += value * CONTEXT_SHARE;
    }
    if (own === 0 || (sentence.terms.size < TERMS_MIN && !sentence.opensList)) continue;
    const { passage, start, end, rank } = sentence;
    scored.push({
      passage,
      start,
      end,
      score: ((own + covered) / total) * (1 - RANK_LOSS * Math.min(rank, 10)),
    });
  }
  return scored.sort((a, b) => b.score - a.score);
}

interface Sentence {
  readonly passage: PromptPassage;
  readonly rank: number;
  readonly start: number;
  readonly end: number;
  readonly terms: ReadonlySet<string>;
  readonly topic: ReadonlySet<string>;
  readonly context: ReadonlySet<string>;
  /** Ends with a colon: what it says stands below it. */
  readonly opensList: boolean;
}

function sentencesOf(passage: PromptPassage, rank: number): Sentence[] {
  const topic = new Set(analyze(`${passage.title}\n${passage.heading}`));
  const context = new Set(analyze(passage.content));
  return sentences(passage.content)
    .filter((span) => !isHeading(passage.content.slice(span.start, span.end)))
    .map((span) => ({
      passage,
      rank,
      ...span,
      terms: new Set(analyze(passage.content.slice(span.start, span.end))),
      topic,
      context,
      opensList: /[:：]$/.test(passage.content.slice(span.start, span.end)),
    }));
}

/** A Markdown heading, or a question of an FAQ: repeating it would answer nothing. */
function isHeading(text: string): boolean {
  return text.startsWith('#') || /^\*\*[^*]+\*\*$/.test(text) || /[?？]["'”」]?$/.test(text);
}

function weigh(asked: readonly string[], all: readonly Sentence[]): Map<string, number> {
  const weight = new Map<string, number>();
  for (const term of asked) {
    const having = all.reduce((count, sentence) => count + (sentence.terms.has(term) ? 1 : 0), 0);
    weight.set(term, Math.log(1 + (all.length - having + 0.5) / (having + 0.5)));
  }
  return weight;
}
