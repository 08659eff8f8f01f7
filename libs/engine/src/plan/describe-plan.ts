import { describeCount, GIB } from './describe-size.js';
import type { InstancePlan, LaunchPlan } from './launch-plan.js';
import { quoteCommand } from './quote-command.js';

/** What a terminal shows: instances, memory of each card, reasons and the commands to copy. */
export function describePlan({ instances, reasons }: LaunchPlan): string {
  const parts = [
    ...instances.map(describeInstance),
    ...sharingCards(instances).map(describeMemory),
    ['Why', ...reasons.map((reason) => `  - ${reason}`)].join('\n'),
    ...instances.map((instance) => [`Command of ${instance.id}`, quoteCommand(instance)].join('\n')),
  ];
  return parts.join('\n\n');
}

function describeInstance(instance: InstancePlan): string {
  const { id, gpus, tensorParallel, utilization, context, sequences, batchedTokens, port, kvTokens } =
    instance;
  return [
    `${id}: ${gpus.length === 1 ? 'card' : 'cards'} ${gpus.join(', ')}, tensor parallelism ${tensorParallel}, utilisation ${utilization}, port ${port}`,
    `  context ${describeCount(context)} tokens, ${describeCount(sequences)} requests at once, ${describeCount(batchedTokens)} tokens a batch${instance.eager ? ', eager' : ''}`,
    `  KV cache ${describeCount(kvTokens)} tokens, ${(kvTokens / context).toFixed(2)} requests of full length`,
  ].join('\n');
}

/** Instances that share a set of cards, together. */
function sharingCards(instances: readonly InstancePlan[]): readonly (readonly InstancePlan[])[] {
  const sets = new Map<string, InstancePlan[]>();
  for (const instance of instances) {
    const key = instance.gpus.join(',');
    sets.set(key, [...(sets.get(key) ?? []), instance]);
  }
  return [...sets.values()];
}

/** A column for each instance; what is outside their budgets, others' memory and what stays free below. */
function describeMemory(instances: readonly InstancePlan[]): string {
  const [first] = instances;
  if (!first) return '';
  const row = (name: string, cells: readonly number[]): readonly string[] => [
    name,
    ...cells.map((bytes) => (bytes / GIB).toFixed(2)),
  ];
  const each = (name: string, of: (instance: InstancePlan) => number) => row(name, instances.map(of));
  const smallest = Math.min(...first.basis.cards.map(({ memory }) => memory));
  const used = Math.max(...first.basis.cards.map((card) => card.used));
  const taken = instances.reduce(
    (total, instance) => total + instance.memory.budget + outsideOf(instance),
    0,
  );
  const inside = each('CUDA graphs', ({ memory }) => (memory.graphsInBudget ? memory.graphs : 0));
  const outside = each('CUDA graphs, on top', ({ memory }) => (memory.graphsInBudget ? 0 : memory.graphs));
  const rows = [
    ['GiB a card', ...instances.map(({ id }) => id)],
    each('weights', ({ memory }) => memory.weights),
    each('activation', ({ memory }) => memory.activation),
    each('outside torch', ({ memory }) => memory.nonTorch),
    ...(hasValue(inside) ? [inside] : []),
    each('KV cache', ({ memory }) => memory.kvCache),
    each('= budget', ({ memory }) => memory.budget),
    ...(hasValue(outside) ? [outside] : []),
    each('CUDA context, NCCL', ({ memory }) => memory.beforeStart),
    ...(used > 0 ? [row('other processes', [used])] : []),
    row('stays free', [smallest - used - taken]),
    row('= card', [smallest]),
  ];
  return [
    `Memory of ${first.gpus.length === 1 ? 'card' : 'each of the cards'} ${first.gpus.join(', ')}`,
    ...align(rows),
  ].join('\n');
}

function outsideOf({ memory }: InstancePlan): number {
  return memory.beforeStart + (memory.graphsInBudget ? 0 : memory.graphs);
}

function hasValue([, ...cells]: readonly string[]): boolean {
  return cells.some((cell) => Number(cell) > 0);
}

function align(rows: readonly (readonly string[])[]): readonly string[] {
  const columns = Math.max(...rows.map(({ length }) => length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map(([name = '', ...cells]) => {
    const figures = cells.map((cell, index) => cell.padStart(widths[index + 1] ?? 0));
    return `  ${[name.padEnd(widths[0] ?? 0), ...figures].join('  ')}`;
  });
}
