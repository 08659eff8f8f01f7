export type { InstancePlan, LaunchPlan, MemoryBudget } from './plan/launch-plan.js';
