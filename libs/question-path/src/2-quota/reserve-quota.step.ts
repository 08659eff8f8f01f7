import { isRefusal, type Refusal } from '@lorekeep/kit/errors';
import type { CallContext } from '@lorekeep/kit/context';
import { askPart } from '../ask-part.js';
import type { QuestionPathLimits } from '../limits.js';
import type { QuotaPort, Reservation } from '../ports.js';
import type { Question } from '../question.js';
import { lied } from '../question-path.errors.js';

/** A rough but never low count: UTF-16 units per token are about 4 in English and 1 to 1.5 in Chinese. */
const UNITS_PER_TOKEN = 3;

/** Step 2, first half: requests, tokens and a concurrency slot are taken before anything is spent. */
export async function reserveQuota(
  ctx: CallContext,
  question: Question,
  quota: QuotaPort,
  limits: QuestionPathLimits,
): Promise<Reservation | Refusal> {
  const units = question.messages.reduce((sum, message) => sum + message.content.length, 0);
  const answer =
    (question.parameters.maxTokens ?? limits.QUESTION_MAX_ANSWER_TOKENS) * (question.parameters.n ?? 1);
  const need = {
    tokens: Math.ceil(units / UNITS_PER_TOKEN) + answer,
    maxSeconds: limits.QUESTION_MAX_SECONDS,
  };
  const result = await askPart('quota', limits.QUESTION_CHECK_TIMEOUT_MS, () => quota.reserve(ctx, need));
  // A quota that answers with neither a reservation nor a refusal admits nobody.
  if (!isRefusal(result) && !isReservation(result)) throw lied('quota', 'gave no reservation');
  return result;
}

function isReservation(result: Reservation): boolean {
  if (typeof result !== 'object' || result === null) return false;
  return Number.isFinite(result.tokens) && (result.id === null || typeof result.id === 'string');
}
