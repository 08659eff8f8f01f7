import type { CallContext } from '@lorekeep/kit/context';
import { storableText } from '@lorekeep/kit/sql';
import type { HitRepository, NewHit } from '../store/hit.repository.js';
import type { HitText, ScanHit } from '../stream-scanner.js';

/** One match in an answer, with its text: for the operator alone. Of a detector's find nothing but its length is kept. */
export type HitDetail = ScanHit & HitText;

/** Hits kept of one answer: who wants to see more has seen enough. */
export const HITS_KEPT = 200;
/** UTF-16 units kept of one hit: an entry and what stood between its letters. */
export const HIT_TEXT_LIMIT = 1_000;
const DETECTOR = /^detector:/;

/** Keeps what was found in an answer, for operators. Called once, when the answer is settled. */
export class RecordHits {
  constructor(private readonly hits: HitRepository) {}

  /** @returns how many were kept; the audit knows how many there were */
  async run(ctx: CallContext, found: readonly HitDetail[]): Promise<number> {
    const kept = found.slice(0, HITS_KEPT).map(toKeep);
    if (kept.length > 0) await this.hits.add(ctx, ctx.traceId, kept);
    return kept.length;
  }
}

function toKeep({ original, folded, ...hit }: HitDetail): NewHit {
  // What a detector found must not be kept anywhere, in any form.
  if (DETECTOR.test(hit.ruleId)) {
    const masked = `${hit.category} · ${hit.end - hit.start}`;
    return { ...hit, original: null, folded: null, masked };
  }
  return { ...hit, original: storable(original), folded: storable(folded), masked: null };
}

const storable = (text: string): string => storableText(text.slice(0, HIT_TEXT_LIMIT));
