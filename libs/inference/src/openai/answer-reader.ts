import { CitationFilter } from '../citations/citation-filter.js';
import type { AnswerEvent, AnswerRequest, FinishReason, Usage } from '../driver.js';
import { InferenceFault } from '../inference.errors.js';
import { countTokens, estimateTokens } from '../prompt/estimate-tokens.js';
import { completeFinish, readChunk, type ChoicePiece, type ToolPiece } from './read-chunk.js';

interface Choice {
  readonly citations: CitationFilter | undefined;
  /** Said in `content` or called as a tool: what counts as an answer. */
  answered: boolean;
  finish: FinishReason | undefined;
  /** Ended by a stop string of the caller's: it may say nothing. */
  stopped: boolean;
}

/** Turns chunks of the upstream into events, and tells at the end whether the answer was complete. */
export class AnswerReader {
  /** True once a choice has said anything, in any channel. */
  spoke = false;
  private readonly choices = new Map<number, Choice>();
  private readonly cited = new Set<number>();
  private readonly passageIds: ReadonlyMap<number, string>;
  private readonly expected: number;
  private counted: { promptTokens: number; completionTokens: number } | undefined;
  /** vLLM sends about one token a chunk. */
  private chunks = 0;
  /** What was said, as counts: the text itself is not kept. */
  private saidTokens = 0;

  constructor(
    private readonly request: AnswerRequest,
    private readonly promptText: () => string,
  ) {
    this.passageIds = new Map(request.passages.map((passage) => [passage.number, passage.id]));
    this.expected = request.parameters.n ?? 1;
  }

  /** The events of one chunk. @throws InferenceFault for an error object, garbage, or an end that is none */
  read(data: string): AnswerEvent[] {
    const chunk = parse(data);
    if (chunk.failed) throw new InferenceFault('INFERENCE_FAILED');
    if (chunk.usage) this.counted = chunk.usage;
    const events: AnswerEvent[] = [];
    for (const piece of chunk.pieces) this.readPiece(piece, events);
    return events;
  }

  /** After the last chunk. @throws InferenceFault when a choice has no proper end or says nothing */
  end(): AnswerEvent[] {
    const choices = [...this.choices.values()];
    if (choices.length < this.expected || choices.some((choice) => !choice.finish))
      throw new InferenceFault('INFERENCE_BROKEN');
    if (choices.some(saysNothing)) throw new InferenceFault('INFERENCE_EMPTY');
    return [{ kind: 'usage', ...this.usage() }];
  }

  /** Tokens used so far: the server's count, else ours. */
  usage(): Usage {
    if (this.counted) return { ...this.counted, estimated: false };
    const completionTokens = Math.max(this.chunks, Math.ceil(this.saidTokens));
    return { promptTokens: estimateTokens(this.promptText()), completionTokens, estimated: true };
  }

  private readPiece(piece: ChoicePiece, events: AnswerEvent[]): void {
    if (piece.choice >= this.expected) throw new InferenceFault('INFERENCE_BROKEN');
    const choice = this.choiceOf(piece.choice);
    if (choice.finish) return;
    if (piece.reasoning) this.say(piece.choice, 'reasoning', piece.reasoning, events);
    if (piece.content) {
      choice.answered = true;
      this.note(piece.content);
      if (choice.citations) this.cite(piece.choice, choice.citations.push(piece.content), events);
      else append(events, { kind: 'text', choice: piece.choice, channel: 'content', text: piece.content });
    }
    for (const call of piece.toolCalls) this.call(piece.choice, choice, call, events);
    if (piece.finish === null) return;
    choice.stopped = piece.finish === 'stop' && !piece.endedItself && !!this.request.parameters.stop?.length;
    this.finish(piece.choice, choice, piece.finish, events);
  }

  private finish(index: number, choice: Choice, reason: string, events: AnswerEvent[]): void {
    const complete = completeFinish(reason);
    if (!complete) throw new InferenceFault(reason === 'abort' ? 'INFERENCE_ABORTED' : 'INFERENCE_FAILED');
    if (choice.citations) this.cite(index, choice.citations.end(), events);
    choice.finish = complete;
    events.push({ kind: 'finish', choice: index, reason: complete });
  }

  private call(index: number, choice: Choice, call: ToolPiece, events: AnswerEvent[]): void {
    choice.answered = true;
    this.note(call.arguments);
    const toolCall = {
      index: call.index,
      ...(call.id === undefined ? {} : { id: call.id }),
      ...(call.name === undefined ? {} : { name: call.name }),
    };
    events.push({ kind: 'text', choice: index, channel: 'tool', text: call.arguments, toolCall });
  }

  private say(choice: number, channel: 'content' | 'reasoning', text: string, events: AnswerEvent[]): void {
    this.note(text);
    append(events, { kind: 'text', choice, channel, text });
  }

  private cite(
    choice: number,
    filtered: { text: string; cited: readonly number[] },
    events: AnswerEvent[],
  ): void {
    for (const number of filtered.cited) {
      const passageId = this.passageIds.get(number);
      if (passageId === undefined || this.cited.has(number)) continue;
      this.cited.add(number);
      events.push({ kind: 'citation', number, passageId });
    }
    if (filtered.text) append(events, { kind: 'text', choice, channel: 'content', text: filtered.text });
  }

  private note(text: string): void {
    this.spoke = true;
    this.chunks += 1;
    if (!this.counted) this.saidTokens += countTokens(text);
  }

  private choiceOf(index: number): Choice {
    let choice = this.choices.get(index);
    if (!choice) {
      const cited = this.request.documents === 'cited';
      choice = {
        citations: cited ? new CitationFilter(new Set(this.passageIds.keys())) : undefined,
        answered: false,
        finish: undefined,
        stopped: false,
      };
      this.choices.set(index, choice);
    }
    return choice;
  }
}

function saysNothing({ answered, stopped, finish }: Choice): boolean {
  return !answered && !stopped && finish !== 'length' && finish !== 'content_filter';
}

/** Pieces that arrived together travel together: under load whole sentences do, and each step is taken once for them. */
export function append(events: AnswerEvent[], next: AnswerEvent): void {
  if (next.kind !== 'text' || next.toolCall) return void events.push(next);
  const last = events.at(-1);
  if (last?.kind === 'text' && last.choice === next.choice && last.channel === next.channel && !last.toolCall)
    events[events.length - 1] = { ...last, text: last.text + next.text };
  else events.push(next);
}

function parse(data: string): ReturnType<typeof readChunk> {
  try {
    return readChunk(JSON.parse(data));
  } catch {
    // The parser's message quotes what it read.
    throw new InferenceFault('INFERENCE_BROKEN', {
      cause: new Error('the upstream sent something that is no chunk'),
    });
  }
}
