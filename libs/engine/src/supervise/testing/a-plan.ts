import { readCatalogue } from '../../catalogue/read-catalogue.js';
import { parseGpuNotation } from '../../hardware/parse-gpu-notation.js';
import type { InstancePlan } from '../../plan/launch-plan.js';
import { planLaunch } from '../../plan/plan-launch.js';
import { isPlanRefusal } from '../../plan/plan-refusal.js';
import type { PlanWishes } from '../../plan/plan-wishes.js';

/** The reference plan: gpt-oss-20b over two cards of 24 GB, without peer-to-peer unless it is asked for. */
export function aPlan(wishes: PlanWishes = {}, peerToPeer = false): InstancePlan {
  const models = readCatalogue().filter(({ id }) => id === 'gpt-oss-20b');
  const plan = planLaunch(models, { gpus: parseGpuNotation('2x24564MiB'), peerToPeer }, wishes);
  const first = isPlanRefusal(plan) ? undefined : plan.instances[0];
  if (!first) throw new Error('the reference plan does not fit');
  return first;
}
