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
}

/** At least so many requests, and five for each that runs at once: fewer are all ramp. */
const REQUESTS_MIN = 20;
const REQUESTS_EACH = 5;
/** At a rate without a limit. */
const REQUESTS_UNLIMITED = 100;

export function requestsFor(settings: BenchSettings, concurrency: number): number {
  if (concurrency === Infinity) return settings.requests ?? REQUESTS_UNLIMITED;
  return Math.max(settings.requests ?? Math.max(REQUESTS_MIN, REQUESTS_EACH * concurrency), concurrency);
}

/** One round of one target. The prompts are made before the clock runs. */
export async function measureRound(
  target: Target,
  model: string,
  load: Load,
  parts: LevelParts,
): Promise<Round> {
  const { settings, signal, now } = parts;
  const stream = parts.nextStream();
  const prompts: string[] = [];
  for (let index = 0; index < load.requests && !signal.aborted; index++)
    prompts.push(await parts.prompts.build(stream, index));
  const ask = (index: number): Promise<AnswerRecord | undefined> =>
    streamAnswer(
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
  const random = seededRandom(mixSeed(settings.seed, stream));
  return runLoad(load, ask, { now, random, signal, wait: pause });
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
