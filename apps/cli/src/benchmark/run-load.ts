import { arrivals } from './arrivals.js';
import type { AnswerRecord } from './answer-record.js';

export interface Load {
  readonly requests: number;
  /** Requests a second; Infinity = as fast as `concurrency` lets. */
  readonly rate: number;
  /** At most so many at once; Infinity = no limit. */
  readonly concurrency: number;
}

/** What one round brought. Milliseconds. */
export interface Round {
  readonly records: readonly AnswerRecord[];
  readonly durationMs: number;
  readonly peakConcurrent: number;
}

interface Parts {
  readonly now: () => number;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Sends the requests as `load` says and waits for all of them. A request's time begins when it is sent, not when it
 * would have liked to be: as `vllm bench serve` with --max-concurrency.
 */
export async function runLoad(
  load: Load,
  ask: (index: number) => Promise<AnswerRecord | undefined>,
  parts: Parts,
): Promise<Round> {
  const due = arrivals(load.requests, load.rate, parts.random);
  const records: AnswerRecord[] = [];
  const started = parts.now();
  let next = 0;
  let running = 0;
  let peakConcurrent = 0;
  const worker = async (): Promise<void> => {
    while (next < load.requests && !parts.signal.aborted) {
      const index = next++;
      const late = started + (due[index] ?? 0) - parts.now();
      if (late > 0) await parts.wait(late, parts.signal);
      if (parts.signal.aborted) return;
      peakConcurrent = Math.max(peakConcurrent, ++running);
      const record = await ask(index);
      running -= 1;
      if (record) records.push(record);
    }
  };
  await Promise.all(Array.from({ length: Math.min(load.concurrency, load.requests) }, worker));
  return { records, durationMs: parts.now() - started, peakConcurrent };
}
