import type { AnswerRecord } from './answer-record.js';
import type { BenchSettings } from './bench-options.js';
import type { PromptBuilder } from './build-prompts.js';
import { runLoad, type Load, type Round } from './run-load.js';
import { mixSeed, seededRandom } from './seeded-random.js';
import { streamAnswer, type StreamParts } from './stream-answer.js';
import type { Target } from './target.js';
import { pause } from './pause.js';

export interface LevelParts extends StreamParts {
  readonly settings: BenchSettings;
  readonly prompts: PromptBuilder;
  /** Counts prompts, so that none is ever asked twice. */
  readonly nextStream: () => number;
  /** Targets whose engine fails where an answer is made to go on past its end: there answers end by themselves. */
  readonly ownEnds: Set<Target>;
  /** Targets of which a whole round did not answer, or which hang: they are asked no more. */
  readonly silent: Set<Target>;
}

/** At least so many requests, and five for each that runs at once: fewer are all ramp. */
const REQUESTS_MIN = 20;
const REQUESTS_EACH = 5;
export interface MeasuredRound extends Round {
  /** Whether it was ended because nothing came any more. */
  readonly isHung: boolean;
}

/** At a rate without a limit. */
const REQUESTS_UNLIMITED = 100;

export function requestsFor(settings: BenchSettings, concurrency: number): number {
  if (concurrency === Infinity) return settings.requests ?? REQUESTS_UNLIMITED;
  return Math.max(settings.requests ?? Math.max(REQUESTS_MIN, REQUESTS_EACH * concurrency), concurrency);
}

/** Fewer than these may have been chance. */
export const SURE = 3;
/** At a rate without a limit so many answers that never come are enough. */
const TIMEOUTS_UNLIMITED = 20;

/**
 * One round of one target. The prompts are made before the clock runs. It ends early when as many answers in a row
 * have timed out as are asked for at once, three at least: a server that hangs would take hours.
 */
export async function measureRound(
  target: Target,
  model: string,
  load: Load,
  parts: LevelParts,
): Promise<MeasuredRound> {
  const { settings, signal, now } = parts;
  const stream = parts.nextStream();
  const prompts: string[] = [];
  for (let index = 0; index < load.requests && !signal.aborted; index++)
    prompts.push(await parts.prompts.build(stream, index));
  const hung = new AbortController();
  const limit = load.concurrency === Infinity ? TIMEOUTS_UNLIMITED : Math.max(SURE, load.concurrency);
  let inARow = 0;
  const ask = async (index: number): Promise<AnswerRecord | undefined> => {
    const record = await streamAnswer(
      target,
      {
        model,
        prompt: prompts[index] ?? '',
        outputTokens: settings.outputTokens,
        temperature: settings.temperature,
        ownEnd: parts.ownEnds.has(target),
      },
      parts,
    );
    inARow = record?.failure === 'timeout' ? inARow + 1 : 0;
    if (inARow >= limit) hung.abort();
    return record;
  };
  const random = seededRandom(mixSeed(settings.seed, stream));
  const sending = AbortSignal.any([signal, hung.signal]);
  const round = await runLoad(load, ask, { now, random, signal: sending, wait: pause });
  return { ...round, isHung: hung.signal.aborted };
}

/**
 * `requests` shared out over the rounds, the larger ones first; fewer rounds where one would not hold as many as run at
 * once.
 */
export function shareOut(requests: number, rounds: number, concurrency: number): number[] {
  const least = concurrency === Infinity ? 1 : concurrency;
  const used = Math.max(1, Math.min(rounds, Math.floor(requests / least)));
  return Array.from(
    { length: used },
    (_, at) => Math.floor(requests / used) + (at < requests % used ? 1 : 0),
  );
}
