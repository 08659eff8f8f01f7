import type { Outcome } from '@lorekeep/contracts';
import { askPart } from '../ask-part.js';
import type { QuestionPathLimits } from '../limits.js';
import type { OpenRecord } from '../ports.js';
import type { Account } from '../account.js';

/** Step 7, second half: what happened, in every outcome. Throws when it could not be recorded. */
export async function closeRecord(
  record: OpenRecord,
  outcome: Outcome,
  account: Account,
  limits: QuestionPathLimits,
): Promise<void> {
  await askPart('audit', limits.QUESTION_AUDIT_TIMEOUT_MS, () => record.close(outcome, account.toDetail()));
}
