import type { InstanceStatus } from '@lorekeep/engine';

const gib = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;

/** `gpt-oss-20b: starting, 45 % (graphs), about 80 s left` */
export function describeState({ id, state, progress, reason, retryAt }: InstanceStatus, now: number): string {
  const left = progress?.remainingSeconds;
  const far = progress
    ? `, ${progress.percent} % (${progress.stage})${left === null || left === undefined ? '' : `, about ${left} s left`}`
    : '';
  const again =
    retryAt !== null && retryAt > now ? `; tried again in ${Math.ceil((retryAt - now) / 1000)} s` : '';
  return `${id}: ${state}${far}${reason ? `: ${reason}` : ''}${again}`;
}

/** State and what the plan in force is, on one line. */
export function describeInstance(status: InstanceStatus, now: number): string {
  const { plan, gpus, rung, restarts, kvTokens, memory, running, waiting, vllm } = status;
  const facts = [
    `cards ${gpus.join(', ')}`,
    `context ${plan.context}`,
    `${plan.sequences} sequences`,
    `utilization ${plan.utilization}`,
    ...(plan.eager ? ['eager'] : []),
    ...(rung > 0 ? [`rung ${rung}`] : []),
    ...(restarts > 0 ? [`${restarts} restarts`] : []),
    ...(kvTokens === null ? [] : [`KV cache ${kvTokens.toLocaleString('en')} tokens`]),
    ...(memory.weights === undefined ? [] : [`weights ${gib(memory.weights)} a card`]),
    ...(status.state === 'ready' ? [`${running} running, ${waiting} waiting`] : []),
    ...(vllm === null ? [] : [`vLLM ${vllm}`]),
  ];
  return `${describeState(status, now)} (${facts.join('; ')})`;
}
