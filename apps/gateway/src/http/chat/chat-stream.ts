import type { Problem } from '@lorekeep/contracts';
import type { PathEvent } from '@lorekeep/question-path';
import type { EventStream } from '../../edge/event-stream.js';
import { openAiError } from '../../edge/openai-error.js';
import { BesideAnswer } from './beside-answer.js';
import { type ChatIdentity, usageOf } from './chat-answer.js';

/** What a choice that goes on has for its reason, as JSON. */
const UNFINISHED = 'null';

/**
 * Writes an answer as OpenAI's chunks. Nothing is written before the first text, so that everything that can be
 * refused is refused with its status. A stop by the scanner ends with `content_filter` and `[DONE]`, as a stream
 * should end; a fault ends with an error frame and without `[DONE]`.
 */
export class ChatStream {
  private readonly prefix: string;
  private readonly spoken = new Set<number>();
  private readonly beside: BesideAnswer;

  constructor(
    private readonly stream: EventStream,
    private readonly identity: ChatIdentity,
    reference: string,
    private readonly includeUsage: boolean,
  ) {
    this.beside = new BesideAnswer(reference, identity.model);
    const { id, created, model } = identity;
    const head = JSON.stringify({ id, object: 'chat.completion.chunk', created, model });
    this.prefix = `data: ${head.slice(0, -1)},"choices":[{"index":`;
  }

  /** What it returns, if anything, is to be waited for: see EventStream. */
  take(event: PathEvent): Promise<void> | undefined {
    this.beside.take(event);
    if (event.kind === 'text')
      return this.stream.write(this.chunk(event.choice, this.deltaOf(event), UNFINISHED));
    if (event.kind === 'finish') return this.finish(event.choice, event.reason);
    return event.kind === 'end' ? this.end(event) : undefined;
  }

  async fail(problem: Problem): Promise<void> {
    await this.stream.write(`data: ${JSON.stringify(openAiError(problem))}\n\n`);
    this.stream.end();
  }

  private deltaOf(event: Extract<PathEvent, { kind: 'text' }>): string {
    const role = this.spoken.has(event.choice) ? '' : '"role":"assistant",';
    this.spoken.add(event.choice);
    if (event.channel !== 'tool')
      return `{${role}"${event.channel}":${JSON.stringify(event.given ?? event.text)}}`;
    const { index = 0, id, name } = event.toolCall ?? {};
    const call = {
      index,
      ...(id === undefined ? {} : { id, type: 'function' }),
      function: { ...(name === undefined ? {} : { name }), arguments: event.text },
    };
    return `{${role}"tool_calls":[${JSON.stringify(call)}]}`;
  }

  private async finish(choice: number, reason: string): Promise<void> {
    // An answer of which nothing was released still has a message.
    if (!this.spoken.has(choice)) {
      this.spoken.add(choice);
      await this.stream.write(this.chunk(choice, '{"role":"assistant","content":""}', UNFINISHED));
    }
    const beside = choice === 0 ? `,"lorekeep":${JSON.stringify(this.beside.toBody())}` : '';
    await this.stream.write(this.chunk(choice, '{}', JSON.stringify(reason), beside));
  }

  private async end(event: Extract<PathEvent, { kind: 'end' }>): Promise<void> {
    if (this.includeUsage) {
      const chunk = {
        ...this.identity,
        object: 'chat.completion.chunk',
        choices: [],
        usage: usageOf(event.usage),
      };
      await this.stream.write(`data: ${JSON.stringify(chunk)}\n\n`);
    }
    await this.stream.write('data: [DONE]\n\n');
    this.stream.end();
  }

  /** @param finish as JSON @param more further members, with the comma before them */
  private chunk(choice: number, delta: string, finish: string, more = ''): string {
    return `${this.prefix}${choice},"delta":${delta},"logprobs":null,"finish_reason":${finish}}]${more}}\n\n`;
  }
}
