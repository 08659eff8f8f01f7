import { createServer } from 'node:net';
import type { InstancePlan } from '../plan/launch-plan.js';
import type { Ending } from '../supervise/instance-status.js';
import type { Say } from '../supervise/instance-parts.js';
import type { Pace } from '../supervise/pace.js';
import type { RunFile } from '../supervise/run-file.js';
import type { CardUse } from './card-use.js';

/** Nothing where the weights are there and whole, else a sentence. */
export type CheckWeights = (
  plan: InstancePlan,
  onProgress: (percent: number, remainingSeconds: number | null) => void,
  signal: AbortSignal,
) => Promise<string | undefined>;

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
): Promise<Ending | undefined> {
  const ended = await parts.runFile(plan.id).endOrphans(parts.pace);
  if (ended > 0) say(`ended ${ended} processes of the last run`);
  const missing = await parts.checkWeights(
    plan,
    (percent, remaining) => say('checking the weights', percent, remaining),
    signal,
  );
  if (missing !== undefined) return { kind: 'weights', text: missing };
  if (!(await within(parts.pace, PORT_WITHIN_MS, signal, () => portIsFree(plan.port))))
    return { kind: 'port-taken' };
  // vLLM itself refuses with the numbers where it stays taken, and the ladder answers them.
  await within(parts.pace, CARDS_WITHIN_MS, signal, () => cardsAreFree(parts.cards, plan));
  return undefined;
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
