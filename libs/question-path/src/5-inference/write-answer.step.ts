import { Fault } from '@lorekeep/kit/errors';
import type { CallContext } from '@lorekeep/kit/context';
import { INFERENCE_AWAY, InferenceFault } from '@lorekeep/inference';
import type { AnswerEvent, AnswerRequest, ChosenModel, DriverPort, FoundPassage } from '../ports.js';
import type { ChatMessage, Question } from '../question.js';

const USE_CASES = { ask: 'question', draft: 'draft', chat: 'chat' } as const;

/** Step 5, first half: what the model is given. */
export function answerRequest(
  ctx: CallContext,
  question: Question,
  inspected: { messages: readonly ChatMessage[]; instructions: string | undefined },
  passages: readonly FoundPassage[],
  model: string,
): AnswerRequest {
  const extra: ChatMessage[] = inspected.instructions
    ? [{ role: 'system', content: inspected.instructions }]
    : [];
  return {
    model,
    messages: [...extra, ...inspected.messages],
    passages: passages.map(({ id, title, heading, page, content }, index) => ({
      number: index + 1,
      id,
      title,
      heading,
      page,
      content,
    })),
    // A chat without passages is an ordinary chat; a question without passages has no answer.
    documents:
      question.documents === 'auto' && (question.door !== 'chat' || passages.length > 0) ? 'cited' : 'none',
    parameters: question.parameters,
    useCase: USE_CASES[question.door],
    locale: ctx.caller.locale,
  };
}

/**
 * Step 5, second half: streams the model's events. Where the model server is away and nothing was said yet, questions
 * and drafts are answered by quotations, labelled as such; a chat asked for that model and gets the error.
 */
export async function* writeAnswer(
  ctx: CallContext,
  request: AnswerRequest,
  chosen: ChosenModel,
  drivers: DriverPort,
): AsyncGenerator<AnswerEvent> {
  let spoke = false;
  try {
    for await (const event of complete(ctx, request, chosen)) {
      spoke ||= event.kind === 'text' || event.kind === 'finish';
      yield event;
    }
  } catch (error) {
    const away = error instanceof InferenceFault && INFERENCE_AWAY.has(error.code);
    if (!away || spoke || request.useCase === 'chat' || ctx.signal.aborted) throw error;
    const fallback = drivers.fallback();
    yield* complete(ctx, { ...request, model: fallback.model }, fallback);
  }
}

/** Refuses to call an answer complete of which a choice did not finish. */
async function* complete(
  ctx: CallContext,
  request: AnswerRequest,
  chosen: ChosenModel,
): AsyncGenerator<AnswerEvent> {
  const unfinished = new Set(Array.from({ length: request.parameters.n ?? 1 }, (_, choice) => choice));
  for await (const event of chosen.driver.answer(ctx, request)) {
    if (event.kind === 'finish') unfinished.delete(event.choice);
    yield event;
  }
  if (unfinished.size > 0) {
    throw new Fault('INFERENCE_INCOMPLETE', 'The model stopped before the answer was complete.', {
      status: 502,
      step: 'inference',
    });
  }
}
