import type { CallContext } from '@lorekeep/kit/context';
import { Refusal } from '@lorekeep/kit/errors';
import type { AnswerRequest, ChatMessage, LeftOut, PromptPassage } from '../driver.js';
import { systemPrompt } from '../prompt/prompt-texts.js';
import type { CountTokens } from './count-tokens.js';

/** Of the chat template and what stands around documents and question, in tokens; gpt-oss's own preamble is the longest. */
export const OVERHEAD = 200;
/** Of the tags around a message, and around a passage with its page. */
const MESSAGE_OVERHEAD = 8;
const PASSAGE_OVERHEAD = 48;
/** Earlier turns and passages that are left as long as anything else can go. */
export const TURNS_KEPT = 2;
export const PASSAGES_KEPT = 3;
/** Part of the context that is kept for the answer where the request wants more than fits. */
const ANSWER_SHARE = 1 / 4;

export interface Fitted {
  readonly request: AnswerRequest;
  readonly leftOut: LeftOut | null;
}

interface Piece {
  readonly tokens: number;
}
interface Turn extends Piece {
  readonly messages: readonly ChatMessage[];
}
interface Sized {
  readonly turns: Turn[];
  readonly passages: (Piece & { readonly passage: PromptPassage })[];
  /** What cannot go: instructions, tools, the question. */
  readonly fixed: number;
}

/** Fits question, history and passages to what a model takes. */
export class FitPrompt {
  constructor(
    private readonly contextOf: (model: string) => number | null,
    private readonly counter: CountTokens,
    private readonly defaultAnswer: number,
  ) {}

  /**
   * The request as it is where it fits; else with the oldest turns and the weakest passages left out. A request that
   * is too long without them is refused with its numbers. The answer may become shorter, but not below a quarter.
   */
  async fit(ctx: CallContext, request: AnswerRequest): Promise<Fitted | Refusal> {
    const context = this.contextOf(request.model);
    const wanted = request.parameters.maxTokens ?? this.defaultAnswer;
    if (context === null || atMost(request) + wanted <= context) return { request, leftOut: null };
    const sized = await this.size(ctx, request);
    const answer = Math.min(wanted, Math.max(1, Math.floor(context * ANSWER_SHARE)));
    const before = { turns: sized.turns.length, passages: sized.passages.length };
    let total = totalOf(sized);
    while (total > context - answer && dropNext(sized)) total = totalOf(sized);
    if (total > context - answer) return tooLong(total, context, answer);
    const leftOut = {
      turns: before.turns - sized.turns.length,
      passages: before.passages - sized.passages.length,
    };
    const parameters = { ...request.parameters, maxTokens: Math.min(wanted, context - total) };
    return {
      request: { ...withRest(request, sized), parameters },
      leftOut: leftOut.turns + leftOut.passages > 0 ? leftOut : null,
    };
  }

  private async size(ctx: CallContext, request: AnswerRequest): Promise<Sized> {
    const count = (text: string) => this.counter.count(ctx, request.model, text);
    const { system, turns, last } = split(request.messages);
    const own = request.documents === 'cited' ? [systemPrompt(request.task, '')] : [];
    const { tools = [], responseFormat } = request.parameters;
    const extra = [...tools, ...(responseFormat ? [responseFormat] : [])].map((part) => JSON.stringify(part));
    const fixed = await Promise.all([...own, ...extra, ...[...system, ...last].map(textOf)].map(count));
    const sizedTurns = turns.map(async (messages) => {
      const counts = await Promise.all(messages.map((message) => count(textOf(message))));
      return { messages, tokens: sum(counts) + MESSAGE_OVERHEAD * messages.length };
    });
    const passages = request.passages.map(async (passage) => ({
      passage,
      tokens: (await count(textOfPassage(passage))) + PASSAGE_OVERHEAD,
    }));
    return {
      turns: await Promise.all(sizedTurns),
      passages: await Promise.all(passages),
      fixed: sum(fixed) + OVERHEAD + MESSAGE_OVERHEAD * (system.length + last.length),
    };
  }
}

/** Takes the next piece out; false when nothing is left that may go. */
function dropNext({ turns, passages }: Sized): boolean {
  if (turns.length > TURNS_KEPT) turns.shift();
  else if (passages.length > PASSAGES_KEPT) passages.pop();
  else if (turns.length > 0) turns.shift();
  else if (passages.length > 1) passages.pop();
  else return false;
  return true;
}

/** Never too few: a token of a byte-level tokenizer has at least one byte. */
function atMost(request: AnswerRequest): number {
  const { messages, passages, parameters, task } = request;
  const bytes = (text: string) => Buffer.byteLength(text);
  const options = JSON.stringify([parameters.tools, parameters.responseFormat]);
  return (
    OVERHEAD +
    bytes(options) +
    bytes(systemPrompt(task, '')) +
    sum(messages.map((message) => bytes(textOf(message)) + MESSAGE_OVERHEAD)) +
    sum(passages.map((passage) => bytes(textOfPassage(passage)) + PASSAGE_OVERHEAD))
  );
}

/** Instructions, earlier turns from one message of the person to the next, and the turn that is asked now. */
function split(messages: readonly ChatMessage[]): {
  system: ChatMessage[];
  turns: ChatMessage[][];
  last: ChatMessage[];
} {
  const system = messages.filter(({ role }) => role === 'system');
  const turns: ChatMessage[][] = [];
  for (const message of messages) {
    if (message.role === 'system') continue;
    const current = turns.at(-1);
    if (message.role === 'user' || !current) turns.push([message]);
    else current.push(message);
  }
  return { system, turns: turns.slice(0, -1), last: turns.at(-1) ?? [] };
}

function withRest(request: AnswerRequest, { turns, passages }: Sized): AnswerRequest {
  const kept = new Set(turns.flatMap(({ messages }) => messages));
  const { last } = split(request.messages);
  const messages = request.messages.filter(
    (message) => message.role === 'system' || kept.has(message) || last.includes(message),
  );
  return { ...request, messages, passages: passages.map(({ passage }) => passage) };
}

function textOf({ content, toolCalls }: ChatMessage): string {
  return toolCalls ? `${content}${JSON.stringify(toolCalls)}` : content;
}

function textOfPassage({ title, heading, content }: PromptPassage): string {
  return `${title}\n${heading}\n${content}`;
}

function totalOf({ turns, passages, fixed }: Sized): number {
  return fixed + sum([...turns, ...passages].map(({ tokens }) => tokens));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function tooLong(tokens: number, limit: number, answer: number): Refusal {
  const text = `The question has about ${tokens} tokens with what belongs to it; with ${answer} for the answer the model takes ${limit}. Please shorten it.`;
  return new Refusal({
    step: 'inference',
    code: 'INFERENCE_TOO_LONG',
    text,
    status: 400,
    facts: { tokens, limit, answer },
  });
}
