import { createHash } from 'node:crypto';
import type { CallContext } from '@lorekeep/kit/context';
import { INFERENCE_AWAY, InferenceFault } from '@lorekeep/inference';
import { askPart } from '../ask-part.js';
import type { QuestionPathLimits } from '../limits.js';
import type { AnswerEvent, AnswerRequest, ChosenModel, DriverPort, FoundPassage } from '../ports.js';
import { lied, PathFault } from '../question-path.errors.js';
import { followDriver, type Patience } from './follow-driver.js';
import type { ChatMessage, Question } from '../question.js';

/** What is written for who comes by a door. */
export const TASKS = {
  ask: 'question',
  draft: 'draft',
  chat: 'chat',
  responses: 'chat',
  embeddings: 'chat',
  transcriptions: 'chat',
} as const;

/** The use case of a door, where no model is named. */
const ROUTED = {
  ask: 'question',
  draft: 'drafting',
  chat: 'question',
  responses: 'question',
  embeddings: 'embedding',
  transcriptions: 'transcription',
} as const;

/** With the digest of its conversation, empty where vectors are wanted. */
export interface ConversationModel extends ChosenModel {
  readonly conversation: string;
}

/** Step 5, first half: which model answers, and with which driver. */
export async function chooseModel(
  ctx: CallContext,
  question: Question,
  drivers: DriverPort,
  limits: QuestionPathLimits,
): Promise<ConversationModel> {
  // All vectors of a tenant come from one model, or they cannot be compared.
  const conversation = question.embed ? '' : conversationOf(question);
  const chosen = await askPart('inference', limits.QUESTION_CHECK_TIMEOUT_MS, () =>
    drivers.choose(ctx, question.model, {
      useCase: ROUTED[question.door],
      conversation,
    }),
  );
  if (typeof chosen?.model !== 'string' || typeof chosen.driver?.answer !== 'function') {
    throw lied('inference', 'chose no model');
  }
  return { ...chosen, conversation };
}

/**
 * What tells a conversation from others, the same from its first question to its last, whatever is cut from its
 * history. A digest: what the firewall takes out of the first message goes no further.
 */
function conversationOf({ conversation, messages }: Question): string {
  const first = conversation ?? messages.find(({ role }) => role === 'user')?.content ?? '';
  return createHash('sha256').update(first).digest('hex');
}

/** Nobody pays for an answer that nobody waits for any more. */
export function assertStillWanted(ctx: CallContext): void {
  if (!ctx.signal.aborted) return;
  throw new PathFault('INFERENCE_CANCELLED', 'The question was cancelled.', {
    status: 499,
    step: 'inference',
  });
}

/** What the model is given. */
export function answerRequest(
  ctx: CallContext,
  question: Question,
  inspected: { messages: readonly ChatMessage[]; instructions: string | undefined },
  passages: readonly FoundPassage[],
  { model, conversation, background = false }: ConversationModel,
  { maxTokens, context }: { maxTokens: number; context?: string | undefined },
): AnswerRequest {
  const extra: ChatMessage[] = inspected.instructions
    ? [{ role: 'system', content: inspected.instructions }]
    : [];
  return {
    model,
    messages: [...extra, ...inspected.messages],
    ...(conversation === '' ? {} : { conversation }),
    ...(context === undefined ? {} : { context }),
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
      question.documents === 'auto' && (TASKS[question.door] !== 'chat' || passages.length > 0)
        ? 'cited'
        : 'none',
    // What was reserved from the quota is what the model may use.
    parameters: { ...question.parameters, maxTokens: question.parameters.maxTokens ?? maxTokens },
    task: TASKS[question.door],
    ...(question.embed ? { embed: question.embed } : {}),
    ...(question.transcribe ? { transcribe: question.transcribe } : {}),
    ...(background ? { background } : {}),
    locale: ctx.caller.locale,
    // Also where nobody reads along: a model that stalls is noticed between two tokens, not at the end.
    delivery: 'stream',
  };
}

/** A model of the route that was away, and how. */
export interface PassedOver {
  readonly kind: 'passed-over';
  readonly model: string;
  readonly code: string;
}

/**
 * Step 5, second half: streams the model's events. Where a model is away and nothing was said yet, the next one of its
 * route answers, and at last questions and drafts are answered by quotations, labelled as such; a chat only where its
 * model was ours to choose and documents were found: whoever names a model, or brings none to quote, gets the error.
 */
export async function* writeAnswer(
  ctx: CallContext,
  request: AnswerRequest,
  chosen: ChosenModel,
  drivers: DriverPort,
  patience: Patience,
): AsyncGenerator<AnswerEvent | PassedOver> {
  const models = [chosen, ...(chosen.next ?? [])];
  const isRouted = chosen.next !== undefined;
  if (request.task !== 'chat' || (isRouted && request.documents === 'cited')) models.push(drivers.fallback());
  let spoke = false;
  for (const [index, model] of models.entries()) {
    const asked = { ...request, model: model.model };
    const unfinished = new Unfinished(asked);
    try {
      for await (const event of followDriver(ctx, asked, model, patience)) {
        if (!unfinished.concerns(event)) continue;
        if (unfinished.isBroken) break;
        spoke ||= 'choice' in event || event.kind === 'refusal';
        yield event;
        if (event.kind === 'refusal') return;
      }
      return unfinished.assertNone();
    } catch (error) {
      const away = error instanceof InferenceFault && INFERENCE_AWAY.has(error.code);
      const isLast = index === models.length - 1;
      if (!away || spoke || isLast || ctx.signal.aborted) throw error;
      yield { kind: 'passed-over', model: model.model, code: error.code };
    }
  }
}

/**
 * The choices that have not finished: an answer with any is not called complete. What a driver says of choices that
 * nobody asked for, or of one that has finished, is not part of the answer.
 */
class Unfinished {
  /** A choice ended in a way that is none. */
  isBroken = false;
  private readonly choices = new Set<number>();

  constructor({ embed, messages, parameters }: AnswerRequest) {
    const count = embed ? messages.length : (parameters.n ?? 1);
    for (let choice = 0; choice < count; choice += 1) this.choices.add(choice);
  }

  /** Whether an event is part of the answer. */
  concerns(event: AnswerEvent): boolean {
    if (!('choice' in event)) return true;
    if (!this.choices.has(event.choice)) return false;
    if (event.kind !== 'finish') return true;
    this.isBroken = event.reason === 'error' || event.reason === 'abort';
    if (!this.isBroken) this.choices.delete(event.choice);
    return true;
  }

  assertNone(): void {
    if (this.choices.size === 0) return;
    throw new PathFault('INFERENCE_INCOMPLETE', 'The model stopped before the answer was complete.', {
      status: 502,
      step: 'inference',
    });
  }
}
