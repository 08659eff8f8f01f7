import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { editDistanceAtMost, surfaceWords, type SurfaceWord } from '@lorekeep/kit/text';
import { CollectedLists } from './search/collect-lists.js';
import type { PostingList } from './search/posting-list.js';
import { rankPassages } from './search/rank-passages.js';
import { readPassages } from './search/read-passages.js';
import { readVocabulary } from './search/read-vocabulary.js';
import { countAllowed } from './search/score-question.js';
import type { Current } from './search/tenant-cache.js';

export interface Misspelt {
  readonly text: string;
  readonly collectionIds: ReadonlySet<string> | null;
  readonly left: () => number;
}

/** A longer question is not mistaken in one word, and nobody would read it again. */
export const SUGGESTION_CHARACTERS_MAX = 200;
const WORDS_MAX = 6;
/** Of shorter words everything is a neighbour. */
const LETTERS_MIN = 4;
/** From this length on two mistakes are one more likely mistaken than meant. */
const LETTERS_FOR_TWO = 7;
/** Those with the fewest changes are looked at, per word. */
const CANDIDATES_MAX = 12;

/** A word that the question may have meant. */
interface Meant {
  readonly typed: string;
  readonly word: string;
  readonly distance: number;
  readonly count: number;
  /** A document that has it. */
  readonly documentId: string;
}

export interface Suggestion {
  readonly text: string;
  /** Where its new words are from: whoever may not read one of these is not shown it. */
  readonly documentIds: readonly string[];
}

/**
 * The question with words that passages of the caller have, in place of such that differ in one or two characters; null
 * where there are none. The words are taken out of passages that row security shows to the caller, and how often they
 * occur is counted among these alone.
 */
export async function suggestSpelling(
  database: Database,
  ctx: CallContext,
  current: Current,
  { text, collectionIds, left }: Misspelt,
): Promise<Suggestion | null> {
  if (text.length > SUGGESTION_CHARACTERS_MAX) return null;
  const words = surfaceWords(text)
    .filter(({ word }) => [...word].length >= LETTERS_MIN)
    .slice(0, WORDS_MAX);
  if (words.length === 0) return null;
  const beginnings = [...new Set(words.flatMap(({ term }) => beginningsOf(term)))];
  const vocabulary = await readVocabulary(database, ctx, current.index, beginnings, left());
  const near = new Map(words.map((word) => [word.word, nearest(word, vocabulary)]));
  const terms = [...new Set([...near.values()].flat())];
  if (terms.length === 0) return null;
  const collected = new CollectedLists(database, current.index);
  let lists = collected.of(terms);
  if (!lists && (await collected.fetch(ctx, terms, left()))) lists = collected.of(terms);
  if (!lists) return null;
  const allowed = current.index.scopes.allowed(current.readable, collectionIds);
  const forms = await readForms(database, ctx, current, { lists, allowed, left });
  let suggestion = text;
  const documentIds = new Set<string>();
  for (const { word } of words) {
    const meant = bestOf(word, near.get(word) ?? [], forms);
    if (!meant) continue;
    suggestion = suggestion.replaceAll(word, meant.word);
    documentIds.add(meant.documentId);
  }
  return suggestion === text ? null : { text: suggestion, documentIds: [...documentIds] };
}

/** The first character is mostly right, the second mostly too, unless it changed places or is one too many. */
function beginningsOf(term: string): string[] {
  const [first = '', second = '', third = ''] = term;
  return [first + second, second + first, first + third];
}

const mostOf = (word: string): number => (word.length >= LETTERS_FOR_TWO ? 2 : 1);

function nearest({ word, term }: SurfaceWord, vocabulary: ReadonlySet<string>): string[] {
  const most = mostOf(word);
  const typed = word.toLowerCase();
  const found: { term: string; distance: number }[] = [];
  for (const other of vocabulary) {
    // A term is a stem: compared with the stem, and with the word itself.
    const distance = editDistanceAtMost(term, other, most) ?? editDistanceAtMost(typed, other, most);
    if (distance !== undefined) found.push({ term: other, distance });
  }
  return found
    .sort((a, b) => a.distance - b.distance || (a.term < b.term ? -1 : 1))
    .slice(0, CANDIDATES_MAX)
    .map((candidate) => candidate.term);
}

interface Form {
  readonly documentId: string;
  readonly words: ReadonlyMap<string, number>;
  readonly count: number;
}

/** The words behind each term, out of the best passage that has it and may be read. */
async function readForms(
  database: Database,
  ctx: CallContext,
  current: Current,
  {
    lists,
    allowed,
    left,
  }: { lists: ReadonlyMap<string, readonly PostingList[]>; allowed: Uint8Array; left: () => number },
): Promise<Map<string, Form>> {
  const { windows, norm } = current.index;
  const found: { term: string; count: number; number: number }[] = [];
  for (const [term, of] of lists) {
    const [best] = rankPassages([{ weight: 1, lists: of }], { windows, norm, allowed, k: 1 });
    if (best) found.push({ term, count: countAllowed(current, of, allowed), number: best.number });
  }
  const places = found.map(({ number }) => current.index.placeOf(number));
  const passages = await readPassages(database, ctx, places, left());
  const forms = new Map<string, Form>();
  found.forEach(({ term, count }, i) => {
    const passage = passages.get(i);
    if (!passage) return;
    const words = new Map<string, number>();
    for (const { word, term: own } of surfaceWords(
      `${passage.title}\n${passage.heading}\n${passage.content}`,
    ))
      if (own === term) words.set(word.toLowerCase(), (words.get(word.toLowerCase()) ?? 0) + 1);
    forms.set(term, { documentId: passage.documentId, words, count });
  });
  return forms;
}

/** Fewest changes first, then the more frequent among what may be read. */
function bestOf(typed: string, terms: readonly string[], forms: ReadonlyMap<string, Form>): Meant | null {
  let best: Meant | null = null;
  for (const term of terms) {
    const form = forms.get(term);
    if (!form) continue;
    for (const [word, times] of form.words) {
      const distance = editDistanceAtMost(typed.toLowerCase(), word, mostOf(typed));
      if (distance === undefined || distance === 0) continue;
      const count = form.count + times;
      if (!best || distance < best.distance || (distance === best.distance && count > best.count))
        best = { typed, word, distance, count, documentId: form.documentId };
    }
  }
  return best;
}
