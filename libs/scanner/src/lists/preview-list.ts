import { foldMask, type FoldName } from '@lorekeep/kit/matching';
import type { CompiledUnit } from '../scan-table.js';

/** One kept answer. */
export interface KeptAnswer {
  readonly at: Date;
  readonly text: string;
}

/** Answers of a tenant that were kept, newest first: the scanner knows of them by this port alone. */
export interface RecentAnswers {
  /** At most `limit` of those given since then. */
  since(since: Date, limit: number): AsyncIterable<KeptAnswer>;
}

/** What a list would have found, had it been in force. Times are ISO 8601. */
export interface ListPreview {
  readonly at: string;
  readonly since: string;
  readonly answers: number;
  /** UTF-16 units that were looked through. */
  readonly characters: number;
  /** False: there are more answers than are looked through. */
  readonly complete: boolean;
  readonly hits: number;
  readonly answersHit: number;
  readonly hitsPer10000: number;
  /** Most hit first. */
  readonly top: readonly { word: string; hits: number }[];
  readonly places: readonly { word: string; before: string; match: string; after: string; at: string }[];
}

/** Days of answers that a preview looks back on, and how many answers: minutes of work at the most. */
export const PREVIEW_DAYS = 30;
export const PREVIEW_ANSWERS_LIMIT = 10_000;
export const PREVIEW_TOP_WORDS = 50;
export const PREVIEW_PLACES = 50;
/** Units shown on each side of a place. */
export const PREVIEW_CONTEXT = 30;
/** Places shown of one word: a list is judged by many. */
const PLACES_A_WORD = 3;
const DAY_MS = 86_400_000;

export interface PreviewOptions {
  readonly now: number;
  readonly folds: readonly FoldName[];
  /** Called after each answer; what it throws ends the preview. */
  readonly onAnswer: () => Promise<void>;
}

/** Scans recent answers with a list, by the same matching as the scanner's. */
export async function previewList(
  unit: CompiledUnit,
  recent: RecentAnswers,
  options: PreviewOptions,
): Promise<ListPreview> {
  const { now, folds, onAnswer } = options;
  const since = new Date(now - PREVIEW_DAYS * DAY_MS);
  const mask = foldMask(folds);
  const policy = unit.matcher.under(() => ({ status: 'watched', folds: mask }));
  const tally = new Tally(unit);
  let complete = true;
  for await (const answer of recent.since(since, PREVIEW_ANSWERS_LIMIT + 1)) {
    if (tally.answers === PREVIEW_ANSWERS_LIMIT) {
      complete = false;
      break;
    }
    tally.begin(answer);
    const cursor = unit.matcher.cursor(policy);
    const collect = (entry: number, start: number, end: number) => tally.hit(answer, entry, start, end);
    cursor.feed(answer.text, collect);
    cursor.finish(collect);
    await onAnswer();
  }
  return { at: new Date(now).toISOString(), since: since.toISOString(), complete, ...tally.result() };
}

class Tally {
  answers = 0;
  private characters = 0;
  private hits = 0;
  private answersHit = 0;
  private isHit = false;
  private readonly byEntry = new Map<number, number>();
  private readonly places: ListPreview['places'][number][] = [];

  constructor(private readonly unit: CompiledUnit) {}

  begin({ text }: KeptAnswer): void {
    this.answers++;
    this.characters += text.length;
    this.isHit = false;
  }

  hit({ at, text }: KeptAnswer, entry: number, start: number, end: number): false {
    this.hits++;
    if (!this.isHit) this.answersHit++;
    this.isHit = true;
    const count = (this.byEntry.get(entry) ?? 0) + 1;
    this.byEntry.set(entry, count);
    if (count <= PLACES_A_WORD && this.places.length < PREVIEW_PLACES) {
      this.places.push({
        word: this.unit.wordOf(entry),
        before: text.slice(Math.max(0, start - PREVIEW_CONTEXT), start).toWellFormed(),
        match: text.slice(start, end).toWellFormed(),
        after: text.slice(end, end + PREVIEW_CONTEXT).toWellFormed(),
        at: at.toISOString(),
      });
    }
    return false;
  }

  result() {
    const { answers, characters, hits, answersHit, places } = this;
    const top = [...this.byEntry]
      .sort(([a, most], [b, more]) => more - most || a - b)
      .slice(0, PREVIEW_TOP_WORDS)
      .map(([entry, count]) => ({ word: this.unit.wordOf(entry), hits: count }));
    const hitsPer10000 = characters === 0 ? 0 : (hits * 10_000) / characters;
    return { answers, characters, hits, answersHit, hitsPer10000, top, places };
  }
}
