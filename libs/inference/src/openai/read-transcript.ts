import type { Transcript, TranscriptSegment } from '../driver.js';

export interface ReadTranscript extends Transcript {
  readonly text: string;
  /** Null where the server does not give the tokens of its segments. */
  readonly tokens: number | null;
}

type Json = Record<string, unknown>;

/** A week: no recording that is taken is as long, and its seconds are counted as tokens. */
const SECONDS_MAX = 604_800;
/** A code of a language, as vLLM has them. */
const LANGUAGE = /^[a-z]{2,3}$/;

/**
 * A whole transcript in `verbose_json`, without trusting its shape. Each segment must stand in the text, in order: what
 * is shown of it later is cut from the text that was scanned. The ids of its tokens are another way to say its words
 * and stay here. @throws TypeError
 */
export function readTranscript(value: unknown): ReadTranscript {
  const { text, language, duration, segments } = object(value);
  if (typeof text !== 'string' || !(segments == null || Array.isArray(segments))) throw new TypeError('text');
  const rows = ((segments ?? []) as unknown[]).map(object);
  let at = 0;
  const read = rows.map((row): TranscriptSegment => {
    const { text: said } = row;
    if (typeof said !== 'string') throw new TypeError('segment');
    const from = text.indexOf(said, at);
    if (from < 0) throw new TypeError('a segment that is not in the text');
    at = from + said.length;
    return { from, to: at, ...numbersOf(row) };
  });
  const tokens = rows.map((row) => row['tokens']);
  return {
    text,
    language: typeof language === 'string' && LANGUAGE.test(language) ? language : null,
    // vLLM says it as a string.
    seconds: secondsOf(typeof duration === 'string' ? Number(duration) : duration),
    segments: read,
    tokens: tokens.every(Array.isArray) ? tokens.reduce((sum, list) => sum + list.length, 0) : null,
  };
}

function numbersOf(row: Json): Omit<TranscriptSegment, 'from' | 'to'> {
  return {
    start: secondsOf(row['start']),
    end: secondsOf(row['end']),
    averageLogprob: numberOf(row['avg_logprob']),
    compressionRatio: numberOf(row['compression_ratio']),
    noSpeech: numberOf(row['no_speech_prob']),
  };
}

function secondsOf(value: unknown): number {
  const seconds = numberOf(value);
  if (seconds === null || seconds < 0 || seconds > SECONDS_MAX) throw new TypeError('seconds');
  return seconds;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function object(value: unknown): Json {
  if (typeof value !== 'object' || value === null) throw new TypeError('not an object');
  return value as Json;
}
