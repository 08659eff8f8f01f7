import type { LogEvent } from '../log/log-event.js';
import { checkAnswers } from './check-answers.js';
import type { Ending } from './instance-status.js';
import type { Pace } from './pace.js';
import type { ReplicaClient } from './replica-client.js';
import { warmReplica, type Shapes } from './warm-replica.js';

export interface StartLimits {
  /** From the start of the process to a listening server. */
  readonly startTimeoutMs: number;
  /** For one answer, and for one batch of warming. */
  readonly answerTimeoutMs: number;
}

const POLL_MS = 100;
const HEALTH_TIMEOUT_MS = 2_000;

/** "Application startup complete." said, or asked for with /health where the log says it in other words. */
export class StartSign {
  listening = false;

  see(event: LogEvent): void {
    if (event.kind === 'ready') this.listening = true;
  }
}

/**
 * From a launched process to a warm replica: it listens, answers the same question twice in the same way and a chat
 * completion, which is what gateways ask, and has seen every shape of a batch. The ending where it fails; undefined when it is ready, or the signal was aborted.
 */
export async function startReplica(
  parts: { client: ReplicaClient; pace: Pace; sign: StartSign; limits: StartLimits; shapes: Shapes },
  onWarm: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Ending | undefined> {
  const { client, pace, sign, limits, shapes } = parts;
  const deadline = pace.monotonic() + limits.startTimeoutMs;
  let looks = 0;
  while (!sign.listening && !signal.aborted) {
    if (pace.monotonic() > deadline)
      return { kind: 'start-too-long', seconds: Math.round(limits.startTimeoutMs / 1000) };
    await pace.sleep(POLL_MS, signal);
    looks += 1;
    if (looks % 20 === 0 && (await client.health(HEALTH_TIMEOUT_MS)) === 'well') sign.listening = true;
  }
  if (signal.aborted) return undefined;
  const answers = await checkAnswers(client, limits.answerTimeoutMs);
  if (signal.aborted) return undefined;
  if (answers === 'differs') return { kind: 'answers-differ' };
  if (answers === 'silent')
    return { kind: 'probe-silent', seconds: Math.round(limits.answerTimeoutMs / 1000) };
  const chat = await client.chat(limits.answerTimeoutMs);
  if (signal.aborted) return undefined;
  if (chat === 'no-vocabulary') return { kind: 'log', cause: { kind: 'no-vocabulary' } };
  if (chat === 'unanswered') return { kind: 'chat-unanswered' };
  const warm = await warmReplica(client, shapes, limits.answerTimeoutMs, onWarm);
  return warm || signal.aborted ? undefined : { kind: 'warm-up-failed' };
}
