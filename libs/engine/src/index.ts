export { describedModelSchema, type DescribedModel, type WeightFile } from './catalogue/described-model.js';
export { CatalogueError, MAX_CATALOGUE_BYTES, readCatalogue } from './catalogue/read-catalogue.js';
export type { Gpu, Hardware } from './hardware/hardware.js';
export { GpuNotationError, parseGpuNotation } from './hardware/parse-gpu-notation.js';
export { LADDER_STEPS, lowerRung, withContext, withUtilization, type LadderStep } from './plan/ladder.js';
export type { InstancePlan, LaunchPlan, MemoryBudget, PlanBasis } from './plan/launch-plan.js';
export { planLaunch } from './plan/plan-launch.js';
export { isPlanRefusal, PlanRefusal, type PlanRefusalCode } from './plan/plan-refusal.js';
export type { PlanWishes } from './plan/plan-wishes.js';
