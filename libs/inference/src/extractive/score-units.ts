import { analyze } from '@lorekeep/kit/text';
import type { PromptPassage } from '../driver.js';
import { readPassage, type ReadPassage, type Unit } from './read-passage.js';
import { plain, type AskedQuestion, type AskedTerm } from './read-question.js';

export interface ScoredUnit {
  readonly unit: Unit;
  readonly source: ScoredPassage;
  /** Place among the units of its passage. */
  readonly at: number;
  /** About 0 to 1: how much of the question's weight the unit and what stands around it cover. */
  readonly score: number;
}

export interface ScoredPassage extends ReadPassage {
  /** 0 to 1: the share of the question's weight that occurs in title, heading or content. */
  readonly covered: number;
  /** 0 to 1: the same of title and heading alone. */
  readonly headed: number;
  /** 0 to 1: the same of the last heading alone, or of the title where there is none. */
  readonly under: number;
  /** By the start of the unit; 0 where it shares nothing. */
  readonly scores: Map<number, number>;
  /** Title or last heading is the term that the question wants defined. */
  readonly defines: boolean;
}

export interface Scored {
  /** Those that share something with the question, best first. */
  readonly units: readonly ScoredUnit[];
  /** In the order of the passages. */
  readonly sources: readonly ScoredPassage[];
}

/** Passages are looked at in the order given, best first; more would only slow an answer down. */
const PASSAGES_MAX = 20;
/** In all passages together. */
const UNITS_MAX = 2_000;
/** What a passage loses for each place that retrieval put it behind the first. */
const RANK_LOSS = 0.1;
const RANKS_MAX = 5;
/** What a term is worth that stands not in the unit but above the list or table, in the heading, or elsewhere. */
const LEAD_SHARE = 0.9;
const TOPIC_SHARE = 0.75;
const NEIGHBOUR_SHARE = 0.5;
const CONTENT_SHARE = 0.35;
/** A pointer to another page, or a page that announces itself, is a poor answer. */
const POINTER_SHARE = 0.55;
const POINTER =
  /^(?:[-*]\s)?(?:for (?:more|further|details)|(?:please )?(?:see|refer to|read) |learn more|this (?:page|document|section|article)|更多|详情|详见|参见|参考|请参[考见阅]|关于.{0,40}参[考见]|本(?:文|章|节|部分|小节|文档))|(?:参[考见阅]|详见)[^，。]{0,40}[。.]?$/i;
/** Labels, code and cells that lost their table; a list's line may do without a full stop. */
const FRAGMENT_SHARE = 0.6;
const SENTENCE_END = /[.!?:…。！？：；｡][\s"'”’»)\]）】」』》〉*]*(?:\[\d+\])*$/;
/** Where a number is asked for, a sentence without one. */
const NO_NUMBER_SHARE = 0.8;
const NUMBER =
  /\d|[一二三四五六七八九十百千万亿半两]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|half|once|twice|never|always)\b/i;
/** A pair across two others that occurs nowhere is hardly a word. */
const UNMET_SEAM_FACTOR = 0.3;
/** A term of every sentence still is what the question is about. */
const WEIGHT_MIN = 0.3;
const DEFINING_BONUS = 0.3;
/** A term of the whole passage at this share of the weight makes its first sentences worth quoting. */
const HEADED_MIN = 0.8;

/** How far the passages and what stands in them cover the question. */
export function scoreUnits(asked: AskedQuestion, passages: readonly PromptPassage[]): Scored {
  const vocabulary = new Set(asked.terms.map(({ term }) => term));
  let room = UNITS_MAX;
  const read = passages.slice(0, PASSAGES_MAX).map((passage, rank) => {
    const one = readPassage(passage, rank, room, vocabulary);
    room -= one.units.length;
    return one;
  });
  const weights = weigh(asked.terms, read);
  const units: ScoredUnit[] = [];
  const sources: ScoredPassage[] = [];
  for (const one of read) {
    const nearest = new Set(analyze(one.passage.heading.split(' › ').at(-1) || one.passage.title));
    const source: ScoredPassage = {
      ...one,
      scores: new Map(),
      under: share(asked.terms, weights, (term) => nearest.has(term)),
      covered: share(asked.terms, weights, (term) => one.content.has(term) || one.topic.has(term)),
      headed: share(asked.terms, weights, (term) => one.topic.has(term)),
      defines: asked.defines !== '' && titlesOf(one.passage).includes(asked.defines),
    };
    sources.push(source);
    source.units.forEach((unit, at) => {
      const score = scoreUnit(asked, weights, source, at);
      if (score > 0) {
        units.push({ unit, source, at, score });
        source.scores.set(unit.start, score);
      }
    });
  }
  return { units: units.sort((a, b) => b.score - a.score), sources };
}

function scoreUnit(
  asked: AskedQuestion,
  weights: readonly number[],
  source: ScoredPassage,
  at: number,
): number {
  const unit = source.units[at];
  if (!unit) return 0;
  const before = source.units[at - 1]?.terms;
  const after = source.units[at + 1]?.terms;
  let own = 0;
  let sum = 0;
  let total = 0;
  asked.terms.forEach(({ term, seam }, index) => {
    const weight = weights[index] ?? 0;
    const has = (terms: ReadonlySet<string> | undefined): boolean =>
      terms !== undefined && meets(terms, term, seam);
    total += weight;
    if (has(unit.terms)) own += weight;
    else if (has(unit.leadTerms)) sum += weight * LEAD_SHARE;
    else if (has(source.topic)) sum += weight * TOPIC_SHARE;
    else if (has(before) || has(after)) sum += weight * NEIGHBOUR_SHARE;
    else if (has(source.content)) sum += weight * CONTENT_SHARE;
  });
  const first = at === 0 && (source.defines || source.headed >= HEADED_MIN);
  if (total === 0 || (own === 0 && !first)) return 0;
  let score = (own + sum) / total;
  if (POINTER.test(unit.text)) score *= POINTER_SHARE;
  if (unit.block === undefined && !SENTENCE_END.test(unit.text)) score *= FRAGMENT_SHARE;
  if (asked.number && !NUMBER.test(unit.text) && !opensList(unit)) score *= NO_NUMBER_SHARE;
  if (asked.defines !== '') {
    if (definesIt(unit.text, asked.defines)) score += DEFINING_BONUS;
    if (source.defines && at === 0) score += DEFINING_BONUS;
  }
  return score * (1 - RANK_LOSS * Math.min(source.rank, RANKS_MAX));
}

const opensList = (unit: Unit): boolean => /[:：]$/.test(unit.text);

/** A term occurs; a pair across a seam does where both of its neighbours do. */
function meets(terms: ReadonlySet<string>, term: string, seam: AskedTerm['seam']): boolean {
  return terms.has(term) || (seam !== undefined && terms.has(seam[0]) && terms.has(seam[1]));
}

function share(
  asked: readonly AskedTerm[],
  weights: readonly number[],
  has: (term: string) => boolean,
): number {
  let sum = 0;
  let total = 0;
  asked.forEach(({ term, seam }, index) => {
    const weight = weights[index] ?? 0;
    total += weight;
    if (has(term) || (seam && has(seam[0]) && has(seam[1]))) sum += weight;
  });
  return total === 0 ? 0 : sum / total;
}

/** Inverse document frequency over the units at hand, in BM25's form; what occurs nowhere counts as the rarest. */
function weigh(asked: readonly AskedTerm[], read: readonly ReadPassage[]): number[] {
  const count = read.reduce((sum, { units }) => sum + units.length, 0);
  return asked.map(({ term, seam, ...one }) => {
    let { factor } = one;
    let having = 0;
    for (const { units } of read) for (const unit of units) if (unit.terms.has(term)) having += 1;
    if (seam && having === 0) factor *= UNMET_SEAM_FACTOR;
    return factor * (WEIGHT_MIN + Math.log(1 + (count - having + 0.5) / (having + 0.5)));
  });
}

function titlesOf(passage: PromptPassage): string[] {
  const last = passage.heading.split(' › ').at(-1) ?? '';
  return [passage.title, last].map((text) =>
    plain(text).replace(/(?:简介|概述|介绍|overview|introduction)$/, ''),
  );
}

/** The sentence begins with the term, followed by what says `is`. */
function definesIt(text: string, term: string): boolean {
  const verb =
    /\s(?:is|are|means?|refers? to|stands for)\s|(?:是指|指的是|是|指|即|用于|用来|：|:)|\s[–—-]\s/.exec(
      text.slice(0, 200),
    );
  if (!verb) return false;
  const subject = text
    .slice(0, verb.index)
    .replace(/^[-*+•]\s+/, '')
    .replace(/\s*[(（][^)）]*[)）]\s*$/, '');
  return plain(subject) === term;
}
