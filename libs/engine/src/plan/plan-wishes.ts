import { MIN_CONTEXT } from './ladder.js';
import { PlanRefusal } from './plan-refusal.js';

/** What the operator asks for; all else is chosen and explained. */
export interface PlanWishes {
  /** Independent instances of each model; 1 = one instance over all cards. */
  readonly replicas?: number | undefined;
  readonly tensorParallel?: number | undefined;
  /** Tokens of the longest request. */
  readonly context?: number | undefined;
  /** Share of each card, of all models together. */
  readonly utilization?: number | undefined;
  /** Share of a card above which the watch rebuilds an instance one rung lower. */
  readonly memoryShare?: number | undefined;
  readonly sequences?: number | undefined;
  readonly batchedTokens?: number | undefined;
  /** Tokens that a request is expected to hold, prompt and answer; sequences are as many as fit at that size. */
  readonly expectedTokens?: number | undefined;
  readonly eager?: boolean | undefined;
  readonly speculation?: boolean | undefined;
  /** Several models: all of them on all cards, or each on cards of its own. */
  readonly placement?: 'shared' | 'apart' | undefined;
  readonly firstPort?: number | undefined;
  readonly modelsFolder?: string | undefined;
  readonly program?: string | undefined;
  readonly drainSeconds?: number | undefined;
}

export const PLAN_DEFAULTS = {
  /** vLLM's own value before graphs were counted; more leaves no room for the CUDA context of a 24 GB card. */
  utilization: 0.9,
  memoryShare: 0.95,
  /** A question with its passages and its answer. */
  expectedTokens: 4096,
  firstPort: 8000,
  modelsFolder: '/models',
  program: 'vllm',
  /** As long as a long answer takes. */
  drainSeconds: 30,
} as const;

interface Limit {
  readonly name: keyof PlanWishes & string;
  readonly from: number;
  readonly to: number;
  readonly whole: boolean;
}

const LIMITS: readonly Limit[] = [
  { name: 'replicas', from: 1, to: 64, whole: true },
  { name: 'tensorParallel', from: 1, to: 64, whole: true },
  { name: 'context', from: MIN_CONTEXT, to: 16_777_216, whole: true },
  { name: 'utilization', from: 0.01, to: 0.98, whole: false },
  { name: 'memoryShare', from: 0.5, to: 1, whole: false },
  { name: 'sequences', from: 1, to: 4096, whole: true },
  { name: 'batchedTokens', from: 256, to: 1_048_576, whole: true },
  { name: 'expectedTokens', from: 1, to: 16_777_216, whole: true },
  { name: 'firstPort', from: 1024, to: 65_000, whole: true },
  { name: 'drainSeconds', from: 0, to: 3600, whole: true },
];

/** Names each wish that is out of its limits. */
export function checkWishes(wishes: PlanWishes): PlanRefusal | undefined {
  const sentences: string[] = [];
  for (const { name, from, to, whole } of LIMITS) {
    const value = wishes[name];
    if (typeof value !== 'number') continue;
    if (!(value >= from && value <= to) || (whole && !Number.isInteger(value)))
      sentences.push(`${name} must be ${whole ? 'a whole number ' : ''}from ${from} to ${to}, not ${value}.`);
  }
  const { batchedTokens, sequences } = wishes;
  if (batchedTokens !== undefined && sequences !== undefined && batchedTokens < sequences)
    sentences.push(`batchedTokens (${batchedTokens}) must not be less than sequences (${sequences}).`);
  return sentences.length > 0 ? new PlanRefusal('WISH_INVALID', sentences) : undefined;
}
