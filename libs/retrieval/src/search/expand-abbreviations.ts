import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { analyze, toSimplified } from '@lorekeep/kit/text';
import { idf } from './bm25.js';
import { CollectedLists } from './collect-lists.js';
import type { PostingList } from './posting-list.js';
import { rankPassages } from './rank-passages.js';
import { readPassages } from './read-passages.js';
import { readVocabulary } from './read-vocabulary.js';
import type { Current } from './tenant-cache.js';
import type { WeighedTerm } from './weigh-terms.js';

/** Of a question; each costs a look into the vocabulary. */
export const ABBREVIATIONS_MAX = 4;
/** Terms of the vocabulary that begin with one of the two characters, for each. */
const NEAR_MAX = 100;
/** Passages that are looked at for the longer word. */
const READ_MAX = 60;
/** Ways in which it goes on. */
const WORDS_MAX = 4;
/**
 * What each of its terms counts, where a term of the question counts 1: together they are the one that is missing.
 */
const WEIGHT = 0.5;

const PAIR = /^\p{Script=Han}{2}$/u;

export interface Abbreviated {
  readonly collectionIds: ReadonlySet<string> | null;
  readonly left: () => number;
}

/** Pairs of Chinese characters of a question that no passage of the caller has. */
export function missingPairs(
  current: Current,
  terms: readonly WeighedTerm[],
  lists: ReadonlyMap<string, readonly PostingList[]>,
  collectionIds: ReadonlySet<string> | null,
): WeighedTerm[] {
  const pairs = terms.filter(({ term }) => PAIR.test(term));
  if (pairs.length === 0) return [];
  const allowed = current.index.scopes.allowed(current.readable, collectionIds);
  return pairs
    .filter(({ term }) => !isReadable(current, lists.get(term) ?? [], allowed))
    .slice(0, ABBREVIATIONS_MAX);
}

/**
 * Terms for words that the caller's documents write longer: Chinese shortens a compound to the first character of each
 * of its words (高铁 for 高速铁路, 医保 for 医疗保险) or leaves the middle one out (年假 for 年休假). Where no passage of
 * the caller has a pair of characters AB, passages with words that begin with A or B are looked at for AxB, and the
 * terms of that are searched for in its place. What is looked at is what row security shows to the caller.
 */
export async function expandAbbreviations(
  database: Database,
  ctx: CallContext,
  current: Current,
  missing: readonly WeighedTerm[],
  { collectionIds, left }: Abbreviated,
): Promise<WeighedTerm[]> {
  const allowed = current.index.scopes.allowed(current.readable, collectionIds);
  const characters = [...new Set(missing.flatMap(({ term }) => [...term]))];
  const vocabulary = await readVocabulary(database, ctx, current.index, characters, left());
  const more: WeighedTerm[] = [];
  for (const { term, weight } of missing) {
    const found = await longerWord(database, ctx, current, { term, vocabulary, allowed, left });
    more.push(...found.map((each) => ({ term: each, weight: weight * WEIGHT })));
  }
  return [...new Map(more.map((each) => [each.term, each])).values()];
}

interface Wanted {
  readonly term: string;
  readonly vocabulary: ReadonlySet<string>;
  readonly allowed: Uint8Array;
  readonly left: () => number;
}

/** The terms of the word that stands in most of the passages looked at; none where there is none. */
async function longerWord(
  database: Database,
  ctx: CallContext,
  current: Current,
  { term, vocabulary, allowed, left }: Wanted,
): Promise<string[]> {
  const [first = '', last = ''] = [...term];
  const near = [first, last].flatMap((begin) =>
    [...vocabulary].filter((each) => each !== term && each.startsWith(begin)).slice(0, NEAR_MAX),
  );
  const collected = new CollectedLists(database, current.index);
  let lists = collected.of(near);
  if (!lists && (await collected.fetch(ctx, near, left()))) lists = collected.of(near);
  if (!lists) return [];
  const { windows, norm, passages: all } = current.index;
  const ranked = [...lists.values()].map((of) => ({ weight: idf(all, aliveOf(of)), lists: of }));
  const best = rankPassages(ranked, { windows, norm, allowed, k: READ_MAX });
  const places = best.map(({ number }) => current.index.placeOf(number));
  const passages = await readPassages(database, ctx, places, left());
  const texts = [...passages.values()].map(
    ({ title, heading, content }) => `${title}\n${heading}\n${content}`,
  );
  return termsOfLonger(first, last, texts);
}

const aliveOf = (lists: readonly PostingList[]): number => lists.reduce((sum, { alive }) => sum + alive, 0);

/** Of AxB, for the x that stands in most of the texts: its index terms, as they are where it goes on as it does there. */
export function termsOfLonger(first: string, last: string, texts: readonly string[]): string[] {
  const longer = new RegExp(`${first}(\\p{Script=Han})${last}\\p{Script=Han}?`, 'gu');
  const found = new Map<string, { texts: number; words: Set<string> }>();
  for (const text of texts) {
    const here = new Map<string, Set<string>>();
    for (const [word, between = ''] of toSimplified(text).matchAll(longer))
      here.set(between, (here.get(between) ?? new Set()).add(word));
    for (const [between, words] of here) {
      const known = found.get(between) ?? { texts: 0, words: new Set() };
      found.set(between, { texts: known.texts + 1, words: new Set([...known.words, ...words]) });
    }
  }
  const [most] = [...found].sort(([, one], [, other]) => other.texts - one.texts);
  if (!most) return [];
  const [between, { words }] = most;
  const own = new Set([first, between, last]);
  const terms = [...words].slice(0, WORDS_MAX).flatMap((word) => analyze(word));
  return [...new Set(terms)].filter((term) => [...term].some((character) => own.has(character)));
}

/** Whether one of the passages may be read: what the others hold must make no difference. */
function isReadable(
  { index: { windows } }: Current,
  lists: readonly PostingList[],
  allowed: Uint8Array,
): boolean {
  return lists.some((list) =>
    list.windows.some((id, part) => {
      const { scopes } = windows.windowOf(id);
      for (let at = list.starts[part] as number; at < (list.starts[part + 1] as number); at++)
        if (allowed[scopes[list.places[at] as number] as number] === 1) return true;
      return false;
    }),
  );
}
