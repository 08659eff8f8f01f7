import type { PathEvent, Usage } from '@lorekeep/question-path';
import { BesideAnswer } from './beside-answer.js';

/** As many calls as tools may be defined. */
const TOOL_CALLS_MAX = 128;

interface Choice {
  content: string;
  reasoning: string;
  toolCalls: { id: string; type: 'function'; function: { name: string; arguments: string } }[];
  finish: string;
}

export interface ChatIdentity {
  id: string;
  created: number;
  model: string;
}

/** Gathers a whole answer for callers who do not stream. */
export class ChatAnswer {
  private readonly choices: Choice[] = [];
  private readonly beside: BesideAnswer;

  constructor(
    private readonly identity: ChatIdentity,
    reference: string,
  ) {
    this.beside = new BesideAnswer(reference, identity.model);
  }

  take(event: PathEvent): void {
    this.beside.take(event);
    if (event.kind === 'finish') this.choice(event.choice).finish = event.reason;
    if (event.kind !== 'text') return;
    const choice = this.choice(event.choice);
    if (event.channel === 'content') choice.content += event.given ?? event.text;
    else if (event.channel === 'reasoning') choice.reasoning += event.text;
    else takeToolCall(choice, event);
  }

  toBody(usage: Usage): object {
    return {
      ...this.identity,
      object: 'chat.completion',
      choices: this.choices.map((choice, index) => ({
        index,
        message: messageOf(choice),
        logprobs: null,
        finish_reason: choice.finish,
      })),
      usage: usageOf(usage),
      lorekeep: this.beside.toBody(),
    };
  }

  private choice(index: number): Choice {
    while (this.choices.length <= index) {
      this.choices.push({ content: '', reasoning: '', toolCalls: [], finish: 'stop' });
    }
    return this.choices[index] as Choice;
  }
}

function takeToolCall(choice: Choice, event: Extract<PathEvent, { kind: 'text' }>): void {
  // The index is the model server's word: it must not make an array of any length, nor one call of two, whose
  // arguments were scanned apart.
  const index = event.toolCall?.index ?? 0;
  if (index >= TOOL_CALLS_MAX) return;
  while (choice.toolCalls.length <= index) {
    choice.toolCalls.push({ id: '', type: 'function', function: { name: '', arguments: '' } });
  }
  const call = choice.toolCalls[index] as Choice['toolCalls'][number];
  if (event.toolCall?.id) call.id = event.toolCall.id;
  if (event.toolCall?.name) call.function.name += event.toolCall.name;
  call.function.arguments += event.text;
}

function messageOf(choice: Choice): object {
  return {
    role: 'assistant',
    content: choice.content === '' && choice.toolCalls.length > 0 ? null : choice.content,
    refusal: null,
    ...(choice.reasoning ? { reasoning: choice.reasoning } : {}),
    ...(choice.toolCalls.length > 0 ? { tool_calls: choice.toolCalls } : {}),
  };
}

/** Token counts without any trace of the prefix cache: `cached_tokens` would tell what others asked. */
export function usageOf(usage: Usage): object {
  return {
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    total_tokens: usage.promptTokens + usage.completionTokens,
  };
}
