import type { AnswerEvent, FinishReason, Usage } from '../driver.js';
import { InferenceFault } from '../inference.errors.js';
import { countTokens } from '../prompt/estimate-tokens.js';
import { completeFinish, readChunk } from './read-chunk.js';

/**
 * Turns vLLM's `transcription.chunk` objects into events. A long recording is heard in parts of half a minute, each of
 * which finishes by itself; only the count of tokens after the last one says that all of it was heard.
 */
export class TranscriptReader {
  /** True once a word has come. */
  spoke = false;
  private counted: { promptTokens: number; completionTokens: number } | undefined;
  private reason: FinishReason | undefined;
  private saidTokens = 0;

  /** @param promptTokens what the prompt and the recording have, where the server does not say */
  constructor(private readonly promptTokens: number) {}

  /** The events of one chunk. @throws InferenceFault for an error object, garbage, or an end that is none */
  read(data: string): AnswerEvent[] {
    const chunk = parse(data);
    if (chunk.failed) throw new InferenceFault('INFERENCE_FAILED');
    if (chunk.usage) this.counted = chunk.usage;
    const events: AnswerEvent[] = [];
    for (const { content, finish } of chunk.pieces) {
      if (finish !== null) this.finish(finish);
      if (content === '') continue;
      this.spoke = true;
      this.saidTokens += countTokens(content);
      events.push({ kind: 'text', choice: 0, channel: 'content', text: content });
    }
    return events;
  }

  /** After the last chunk. A recording without a word is complete too. @throws InferenceFault when it is not */
  end(): AnswerEvent[] {
    if (!this.counted || !this.reason) throw new InferenceFault('INFERENCE_BROKEN');
    return [
      { kind: 'finish', choice: 0, reason: this.reason },
      { kind: 'usage', ...this.usage() },
    ];
  }

  usage(): Usage {
    if (this.counted) return { ...this.counted, estimated: false };
    return {
      promptTokens: this.promptTokens,
      completionTokens: Math.ceil(this.saidTokens),
      estimated: true,
    };
  }

  /** One part that was cut short is worth telling, whatever the others did. */
  private finish(reason: string): void {
    const complete = completeFinish(reason);
    if (!complete) throw new InferenceFault(reason === 'abort' ? 'INFERENCE_ABORTED' : 'INFERENCE_FAILED');
    if (this.reason !== 'length') this.reason = complete;
  }
}

function parse(data: string): ReturnType<typeof readChunk> {
  try {
    return readChunk(JSON.parse(data));
  } catch {
    // The parser's message quotes what it read.
    throw new InferenceFault('INFERENCE_BROKEN');
  }
}
