import type { CallContext } from '@lorekeep/kit/context';
import { isVerdict } from '../3-firewall/read-verdict.js';
import { assertStillWanted } from '../5-inference/write-answer.step.js';
import { askPart } from '../ask-part.js';
import type { QuestionPathLimits } from '../limits.js';
import type { ChosenModel, FirewallPort } from '../ports.js';
import type { ChatMessage, Question, Usage } from '../question.js';
import { askRewrite, type RewriteFailure } from './ask-rewrite.js';
import { followUp, withoutMarks, type FollowUp, type SearchText } from './follow-up.js';
import { lastUserText } from './find-passages.step.js';
import { rewriteTokens } from './rewrite-prompt.js';

/** What is searched for, and how it came about where it is not the last message alone. */
export interface SearchedQuestion extends SearchText {
  readonly by: 'rule' | 'model' | null;
  /** Why the rule stands although a model was asked. */
  readonly failure: RewriteFailure | null;
}

export interface RewriteNeeds {
  readonly firewall: FirewallPort;
  readonly limits: QuestionPathLimits;
  /** The model of the answer, once the opening record is durable: before that no model is asked anything. */
  readonly model: () => Promise<ChosenModel>;
  /** Told what the model took, before anything else can fail. */
  readonly charge: (usage: Usage) => void;
}

/**
 * Puts a follow-up question so that it can be searched for: by rule, or by the model that will answer, whose text is
 * screened like a question. Whatever goes wrong with the model, the rule stands. Throws only what `needs.model` throws,
 * and where the caller has gone.
 */
export async function rewriteQuestion(
  ctx: CallContext,
  question: Question,
  messages: readonly ChatMessage[],
  needs: RewriteNeeds,
): Promise<SearchedQuestion> {
  const { limits } = needs;
  if (limits.QUESTION_REWRITE === 'off' || question.documents === 'none')
    return { text: withoutMarks(lastUserText(messages)), by: null, failure: null };
  const { hangs, ...byRule }: FollowUp = followUp(messages);
  const ruled = { ...byRule, by: byRule.context === undefined ? null : ('rule' as const), failure: null };
  // Only what was reserved for may be spent.
  if (!hangs || rewriteTokens(question, limits) === 0) return ruled;
  const chosen = await needs.model();
  if (chosen.driver.name === 'extractive') return ruled;
  assertStillWanted(ctx);
  const asked = await askRewrite(ctx, question, messages, chosen, limits.QUESTION_REWRITE_TIMEOUT_MS);
  needs.charge(asked.usage);
  assertStillWanted(ctx);
  if (asked.text === null) return { ...ruled, failure: asked.failure };
  const { text, failure } = await screen(ctx, asked.text, needs);
  if (text === null) return { ...ruled, failure };
  // The person's own words count too: a model that made something up leads the search astray by less.
  return { text, context: [byRule.text, byRule.context].join('\n'), by: 'model', failure: null };
}

async function screen(
  ctx: CallContext,
  text: string,
  { firewall, limits }: RewriteNeeds,
): Promise<{ text: string | null; failure: RewriteFailure | null }> {
  try {
    const verdict = await askPart('firewall', limits.QUESTION_CHECK_TIMEOUT_MS, () =>
      firewall.inspectQuestion(ctx, [{ role: 'user', text }]),
    );
    if (!isVerdict(verdict)) return { text: null, failure: 'unchecked' };
    if (verdict.action === 'refuse') return { text: null, failure: 'refused' };
    const [passed] = verdict.texts;
    if (passed === undefined || verdict.texts.length !== 1) return { text: null, failure: 'unchecked' };
    const clean = withoutMarks(passed).trim();
    return clean === '' ? { text: null, failure: 'refused' } : { text: clean, failure: null };
  } catch {
    return { text: null, failure: 'unchecked' };
  }
}
