import type { AnswerRecord, Failure } from './answer-record.js';
import { ChunkReader } from './read-chunks.js';

interface Delta {
  readonly content?: string | null;
  readonly reasoning?: string | null;
  readonly reasoning_content?: string | null;
  readonly tool_calls?: readonly unknown[];
}
interface Chunk {
  readonly error?: { readonly message?: string } | string;
  readonly choices?: readonly {
    readonly delta?: Delta;
    readonly text?: string;
    readonly finish_reason?: string | null;
  }[];
  readonly usage?: { readonly prompt_tokens?: number; readonly completion_tokens?: number } | null;
}

const DETAIL_MAX = 300;

/** Takes one answer's stream as it arrives and says at the end what it was. */
export class AnswerReader {
  private readonly chunkTimes: number[] = [];
  private contentAt: number | undefined;
  private lastAt: number;
  private finish: string | undefined;
  private usage: Chunk['usage'];
  private failure: Failure | undefined;
  private detail: string | undefined;
  private text = '';
  private readonly reader = new ChunkReader((payload) => this.payload(payload));

  constructor(
    private readonly sentAt: number,
    private readonly now: () => number,
    private readonly keepText: boolean,
  ) {
    this.lastAt = sentAt;
  }

  take(piece: string): void {
    try {
      this.reader.take(piece);
    } catch (error) {
      this.fail('garbage', error instanceof Error ? error.message : String(error));
    }
  }

  /** The first failure is the one that counts. */
  fail(failure: Failure, detail: string): void {
    this.failure ??= failure;
    this.detail ??= detail.slice(0, DETAIL_MAX);
  }

  /** After the stream's end, or its failure. */
  record(): AnswerRecord {
    if (this.finish === 'abort') this.fail('aborted', 'the server ended the answer early');
    if (this.finish === 'content_filter') this.fail('withheld', 'the answer was withheld');
    if (this.finish === undefined && !this.reader.done) this.fail('cut', 'the stream ended without its end');
    if (this.chunkTimes.length === 0) this.fail('no-tokens', 'the answer has no token');
    return {
      sentAt: this.sentAt,
      chunkTimes: this.chunkTimes,
      contentAt: this.contentAt,
      lastAt: this.lastAt,
      closedAt: this.now(),
      promptTokens: this.usage?.prompt_tokens ?? 0,
      outputTokens: this.usage?.completion_tokens ?? this.chunkTimes.length,
      counted: this.usage?.completion_tokens !== undefined,
      finish: this.finish,
      failure: this.failure,
      detail: this.detail,
      text: this.text,
    };
  }

  private payload(payload: string): void {
    const at = this.now();
    let chunk: Chunk;
    try {
      chunk = JSON.parse(payload) as Chunk;
    } catch {
      return this.fail('garbage', 'a chunk is not JSON');
    }
    if (chunk.error !== undefined) {
      const { error } = chunk;
      return this.fail('error-event', typeof error === 'string' ? error : (error.message ?? 'an error'));
    }
    if (chunk.usage) this.usage = chunk.usage;
    const choice = chunk.choices?.[0];
    if (!choice) return;
    this.lastAt = at;
    this.finish = choice.finish_reason ?? this.finish;
    const content = choice.delta?.content ?? choice.text ?? '';
    const thought = choice.delta?.reasoning ?? choice.delta?.reasoning_content ?? '';
    if (content === '' && thought === '' && !choice.delta?.tool_calls?.length) return;
    this.chunkTimes.push(at);
    if (content === '') return;
    this.contentAt ??= at;
    if (this.keepText) this.text += content;
  }
}
