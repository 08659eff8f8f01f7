import { inspectText } from '../inspect-text.js';
import { strength, type Action, type Policy, type PolicyFor } from '../policy.js';
import type { Category } from '../rules/rule.js';

/** What was found and taken out of a question before it was kept. */
export interface TakenOut {
  readonly rule: string;
  readonly category: Category;
}

/** A question as the audit keeps it. */
export interface KeptQuestion {
  /** Trace id. */
  readonly reference: string;
  readonly at: string;
  readonly text: string;
  /** The text has placeholders in its place: no rule finds it any more. */
  readonly takenOut: readonly TakenOut[];
  /** Those of who asked; exceptions may be theirs. */
  readonly groupIds: readonly string[];
}

export interface ChangedQuestion extends Omit<KeptQuestion, 'groupIds' | 'takenOut'> {
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
  /** Of all questions that change, how many each rule decides: under the policy by which more is done. */
  readonly byRule: Readonly<Record<string, number>>;
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
  const byRule: Record<string, number> = {};
  const begun = time.now();
  let turn = begun;
  let read = 0;
  for (const question of questions.slice(0, REPLAY_PAGE)) {
    const { action: before, rules: rulesBefore } = decide(current(question.groupIds), question);
    const { action: after, rules } = decide(draft(question.groupIds), question);
    read += 1;
    counts[`${before}>${after}`] = (counts[`${before}>${after}`] ?? 0) + 1;
    if (before !== after)
      for (const rule of strength(after) > strength(before) ? rules : rulesBefore)
        byRule[rule] = (byRule[rule] ?? 0) + 1;
    if (before !== after && changed.length < SHOWN_PER_PAGE) {
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
  return { read, counts, changed, byRule };
}

/** By the text that is kept, and by what is known to have been in it. */
function decide(policy: Policy, { text, takenOut }: KeptQuestion): { action: Action; rules: string[] } {
  const inspection = inspectText(policy, text, 'user');
  // Whether an exception's fragment was around it cannot be known: it counts as if it was not.
  const counted = takenOut.filter(
    (taken) => !policy.sparedBy?.({ ...taken, start: 0, end: text.length }, text),
  );
  const actions = [inspection.action, ...counted.map(({ category }) => policy.actions[category])];
  const action = actions.reduce((one, other) => (strength(other) > strength(one) ? other : one));
  const rules = [...counted, ...inspection.hits].map(({ rule }) => rule);
  return { action, rules: [...new Set(rules)].slice(0, 10) };
}
