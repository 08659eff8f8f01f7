import type { HostStatus, InstanceStatus } from '@lorekeep/engine';

const gib = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;

/** `gpt-oss-20b: starting, 45 % (graphs), about 80 s left` */
export function describeState({ id, state, progress, reason, retryAt }: InstanceStatus, now: number): string {
  const left = progress?.remainingSeconds;
  const far = progress
    ? `, ${progress.percent} % (${progress.stage})${left === null || left === undefined ? '' : `, about ${left} s left`}`
    : '';
  const again =
    retryAt !== null && retryAt > now ? `; tried again in ${Math.ceil((retryAt - now) / 1000)} s` : '';
  const why = reason ? `${progress ? '; ended before: ' : ': '}${reason}` : '';
  return `${id}: ${state}${far}${why}${again}`;
}

/** State and what the plan in force is, on one line. */
export function describeInstance(status: InstanceStatus, now: number): string {
  const { plan, gpus, rung, inForce, restarts, kvTokens, memory, running, waiting, vllm } = status;
  const facts = [
    `cards ${gpus.join(', ')}`,
    `context ${plan.context}`,
    `${plan.sequences} sequences`,
    `utilization ${plan.utilization}`,
    ...(plan.eager ? ['eager'] : []),
    ...(rung > 0 ? [`rung ${rung}: ${inForce.join(', then ')}`] : []),
    ...(status.climb === 'waiting' ? ['waits for a moment without answers to climb'] : []),
    ...(restarts > 0 ? [`${restarts} restarts`] : []),
    ...(kvTokens === null ? [] : [`KV cache ${kvTokens.toLocaleString('en')} tokens`]),
    ...(memory.weights === undefined ? [] : [`weights ${gib(memory.weights)} a card`]),
    ...(status.state === 'ready' ? [`${running} running, ${waiting} waiting`] : []),
    ...(status.weightsChecked === false ? ['weights unchecked'] : []),
    ...(vllm === null ? [] : [`vLLM ${vllm}`]),
  ];
  return `${describeState(status, now)} (${facts.join('; ')})`;
}

/** What an operator should do something about although it runs. */
export function warningsOf({ instances }: HostStatus): string[] {
  const waiting = instances.filter(({ climb }) => climb === 'waiting');
  const unchecked = instances.filter(({ weightsChecked }) => weightsChecked === false);
  const sums = [...new Set(unchecked.map(({ model }) => model))].map(
    (id) =>
      `The weights of ${id} were not checked: nobody knows their SHA-256 sums. lorekeep engine fetch ${id} --from … writes them; lorekeep engine verify ${id} --record writes those of what lies there.`,
  );
  const climbs = waiting.map(
    ({ id }) =>
      `${id} is quiet and never idle, so it stays on its rung: lorekeep engine climb ${id} ends its running answers and climbs.`,
  );
  return [...sums, ...climbs];
}
