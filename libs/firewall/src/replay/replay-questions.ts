import { inspectText } from '../inspect-text.js';
import type { Action, PolicyFor } from '../policy.js';

/** A question as the audit keeps it. */
export interface KeptQuestion {
  /** Trace id. */
  readonly reference: string;
  readonly at: string;
  readonly text: string;
  /** Those of who asked; exceptions may be theirs. */
  readonly groupIds: readonly string[];
}

export interface ChangedQuestion extends Omit<KeptQuestion, 'groupIds'> {
  readonly before: Action;
  readonly after: Action;
  /** Rules that decide under the draft. */
  readonly rules: readonly string[];
}

export interface Replayed {
  readonly read: number;
  /** `allow>refuse`: how many; those that stay as they were under one action twice. */
  readonly counts: Readonly<Record<string, number>>;
  readonly changed: readonly ChangedQuestion[];
}

/** Questions judged in one call, and changed ones shown of them. */
export const REPLAY_PAGE = 200;
const SHOWN_PER_PAGE = 50;
/** UTF-16 units of a changed question that are shown. */
const SHOWN_TEXT = 500;
/** Milliseconds of one call; what is left is for the next. */
export const REPLAY_SLICE_MS = 1_000;
const TURN_MS = 20;

/**
 * What two policies decide about questions for those who asked them, without shadow mode. Ends early when the
 * time is over: `read` says how far it came.
 */
export async function replayQuestions(
  current: PolicyFor,
  draft: PolicyFor,
  questions: readonly KeptQuestion[],
  time: { now(): number } = { now: () => performance.now() },
): Promise<Replayed> {
  const counts: Record<string, number> = {};
  const changed: ChangedQuestion[] = [];
  const begun = time.now();
  let turn = begun;
  let read = 0;
  for (const question of questions.slice(0, REPLAY_PAGE)) {
    const before = inspectText(current(question.groupIds), question.text, 'user').action;
    const { action: after, hits } = inspectText(draft(question.groupIds), question.text, 'user');
    read += 1;
    counts[`${before}>${after}`] = (counts[`${before}>${after}`] ?? 0) + 1;
    if (before !== after && changed.length < SHOWN_PER_PAGE) {
      const rules = [...new Set(hits.map(({ rule }) => rule))].slice(0, 10);
      const { reference, at } = question;
      changed.push({
        reference,
        at,
        text: question.text.slice(0, SHOWN_TEXT).toWellFormed(),
        before,
        after,
        rules,
      });
    }
    const now = time.now();
    if (now - begun > REPLAY_SLICE_MS) break;
    if (now - turn < TURN_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    turn = time.now();
  }
  return { read, counts, changed };
}
