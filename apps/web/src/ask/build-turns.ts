import type { Message } from '@lorekeep/contracts';
import { EMPTY_ANSWER, isLive, type Answer } from './answer-state.js';
import type { Run } from './run-store.js';

/** A question and its answer. */
export interface Turn {
  key: string;
  question: string;
  askedAt: string;
  /** Null where the answer was never stored. */
  answer: Answer | null;
  run: Run | null;
}

/** A stored answer as the page shows it. */
export function answerOf(message: Message): Answer {
  const { usage } = message;
  const tokens =
    usage?.completionTokens === undefined ? null : (usage.promptTokens ?? 0) + usage.completionTokens;
  return {
    ...EMPTY_ANSWER,
    phase: 'done',
    reference: message.reference,
    messageId: message.id,
    citations: message.citations,
    text: message.content,
    marks: message.marks,
    suggestion: message.suggestion,
    stopped: message.outcome === 'stopped',
    model: message.model,
    refusal: message.refusal,
    outcome: message.outcome,
    tokens,
    seconds: usage?.seconds ?? null,
    rating: message.rating,
  };
}

const isOf = (message: Message) => (run: Run) =>
  (run.answer.messageId !== null && run.answer.messageId === message.id) ||
  (run.answer.reference !== null && run.answer.reference === message.reference);

/** What this page saw itself, unless it may no longer be read: the gateway knows better than what was once shown. */
function seen(own: Answer, stored: Answer): Answer {
  if (stored.refusal?.code === 'RETRIEVAL_WITHDRAWN') return stored;
  return {
    ...own,
    messageId: stored.messageId,
    rating: stored.rating ?? own.rating,
    suggestion: isLive(own) ? own.suggestion : stored.suggestion,
  };
}

/**
 * What is stored, with what this page saw itself in its place: a run knows its steps, and keeps its key, so that
 * nothing moves when its answer turns up among the stored ones.
 */
export function buildTurns(messages: readonly Message[], runs: readonly Run[]): Turn[] {
  const turns: Turn[] = [];
  const placed = new Set<Run>();
  messages.forEach((message, at) => {
    if (message.role === 'assistant') {
      const run = runs.find(isOf(message)) ?? null;
      if (run) placed.add(run);
      const question = messages[at - 1]?.role === 'user' ? messages[at - 1] : undefined;
      const stored = answerOf(message);
      const answer = run ? seen(run.answer, stored) : stored;
      turns.push({
        key: run?.id ?? message.id,
        question: run?.question ?? question?.content ?? '',
        askedAt: question?.createdAt ?? message.createdAt,
        answer,
        run,
      });
    } else if (messages[at + 1]?.role !== 'assistant') {
      const run = runs.find((each) => each.question === message.content && !placed.has(each));
      // Still on its way here, or never answered.
      if (!run)
        turns.push({
          key: message.id,
          question: message.content,
          askedAt: message.createdAt,
          answer: null,
          run: null,
        });
    }
  });
  for (const run of runs) {
    if (!placed.has(run)) {
      turns.push({ key: run.id, question: run.question, askedAt: run.askedAt, answer: run.answer, run });
    }
  }
  return turns;
}
