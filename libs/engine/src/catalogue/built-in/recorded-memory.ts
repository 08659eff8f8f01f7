import type { DescribedModel } from '../described-model.js';

const MIB = 2 ** 20;
const SOURCE = 'recorded start-ups of vLLM 0.26 on two H200';

/** Fitted to plan/recorded-starts.json; the spec beside that file holds them to 5 %. */
const FITTED = {
  source: SOURCE,
  activationBase: 36 * MIB,
  graphBase: 72 * MIB,
  graphPerLayer: Math.round(0.44 * MIB),
  graphPool: 1.8,
} as const;

/** Mixture-of-experts models run on the first model runner: graphs are measured before the KV cache is sized. */
export const FIRST_RUNNER: DescribedModel['memory'] = {
  ...FITTED,
  logitBytes: 4,
  nonTorch: 102 * MIB,
  graphsInBudget: true,
  beforeStart: 2007 * MIB,
};

/** Dense models run on the second model runner: graphs come on top of the budget. */
export const SECOND_RUNNER: DescribedModel['memory'] = {
  ...FITTED,
  logitBytes: 1,
  nonTorch: 61 * MIB,
  graphsInBudget: false,
  beforeStart: 1526 * MIB,
};
