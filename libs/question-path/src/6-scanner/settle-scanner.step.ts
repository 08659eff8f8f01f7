import type { CallContext } from '@lorekeep/kit/context';
import { askPart } from '../ask-part.js';
import type { QuestionPathLimits } from '../limits.js';
import type { AnswerScanner } from '../ports.js';

/** Step 6, at the end of an answer: lets the scanner write down what it found. Throws when it could not. */
export async function settleScanner(
  ctx: CallContext,
  scanner: AnswerScanner,
  limits: QuestionPathLimits,
): Promise<void> {
  await askPart('scanner', limits.QUESTION_AUDIT_TIMEOUT_MS, async () => scanner.settle?.(ctx));
}
