import { withPlace } from '../plan/ladder.js';
import type { InstancePlan } from '../plan/launch-plan.js';

/** `gpt-oss-20b@2` runs beside a `gpt-oss-20b` that it replaces; no id of a catalogue has an `@`. */
const BESIDE = /@\d+$/;

/** The id that an instance was planned with. */
export function plannedId(id: string): string {
  return id.replace(BESIDE, '');
}

/** The plan with an id and a port that none of those there has: files, metrics and addresses go by them. */
export function placePlan(
  plan: InstancePlan,
  there: readonly InstancePlan[],
  firstPort: number,
): InstancePlan {
  const isTaken = (id: string): boolean => there.some((other) => other.id === id);
  const isUsed = (port: number): boolean => there.some((other) => other.port === port);
  const base = plannedId(plan.id);
  let [id, number] = [base, 2];
  while (isTaken(id)) id = `${base}@${number++}`;
  let port = isUsed(plan.port) ? firstPort : plan.port;
  while (isUsed(port)) port += 1;
  return id === plan.id && port === plan.port ? plan : withPlace(plan, { id, port });
}

/**
 * Whether what runs is what is wanted: model as described, cards, memory and settings, so that it need not be restarted.
 * `planned` is the running one's plan without the rungs that it went down.
 */
export function isSamePlan(planned: InstancePlan, wanted: InstancePlan): boolean {
  return plannedId(planned.id) === wanted.id && signOf(planned) === signOf(wanted);
}

function signOf({ basis, utilization, context, sequences, batchedTokens, eager }: InstancePlan): string {
  const cards = basis.cards.map(({ index }) => index);
  return JSON.stringify([basis.model, cards, utilization, context, sequences, batchedTokens, eager]);
}
