import { createServer } from 'node:net';
import type { InstancePlan } from '../plan/launch-plan.js';
import type { Prepared, Say } from '../supervise/instance-parts.js';
import type { Pace } from '../supervise/pace.js';
import type { RunFile } from '../supervise/run-file.js';
import type { CardUse } from './card-use.js';

/** What was found of a model's weights before a start. */
export interface WeightsFound {
  /** Why it cannot start, as a sentence. */
  readonly problem?: string;
  /** Whether they were compared with SHA-256 sums. */
  readonly checked: boolean;
}

export type CheckWeights = (
  plan: InstancePlan,
  onProgress: (percent: number, remainingSeconds: number | null) => void,
  signal: AbortSignal,
) => Promise<WeightsFound>;

export interface PrepareParts {
  readonly pace: Pace;
  readonly cards: CardUse;
  readonly checkWeights: CheckWeights;
  runFile(id: string): RunFile;
}

/** The kernel gives a port back at once, the driver a card's memory within seconds. */
const PORT_WITHIN_MS = 5_000;
const CARDS_WITHIN_MS = 20_000;
const POLL_MS = 200;

/** Before each start: orphans of the last run ended, weights whole, the port free, the cards' memory given back. */
export async function prepareStart(
  parts: PrepareParts,
  plan: InstancePlan,
  say: Say,
  signal: AbortSignal,
): Promise<Prepared> {
  const ended = await parts.runFile(plan.id).endOrphans(parts.pace);
  if (ended > 0) say(`ended ${ended} processes of the last run`);
  const { problem, checked: weightsChecked } = await parts.checkWeights(
    plan,
    (percent, remaining) => say('checking the weights', percent, remaining),
    signal,
  );
  if (problem !== undefined) return { ending: { kind: 'weights', text: problem } };
  if (!(await within(parts.pace, PORT_WITHIN_MS, signal, () => portIsFree(plan.port))))
    return { ending: { kind: 'port-taken' } };
  // vLLM itself refuses with the numbers where it stays taken, and the ladder answers them.
  await within(parts.pace, CARDS_WITHIN_MS, signal, () => cardsAreFree(parts.cards, plan));
  return { weightsChecked };
}

async function cardsAreFree(cards: CardUse, plan: InstancePlan): Promise<boolean> {
  const share = await cards.share(plan.gpus);
  if (share === null || share + plan.utilization <= 1) return true;
  cards.refresh();
  return false;
}

/** Whether it came true in time. */
async function within(
  pace: Pace,
  milliseconds: number,
  signal: AbortSignal,
  isTrue: () => Promise<boolean>,
): Promise<boolean> {
  const deadline = pace.monotonic() + milliseconds;
  for (;;) {
    if (await isTrue()) return true;
    if (signal.aborted || pace.monotonic() > deadline) return false;
    await pace.sleep(POLL_MS, signal);
  }
}

function portIsFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
