import type { CallContext } from '@lorekeep/kit/context';
import { askPart } from '../ask-part.js';
import type { QuestionPathLimits } from '../limits.js';
import type { QuotaPort, Reservation } from '../ports.js';
import type { Usage } from '../question.js';

/** Step 2, second half: the reservation becomes what was really used, in every outcome. */
export async function settleQuota(
  ctx: CallContext,
  reservation: Reservation,
  usage: Usage,
  quota: QuotaPort,
  limits: QuestionPathLimits,
): Promise<void> {
  const tokens = usage.promptTokens + usage.completionTokens;
  await askPart('quota', limits.QUESTION_CHECK_TIMEOUT_MS, () => quota.settle(ctx, reservation, { tokens }));
}
