import type { DescribedModel } from '../catalogue/described-model.js';
import type { Gpu, Hardware } from '../hardware/hardware.js';
import { chooseKernel } from './choose-kernel.js';
import { describeCount, describeSize, GIB } from './describe-size.js';
import { groupCards, type CardGroup } from './group-cards.js';
import type { InstancePlan, LaunchPlan } from './launch-plan.js';
import { isPlanRefusal, PlanRefusal } from './plan-refusal.js';
import { checkWishes, PLAN_DEFAULTS, type PlanWishes } from './plan-wishes.js';
import { settleInstance } from './settle-instance.js';
import { shareCards, type Draft } from './share-cards.js';

/** From this size on a card takes vLLM's larger batches. */
const LARGE_CARD = 40 * GIB;
/** Cards of one kind tell sizes that differ by less. */
const DIFFERENT = 1.01;
/** What a larger card may heal. */
const TOO_SMALL: ReadonlySet<PlanRefusal['code']> = new Set([
  'NO_ROOM_FOR_WEIGHTS',
  'NO_ROOM_FOR_CONTEXT',
  'MODELS_DO_NOT_SHARE',
]);
const SMALL = { sequences: 64, batchedTokens: 4096 };
const LARGE = { sequences: 256, batchedTokens: 8192 };

/**
 * How the models are started on these cards, with the reasons, or why it cannot work with the arithmetic and what would.
 * Pure; figures are estimates of what vLLM 0.26 takes (recorded-starts.json holds them to 5 %).
 */
export function planLaunch(
  models: readonly DescribedModel[],
  hardware: Hardware,
  wishes: PlanWishes = {},
): LaunchPlan | PlanRefusal {
  const refused = checkModels(models) ?? checkWishes(wishes) ?? checkCards(models, hardware.gpus);
  if (refused) return refused;
  const plan = planPlacement(models, hardware, wishes);
  if (!isPlanRefusal(plan))
    return { ...plan, reasons: [...plan.reasons, ...otherShape(models, hardware, wishes)] };
  return (
    tryApart(models, hardware, wishes, plan) ??
    tryLarger(models, hardware, wishes, plan) ??
    withSuggestion(plan, models, hardware, wishes)
  );
}

function planPlacement(
  models: readonly DescribedModel[],
  hardware: Hardware,
  wishes: PlanWishes,
): LaunchPlan | PlanRefusal {
  const grouping = groupCards(models, hardware.gpus, wishes);
  if (isPlanRefusal(grouping)) return grouping;
  const instances: InstancePlan[] = [];
  const reasons = [...grouping.reasons];
  for (const group of grouping.groups) {
    const planned = planGroup(group, hardware, wishes, instances.length);
    if (isPlanRefusal(planned)) return planned;
    instances.push(...planned.instances);
    reasons.push(...planned.reasons);
  }
  reasons.push(...explainCards(hardware, grouping.groups), ...models.flatMap(({ notes }) => notes));
  return { instances, reasons };
}

function planGroup(
  group: CardGroup,
  hardware: Hardware,
  wishes: PlanWishes,
  portOffset: number,
): LaunchPlan | PlanRefusal {
  const isAlone = group.models.length === 1;
  const drafts = group.models.map((model) => draftOf(model, group.cards, hardware, { wishes, isAlone }));
  const shares = shareCards(drafts, wishes);
  if (isPlanRefusal(shares)) return shares;
  const instances: InstancePlan[] = [];
  const reasons: string[] = [];
  for (const [index, { basis, ...draft }] of drafts.entries()) {
    const { utilization, reasons: why } = shares[index] ?? { utilization: 0, reasons: [] };
    const id = group.replica === undefined ? basis.model.id : `${basis.model.id}-${group.replica}`;
    const port = (wishes.firstPort ?? PLAN_DEFAULTS.firstPort) + portOffset + index;
    const settled = settleInstance(
      { ...draft, basis: { ...basis, utilization } },
      { id, port, utilization },
      wishes,
    );
    if (isPlanRefusal(settled)) return settled;
    instances.push(settled.instance);
    reasons.push(...why, ...settled.reasons);
  }
  return { instances, reasons };
}

function draftOf(
  model: DescribedModel,
  cards: readonly Gpu[],
  hardware: Hardware,
  { wishes, isAlone }: { wishes: PlanWishes; isAlone: boolean },
): Draft {
  const smallest = Math.min(...cards.map(({ memory }) => memory));
  const usual = smallest < LARGE_CARD ? SMALL : LARGE;
  const sequences = wishes.sequences ?? Math.min(usual.sequences, wishes.batchedTokens ?? usual.sequences);
  return {
    basis: {
      model,
      cards,
      peerToPeer: hardware.peerToPeer,
      utilization: 0,
      mayGrow: wishes.utilization === undefined && isAlone,
      speculation: (wishes.speculation ?? false) && model.speculation !== undefined,
      modelsFolder: wishes.modelsFolder ?? PLAN_DEFAULTS.modelsFolder,
      program: wishes.program ?? PLAN_DEFAULTS.program,
      drainSeconds: wishes.drainSeconds ?? PLAN_DEFAULTS.drainSeconds,
    },
    sequences,
    batchedTokens: wishes.batchedTokens ?? Math.max(usual.batchedTokens, sequences),
    eager: wishes.eager ?? false,
  };
}

function checkModels(models: readonly DescribedModel[]): PlanRefusal | undefined {
  if (models.length === 0) return new PlanRefusal('NO_MODEL', ['No model was named.']);
  const twice = models.find(({ id }, index) => models.findIndex((other) => other.id === id) < index);
  if (!twice) return undefined;
  return new PlanRefusal('NO_MODEL', [
    `${twice.id} was named twice; replicas are what several of it are called.`,
  ]);
}

function checkCards(models: readonly DescribedModel[], gpus: readonly Gpu[]): PlanRefusal | undefined {
  if (gpus.length === 0) return new PlanRefusal('NO_GPU', ['There is no GPU to plan for.']);
  for (const model of models) {
    const weak = gpus.find((gpu) => !chooseKernel(model, [gpu]));
    if (!weak) continue;
    const least = Math.min(...model.kernels.map(({ minCapability }) => minCapability));
    return new PlanRefusal(
      'CAPABILITY_TOO_LOW',
      [
        `${model.id} has no kernel for card ${weak.index} (${weak.name}, compute capability ${weak.capability ?? 'unknown'}).`,
        `Capability ${least.toFixed(1)} is the least: leave that card out.`,
      ],
      { gpu: weak.index, capability: weak.capability ?? 0, least },
    );
  }
  return undefined;
}

/** What replicas would give in place of one instance over all cards, where they fit and nobody chose. */
function otherShape(
  models: readonly DescribedModel[],
  hardware: Hardware,
  wishes: PlanWishes,
): readonly string[] {
  const count = hardware.gpus.length;
  const chosen = wishes.replicas !== undefined || wishes.tensorParallel !== undefined;
  if (models.length > 1 || count < 2 || chosen) return [];
  const other = planPlacement(models, hardware, { ...wishes, replicas: count });
  const [first] = isPlanRefusal(other) ? [] : other.instances;
  if (!first) return [];
  return [
    `${count} replicas would fit too (--replicas ${count}), with ${describeCount(first.kvTokens)} tokens of KV cache each: ` +
      'no traffic between the cards, and a lost one leaves the others serving; a single answer comes slower, and long requests have less room.',
  ];
}

/** Several models that do not fit beside each other may still fit each on cards of its own. */
function tryApart(
  models: readonly DescribedModel[],
  hardware: Hardware,
  wishes: PlanWishes,
  refusal: PlanRefusal,
): LaunchPlan | undefined {
  if (refusal.code !== 'MODELS_DO_NOT_SHARE' || wishes.placement !== undefined) return undefined;
  const plan = planPlacement(models, hardware, { ...wishes, placement: 'apart' });
  if (isPlanRefusal(plan)) return undefined;
  const [why = ''] = refusal.sentences;
  return {
    ...plan,
    reasons: [`Each model has cards of its own, because they cannot share them: ${why}`, ...plan.reasons],
  };
}

/** The smallest card decides for all of an instance: where it is too small, the larger ones may do without it. */
function tryLarger(
  models: readonly DescribedModel[],
  hardware: Hardware,
  wishes: PlanWishes,
  refusal: PlanRefusal,
): LaunchPlan | undefined {
  if (!TOO_SMALL.has(refusal.code)) return undefined;
  const smallest = Math.min(...hardware.gpus.map(({ memory }) => memory));
  const isLarger = ({ memory }: Gpu) => memory > smallest * DIFFERENT;
  const gpus = hardware.gpus.filter(isLarger);
  if (gpus.length === 0) return undefined;
  const plan = planLaunch(models, { ...hardware, gpus }, wishes);
  if (isPlanRefusal(plan)) return undefined;
  const left = hardware.gpus.filter((gpu) => !isLarger(gpu)).map(({ index }) => index);
  const why = `Left free: card ${left.join(', ')}, too small for this: ${refusal.sentences[0] ?? ''}`;
  return { ...plan, reasons: [why, ...plan.reasons] };
}

/** Says how few cards like these would do, or which other division of them. */
function withSuggestion(
  refusal: PlanRefusal,
  models: readonly DescribedModel[],
  hardware: Hardware,
  wishes: PlanWishes,
): PlanRefusal {
  if (refusal.code !== 'NO_ROOM_FOR_WEIGHTS' && refusal.code !== 'MODELS_DO_NOT_SHARE') return refusal;
  const [card] = [...hardware.gpus].sort((a, b) => b.memory - a.memory);
  if (!card) return refusal;
  const isMixed = hardware.gpus.some(({ memory }) => card.memory > memory * DIFFERENT);
  for (let count = 1; count <= 16; count *= 2) {
    const gpus = Array.from({ length: count }, (_, index) => ({ ...card, index }));
    const free = { ...wishes, replicas: undefined, tensorParallel: undefined, utilization: undefined };
    if (isPlanRefusal(planPlacement(models, { ...hardware, gpus }, free))) continue;
    const plural = count === 1 ? 'card' : 'cards';
    const few = `${count === 1 ? 'one' : count} ${isMixed ? `${plural} like card ${card.index}` : `such ${plural}`}`;
    const how = `on ${few}${count === 1 ? '' : ` with tensor parallelism ${count}`}`;
    return new PlanRefusal(refusal.code, [...refusal.sentences, `It would work ${how}.`], refusal.facts);
  }
  return new PlanRefusal(
    refusal.code,
    [...refusal.sentences, 'Not even 16 such cards would do: it takes larger ones, or a smaller model.'],
    refusal.facts,
  );
}

function explainCards(hardware: Hardware, groups: readonly CardGroup[]): readonly string[] {
  const reasons: string[] = [];
  if (!hardware.peerToPeer && groups.some(({ cards }) => cards.length > 1))
    reasons.push(
      'The cards are taken to have no peer-to-peer: NCCL goes through host memory (NCCL_P2P_DISABLE=1) and ' +
        "vLLM's own all-reduce is off (--disable-custom-all-reduce), because it returns wrong sums or hangs there; " +
        'a container needs --ipc=host or a large /dev/shm.',
    );
  const sizes = hardware.gpus.map(({ memory }) => memory);
  const smallest = Math.min(...sizes);
  if (Math.max(...sizes) > smallest * DIFFERENT && groups.some(({ cards }) => cards.length > 1))
    reasons.push(
      `The cards differ: the smallest of an instance, here down to ${describeSize(smallest)}, decides for all of its cards.`,
    );
  if (hardware.gpus.some(({ capability }) => capability === undefined))
    reasons.push(
      "The cards' compute capability is not known: the kernel whose weights are largest is assumed.",
    );
  return reasons;
}
