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

const HEALTH_EVERY_MS = 2_000;
const HEALTH_TIMEOUT_MS = 2_000;

/** "Application startup complete." said; where the log says it in other words, /health does. */
export class StartSign {
  private readonly heard = new AbortController();

  see(event: LogEvent): void {
    if (event.kind === 'ready') this.heard.abort();
  }

  /** Aborted once it listens. */
  get listening(): AbortSignal {
    return this.heard.signal;
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
  if (!(await isListening({ client, pace, sign, limits }, signal)))
    return { kind: 'start-too-long', seconds: Math.round(limits.startTimeoutMs / 1000) };
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

/** False where it took too long; true too when the signal was aborted. */
async function isListening(
  { client, pace, sign, limits }: Omit<Parameters<typeof startReplica>[0], 'shapes'>,
  signal: AbortSignal,
): Promise<boolean> {
  const either = AbortSignal.any([signal, sign.listening]);
  const deadline = pace.monotonic() + limits.startTimeoutMs;
  while (!either.aborted) {
    const left = deadline - pace.monotonic();
    if (left <= 0) return false;
    await pace.sleep(Math.min(HEALTH_EVERY_MS, left), either);
    if (!either.aborted && (await client.health(HEALTH_TIMEOUT_MS)) === 'well') return true;
  }
  return true;
}
