import { estimateTokens, INFERENCE_AWAY, InferenceFault } from '@lorekeep/inference';
import type { CallContext } from '@lorekeep/kit/context';
import { TASKS } from '../5-inference/write-answer.step.js';
import { followDriver } from '../5-inference/follow-driver.js';
import type { AnswerRequest, ChosenModel } from '../ports.js';
import type { ChatMessage, Question, Usage } from '../question.js';
import { PathFault } from '../question-path.errors.js';
import { REWRITE_TOKENS_MAX, rewritePrompt } from './rewrite-prompt.js';

/** Of a rewritten question, in UTF-16 units; more than this is no question any more. */
export const REWRITE_UNITS_MAX = 400;
/** Of all that a model says meanwhile, thoughts included. */
const HEARD_UNITS_MAX = 4_000;
/** Time for a driver that was told to stop; the person is waiting meanwhile. */
const GRACE_MS = 50;

export type RewriteFailure = 'late' | 'failed' | 'unusable' | 'unchecked' | 'refused';

export interface AskedRewrite {
  /** The rewritten question, not yet screened; or why there is none. */
  readonly text: string | null;
  readonly failure: RewriteFailure | null;
  /** What it took, also where nothing came of it. */
  readonly usage: Usage;
}

/** Asks a model once, briefly, for the question as it reads without the conversation. Never throws. */
export async function askRewrite(
  ctx: CallContext,
  question: Question,
  messages: readonly ChatMessage[],
  chosen: ChosenModel,
  milliseconds: number,
): Promise<AskedRewrite> {
  const request = requestOf(ctx, question, messages, chosen.model);
  const heard: Heard = { text: '', other: 0, finish: null, usage: null };
  // Of its own among the model server's requests: the answer follows under the same trace.
  const own = { ...ctx, traceId: `${ctx.traceId}-rewrite` };
  try {
    const patience = { answer: milliseconds, grace: GRACE_MS };
    for await (const event of followDriver(own, request, chosen, patience)) {
      if (event.kind === 'usage') heard.usage = event;
      else if (event.kind === 'finish') heard.finish = event.reason;
      else if (event.kind !== 'text') continue;
      else if (typeof event.text !== 'string') throw new Error('the model said something that is no text');
      else if (event.channel === 'content') heard.text += event.text;
      else heard.other += event.text.length;
      // Of more than this nothing can come, and a model that never ends must not be waited for.
      if (heard.text.length + heard.other > HEARD_UNITS_MAX) break;
    }
  } catch (error) {
    const late = error instanceof PathFault && error.code === 'INFERENCE_TIMEOUT';
    const usage = usageAfter(error, heard, request);
    return { text: null, failure: late ? 'late' : 'failed', usage };
  }
  const text = heard.finish === 'stop' ? oneLine(heard.text) : '';
  const usage = usageOf(heard, request);
  const usable = text.length <= REWRITE_UNITS_MAX && /[\p{L}\p{N}]/u.test(text);
  return usable ? { text, failure: null, usage } : { text: null, failure: 'unusable', usage };
}

interface Heard {
  text: string;
  /** UTF-16 units of what it thought or called. */
  other: number;
  finish: string | null;
  usage: Usage | null;
}

function requestOf(
  ctx: CallContext,
  { door }: Question,
  messages: readonly ChatMessage[],
  model: string,
): AnswerRequest {
  return {
    model,
    messages: rewritePrompt(messages),
    passages: [],
    documents: 'none',
    parameters: { temperature: 0, maxTokens: REWRITE_TOKENS_MAX },
    task: TASKS[door],
    locale: ctx.caller.locale,
    delivery: 'whole',
  };
}

/** Without quotation marks around it, line ends and what no text holds. */
function oneLine(text: string): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return line.replace(/^["“”「『'](.*)["“”」』']$/u, '$1').trim();
}

function usageOf({ usage, text }: Heard, request: AnswerRequest): Usage {
  if (usage) {
    const { promptTokens, completionTokens, estimated } = usage;
    return { promptTokens, completionTokens, estimated };
  }
  const promptTokens = request.messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);
  return { promptTokens, completionTokens: estimateTokens(text), estimated: true };
}

/** A server that was away has worked for nobody; one that was too slow has. */
function usageAfter(error: unknown, heard: Heard, request: AnswerRequest): Usage {
  if (error instanceof InferenceFault && error.usage)
    return usageOf({ ...heard, usage: error.usage }, request);
  const away = error instanceof InferenceFault && INFERENCE_AWAY.has(error.code);
  if (away) return { promptTokens: 0, completionTokens: 0, estimated: true };
  return usageOf(heard, request);
}
