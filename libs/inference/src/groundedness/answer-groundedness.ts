import type { GroundednessReason } from '@lorekeep/contracts';
import type { PromptPassage } from '../driver.js';
import { choosePremise, type PremisePair } from './choose-premise.js';
import { CitedSources } from './cited-sources.js';
import { judgeClaim } from './judge-claim.js';
import { ClaimReader, type Claim } from './read-claims.js';
import type { Evidence } from './read-evidence.js';
import { RecentEvidence } from './recent-evidence.js';
import type { Unsupported } from './unsupported.js';

/** A sentence with citations, judged; offsets in UTF-16 units of the whole answer. */
export interface JudgedSentence {
  readonly start: number;
  readonly end: number;
  /** Null: supported by what it cites. */
  readonly reason: GroundednessReason | null;
  /** What of the sentence its sources do not say. */
  readonly span: { readonly start: number; readonly end: number } | null;
  readonly text: string;
  /** Numbers of the passages that it cites. */
  readonly cited: readonly number[];
}

/** Of all answers of this process. */
const RECENT = new RecentEvidence();

/** Sentences of one answer that are judged; what comes after them is released as it is. */
export const SENTENCES_MAX = 400;

/**
 * The groundedness of one answer, sentence by sentence while it is written. Passages are read when they are first
 * cited. Pure: no clock, no I/O.
 */
export class AnswerGroundedness {
  private readonly claims = new ClaimReader();
  private readonly evidence = new Map<number, Evidence>();
  private readonly sources = new Map<string, CitedSources>();
  private readonly passages: ReadonlyMap<number, PromptPassage>;
  private judged = 0;

  constructor(
    passages: readonly PromptPassage[],
    private readonly recent = RECENT,
  ) {
    this.passages = new Map(passages.map((passage) => [passage.number, passage]));
  }

  /** Up to where the answer is made of complete sentences. */
  get settled(): number {
    return this.claims.settled;
  }

  push(text: string): JudgedSentence[] {
    return this.judge(this.claims.push(text));
  }

  end(): JudgedSentence[] {
    return this.judge(this.claims.end());
  }

  private judge(claims: readonly Claim[]): JudgedSentence[] {
    const judged: JudgedSentence[] = [];
    for (const { start, end, text, cited } of claims) {
      if (this.judged >= SENTENCES_MAX) break;
      this.judged += 1;
      const found = this.judgeText(text, cited);
      const span = found && { start: start + found.start, end: start + found.end };
      judged.push({ start, end, reason: found?.reason ?? null, span, text, cited });
    }
    return judged;
  }

  /** What a model may be asked about a sentence; null where there is nothing to ask: it quotes, or cites nothing. */
  pairOf({ text, cited }: JudgedSentence): PremisePair | null {
    const passages = cited.flatMap((number) => this.passages.get(number) ?? []);
    return passages.length === 0 ? null : choosePremise(text, this.sourcesOf(cited), passages);
  }

  private judgeText(text: string, cited: readonly number[]): Unsupported | null {
    return judgeClaim(text, this.sourcesOf(cited));
  }

  private sourcesOf(cited: readonly number[]): CitedSources {
    const key = cited.join();
    let sources = this.sources.get(key);
    if (!sources) {
      sources = new CitedSources(cited.flatMap((number) => this.evidenceOf(number)));
      this.sources.set(key, sources);
    }
    return sources;
  }

  private evidenceOf(number: number): Evidence[] {
    const known = this.evidence.get(number);
    if (known) return [known];
    const passage = this.passages.get(number);
    if (!passage) return [];
    const read = this.recent.of(passage);
    this.evidence.set(number, read);
    return [read];
  }
}
