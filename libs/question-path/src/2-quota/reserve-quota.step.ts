import { isRefusal, type Refusal } from '@lorekeep/kit/errors';
import { estimateAudioTokens, estimateTokens } from '@lorekeep/inference';
import type { CallContext } from '@lorekeep/kit/context';
import { rewriteTokens } from '../4-retrieval/rewrite-prompt.js';
import { askPart } from '../ask-part.js';
import type { QuestionPathLimits } from '../limits.js';
import type { QuotaPort, Reservation } from '../ports.js';
import type { Question } from '../question.js';
import { lied } from '../question-path.errors.js';

/** Tokens of one passage at its longest: about 1,200 characters of English, 500 of Chinese. */
const PASSAGE_TOKENS = 500;

/** Step 2, first half: requests, tokens and a concurrency slot are taken before anything is spent. */
export async function reserveQuota(
  ctx: CallContext,
  question: Question,
  quota: QuotaPort,
  limits: QuestionPathLimits & { passages: number },
): Promise<Reservation | Refusal> {
  const { maxTokens = limits.QUESTION_MAX_ANSWER_TOKENS, n = 1, tools, responseFormat } = question.parameters;
  const texts = question.messages.flatMap(({ content, toolCalls = [] }) => [
    content,
    ...toolCalls.map((call) => call.arguments),
  ]);
  const fixed = JSON.stringify([question.instructions, tools, responseFormat]);
  const sent = [...texts, fixed].reduce((sum, text) => sum + estimateTokens(text), 0);
  const passages = question.documents === 'auto' ? limits.passages * PASSAGE_TOKENS : 0;
  const answer = question.embed ? 0 : maxTokens * n;
  const heard = estimateAudioTokens(question.transcribe?.audio.length ?? 0);
  const tokens = sent + heard + passages + answer + rewriteTokens(question, limits);
  const need = { tokens, maxSeconds: limits.QUESTION_MAX_SECONDS };
  const result = await askPart('quota', limits.QUESTION_CHECK_TIMEOUT_MS, () => quota.reserve(ctx, need));
  // A quota that answers with neither a reservation nor a refusal admits nobody.
  if (!isRefusal(result) && !isReservation(result)) throw lied('quota', 'gave no reservation');
  return result;
}

function isReservation(result: Reservation): boolean {
  if (typeof result !== 'object' || result === null) return false;
  return Number.isFinite(result.tokens) && (result.id === null || typeof result.id === 'string');
}
