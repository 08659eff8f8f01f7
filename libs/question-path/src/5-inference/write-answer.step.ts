import { Fault } from '@lorekeep/kit/errors';
import type { CallContext } from '@lorekeep/kit/context';
import type { AnswerEvent, AnswerRequest, DriverPort, FoundPassage } from '../ports.js';
import type { ChatMessage, Question } from '../question.types.js';

const USE_CASES = { ask: 'question', draft: 'draft', chat: 'chat' } as const;

export type InferenceCode = 'INFERENCE_NO_MODEL' | 'INFERENCE_INCOMPLETE';

/** Step 5, first half: which model answers, with which messages and passages. */
export async function chooseModel(
  ctx: CallContext,
  question: Question,
  drivers: DriverPort,
): Promise<string> {
  const chosen = await drivers.choose(ctx, question.model);
  if (!chosen) {
    throw new Fault<InferenceCode>('INFERENCE_NO_MODEL', 'There is no model of that name.', {
      status: 404,
      step: 'inference',
    });
  }
  return chosen.model;
}

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

/** Step 5, second half: streams the model's events, and refuses to call an answer without a finish complete. */
export async function* writeAnswer(
  ctx: CallContext,
  request: AnswerRequest,
  drivers: DriverPort,
): AsyncGenerator<AnswerEvent> {
  const unfinished = new Set(Array.from({ length: request.parameters.n ?? 1 }, (_, choice) => choice));
  for await (const event of drivers.answer(ctx, request)) {
    if (event.kind === 'finish') unfinished.delete(event.choice);
    yield event;
  }
  if (unfinished.size > 0) {
    throw new Fault<InferenceCode>(
      'INFERENCE_INCOMPLETE',
      'The model stopped before the answer was complete.',
      {
        status: 502,
        step: 'inference',
      },
    );
  }
}
