import { Refusal } from '@lorekeep/kit/errors';
import type { PathEvent, Usage } from '@lorekeep/question-path';

type Transcript = Extract<PathEvent, { kind: 'transcript' }>;

/**
 * Gathers what was released of a transcript and writes it in OpenAI's shapes. Segments are cut from the text that was
 * released; the ids of their tokens would say what was withheld, and are not given.
 */
export class TranscriptAnswer {
  text = '';
  private transcript: Transcript | undefined;
  private isCut = false;
  private isWithheld = false;

  constructor(
    private readonly reference: string,
    private readonly temperature: number,
  ) {}

  take(event: PathEvent): void {
    // As it is kept: nobody typed it, so nothing is given back.
    if (event.kind === 'text' && event.channel === 'content') this.text += event.text;
    else if (event.kind === 'transcript') this.transcript = event;
    else if (event.kind === 'finish') this.isCut = event.reason === 'length';
    else if (event.kind === 'end') this.isWithheld = event.outcome === 'stopped';
  }

  /**
   * These shapes have no place to say that something is missing, so that a part of a transcript would pass for all of it.
   * @throws Refusal CONTENT_FILTER (422) where the scanner ended it
   */
  assertWhole(): void {
    if (!this.isWithheld) return;
    throw new Refusal({
      step: 'scanner',
      code: 'CONTENT_FILTER',
      text: 'Something was said that may not be given out here, so the transcript ends before it.',
      status: 422,
    });
  }

  toBody(usage: Usage): object {
    return { text: this.text, usage: usageOf(usage), lorekeep: this.beside() };
  }

  toVerboseBody(): object {
    const { language = null, seconds = 0, segments = [] } = this.transcript ?? {};
    return {
      ...{ task: 'transcribe', language, duration: seconds, text: this.text },
      segments: segments.map((segment, id) => ({
        ...{ id, seek: 0, start: segment.start, end: segment.end },
        ...{ text: this.text.slice(segment.from, segment.to), tokens: [], temperature: this.temperature },
        avg_logprob: segment.averageLogprob,
        compression_ratio: segment.compressionRatio,
        no_speech_prob: segment.noSpeech,
      })),
      usage: { type: 'duration', seconds: Math.ceil(seconds) },
      lorekeep: this.beside(),
    };
  }

  private beside(): object {
    // The model was not allowed to write more.
    return { reference: this.reference, ...(this.isCut ? { incomplete: true } : {}) };
  }
}

/** As OpenAI counts for its own models; the recording's tokens are those that the model server counts. */
function usageOf({ promptTokens, completionTokens }: Usage): object {
  return {
    type: 'tokens',
    input_tokens: promptTokens,
    output_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}
