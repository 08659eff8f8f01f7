import { z } from 'zod';
import { integer, type ConfigOf } from '@lorekeep/kit/config';

/** How long a step may take before it counts as failed (a check that hangs refuses), and how follow-ups are searched. */
export const questionPathConfigShape = {
  QUESTION_CHECK_TIMEOUT_MS: integer(50, 60_000)
    .default(3_000)
    .describe('Longest time for quota, firewall or scanner to decide, in milliseconds'),
  QUESTION_SEARCH_TIMEOUT_MS: integer(50, 60_000)
    .default(5_000)
    .describe('Longest time for retrieval, in milliseconds'),
  QUESTION_AUDIT_TIMEOUT_MS: integer(50, 60_000)
    .default(5_000)
    .describe('Longest time for an audit record to become durable, in milliseconds'),
  QUESTION_MAX_SECONDS: integer(1, 3_600)
    .default(300)
    .describe('Longest time for a whole answer, in seconds'),
  QUESTION_MAX_ANSWER_TOKENS: integer(16, 131_072)
    .default(2_048)
    .describe('Tokens of an answer where the caller sets none; reserved from the quota beforehand'),
  QUESTION_REWRITE: z
    .enum(['off', 'rule', 'model'])
    .default('rule')
    .describe(
      'How a follow-up question is searched for: off (as it stands), rule (with the earlier questions that it hangs on; takes no time), model (rewritten by the model first, which costs tokens and a round trip before the first word)',
    ),
  QUESTION_REWRITE_TIMEOUT_MS: integer(50, 10_000)
    .default(1_500)
    .describe(
      'Longest time for the model to rewrite a follow-up question, in milliseconds; then the rule stands',
    ),
} satisfies z.ZodRawShape;

export type QuestionPathLimits = ConfigOf<typeof questionPathConfigShape>;

/** Numbers of passages that limits are kept for. */
const KEPT_MAX = 64;

/** The limits with a tenant's passages per question: made once for each number, since they are a whole configuration. */
export class LimitsWithPassages {
  private readonly kept = new Map<number, QuestionPathLimits & { passages: number }>();

  constructor(private readonly limits: QuestionPathLimits) {}

  of({ passagesPerQuestion: passages }: { passagesPerQuestion: number }): QuestionPathLimits & {
    passages: number;
  } {
    let limits = this.kept.get(passages);
    if (!limits) {
      if (this.kept.size >= KEPT_MAX) this.kept.clear();
      this.kept.set(passages, (limits = { ...this.limits, passages }));
    }
    return limits;
  }
}
