import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { phrasesOf } from '@lorekeep/kit/text';
import type { FoundPassage, SearchQuery } from '../search-passages.js';
import { suggestSpelling } from '../suggest-spelling.js';
import { FUSION_DEPTH, fuseRankings } from '../vectors/fuse-rankings.js';
import type { VectorRank } from '../vectors/rank/rank-vectors.js';
import type { Scored } from './best-passages.js';
import { CollectedLists } from './collect-lists.js';
import { expandAbbreviations, missingPairs } from './expand-abbreviations.js';
import { holdsAll, PHRASE_CANDIDATES, termsOfPhrases } from './hold-phrases.js';
import type { PostingList } from './posting-list.js';
import { readPassages, type PassagePlace } from './read-passages.js';
import { scoreHolding, scoreQuestion } from './score-question.js';
import type { Current } from './tenant-cache.js';
import { weighTerms, type WeighedTerm } from './weigh-terms.js';

export interface SearchOutcome {
  readonly passages: FoundPassage[];
  readonly withheld: number;
  readonly suggestion?: string;
  readonly suggestionFrom?: readonly string[];
  /** Passages that went between their scoring and their reading. */
  readonly lost: number;
}

/** A scored passage, where it was when it was scored. */
type Placed = PassagePlace & { readonly score: number };

const keyOf = ({ documentId, ordinal }: { documentId: string; ordinal: number }): string =>
  `${documentId}/${ordinal}`;

/** Lists are fetched again when the index changed under them, but not for ever. */
const ATTEMPTS = 20;

/** One question of one caller, over the index as it is at a moment. */
export class OneSearch {
  readonly terms: readonly WeighedTerm[];
  private readonly phrases: readonly string[];
  private readonly collectionIds: ReadonlySet<string> | null;

  constructor(
    private readonly database: Database,
    private readonly ctx: CallContext,
    private readonly query: SearchQuery,
    private readonly left: () => number,
    /** A second ranking under way; null: words alone. */
    private readonly nearest: Promise<VectorRank> | null = null,
  ) {
    this.terms = weighTerms(query.text, query.context);
    this.phrases = phrasesOf(query.text);
    this.collectionIds = query.collectionIds ? new Set(query.collectionIds) : null;
  }

  /**
   * The best `wanted` passages, and how many of the tenant's best `k` were withheld. Null: the index has changed; begin
   * again with the present one.
   */
  async in(current: Current, k: number, wanted = k): Promise<SearchOutcome | null> {
    const required = termsOfPhrases(this.phrases);
    const names = new Set([...this.terms.map(({ term }) => term), ...required]);
    const { collectionIds } = this;
    let lists = await this.collect(current, [...names]);
    if (!lists) return null;
    let terms = this.terms;
    const missing = missingPairs(current, terms, lists, collectionIds);
    if (missing.length > 0) {
      terms = await this.withLonger(current, missing);
      for (const { term } of terms) names.add(term);
      // Looking for longer words takes time, in which the index may have changed.
      lists = await this.collect(current, [...names]);
      if (!lists) return null;
    }
    const { best, withheld } = scoreQuestion(current, terms, lists, k, collectionIds);
    // The index may change while passages are read: what depends on it is asked of it now.
    const depth = this.nearest ? Math.max(wanted, FUSION_DEPTH) : wanted;
    const deep = depth > k ? scoreQuestion(current, terms, lists, depth, collectionIds).best : best;
    const lexical = this.place(current, deep);
    const candidates = this.phrases.length > 0 ? this.candidates(current, lists, required) : [];
    const places = await this.fuse(lexical, wanted);
    for (const part of candidates) {
      const holding = await this.withPhrases(part, wanted);
      if (holding.length > 0) return { ...(await this.filled(holding, places, wanted)), withheld };
    }
    const { passages, lost } = await this.read(places);
    if (best.length > 0) return { passages, withheld, lost };
    const suggestion = await suggestSpelling(this.database, this.ctx, current, {
      text: this.query.text,
      collectionIds: this.collectionIds,
      left: this.left,
    });
    return {
      passages,
      withheld,
      lost,
      ...(suggestion === null ? {} : { suggestion: suggestion.text, suggestionFrom: suggestion.documentIds }),
    };
  }

  /** The terms, and those of words that documents write longer. */
  private async withLonger(current: Current, missing: readonly WeighedTerm[]): Promise<WeighedTerm[]> {
    const { collectionIds, left, terms } = this;
    const longer = await expandAbbreviations(this.database, this.ctx, current, missing, {
      collectionIds,
      left,
    });
    const known = new Set(terms.map(({ term }) => term));
    return [...terms, ...longer.filter(({ term }) => !known.has(term))];
  }

  private async fuse(lexical: readonly Placed[], k: number): Promise<Placed[]> {
    const nearest = (await this.nearest)?.passages;
    if (!nearest) return lexical.slice(0, k);
    return fuseRankings(
      lexical,
      nearest.map((place) => ({ ...place, score: 0 })),
      k,
    );
  }

  /** The lists of the index as it is when they are returned; null: begin again. */
  private async collect(
    { index }: Current,
    names: readonly string[],
  ): Promise<Map<string, PostingList[]> | null> {
    const lists = new CollectedLists(this.database, index);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const found = lists.of(names);
      if (found) return found;
      if (!(await lists.fetch(this.ctx, names, this.left()))) return null;
    }
    return null;
  }

  /** Passages that have all terms of the phrases; then the best of all, for words that context tells apart. */
  private candidates(
    current: Current,
    lists: ReadonlyMap<string, readonly PostingList[]>,
    required: readonly string[],
  ): Placed[][] {
    const { terms, collectionIds } = this;
    const holding =
      required.length === 0
        ? []
        : scoreHolding(current, terms, lists, required, PHRASE_CANDIDATES, collectionIds);
    const wider = scoreQuestion(current, terms, lists, PHRASE_CANDIDATES, collectionIds).best;
    return [this.place(current, holding), this.place(current, wider)];
  }

  /** The best k of the candidates whose text holds every phrase, read no further than needed. */
  private async withPhrases(candidates: readonly Placed[], k: number): Promise<FoundPassage[]> {
    const found: FoundPassage[] = [];
    const step = Math.max(50, 2 * k);
    for (let at = 0; at < candidates.length && found.length < k; at += step) {
      const { passages } = await this.read(candidates.slice(at, at + step));
      found.push(...passages.filter((passage) => holdsAll(passage, this.phrases)));
    }
    return found.slice(0, k);
  }

  /** A question may quote what its answer does not say: after the passages with the phrases come the best others. */
  private async filled(
    holding: readonly FoundPassage[],
    places: readonly Placed[],
    k: number,
  ): Promise<{ passages: FoundPassage[]; lost: number }> {
    const known = new Set(holding.map(keyOf));
    const others = places.filter((place) => !known.has(keyOf(place))).slice(0, k - holding.length);
    const { passages, lost } = await this.read(others);
    return { passages: [...holding, ...passages], lost };
  }

  private place({ index }: Current, scored: readonly Scored[]): Placed[] {
    return scored.map(({ number, score }) => ({ score, ...index.placeOf(number) }));
  }

  private async read(places: readonly Placed[]): Promise<{ passages: FoundPassage[]; lost: number }> {
    const read = await readPassages(this.database, this.ctx, places, this.left());
    const passages = places.flatMap(({ score }, i) => {
      const passage = read.get(i);
      return passage ? [{ ...passage, score }] : [];
    });
    return { passages, lost: places.length - passages.length };
  }
}
