export { describedModelSchema, type DescribedModel } from './catalogue/described-model.js';
export { catalogueConfigSchema } from './catalogue/catalogue.config.js';
export { loadCatalogue } from './catalogue/load-catalogue.js';
export { CatalogueError, MAX_CATALOGUE_BYTES, readCatalogue } from './catalogue/read-catalogue.js';
export type { Gpu, Hardware } from './hardware/hardware.js';
export { GpuNotationError, parseGpuNotation } from './hardware/parse-gpu-notation.js';
export { NoHardware, readHardware, type FoundHardware } from './hardware/read-hardware.js';
export {
  LADDER_STEPS,
  lowerRung,
  withContext,
  withoutPeerToPeer,
  withUtilization,
  type LadderStep,
} from './plan/ladder.js';
export type { InstancePlan, LaunchPlan, MemoryBudget, PlanBasis } from './plan/launch-plan.js';
export { planLaunch } from './plan/plan-launch.js';
export { isPlanRefusal, PlanRefusal, type PlanRefusalCode } from './plan/plan-refusal.js';
export type { PlanWishes } from './plan/plan-wishes.js';
export { describePlan } from './plan/describe-plan.js';
export { planJson, refusalJson, type PlanJson } from './plan/plan-json.js';
export { quoteCommand, quoteWord } from './plan/quote-command.js';
export { NoCardsError, createHost, wishesOf, type HostSurroundings } from './host/create-host.js';
export { openRegistration } from './host/open-registration.js';
export type { RegistrationState } from './host/register-host.js';
export { controlApi } from './host/control-api.js';
export type { EngineHost, HostStatus } from './host/engine-host.js';
export { engineConfigSchema, PASSED_NAMES, type EngineConfig } from './host/engine.config.js';
export { DoorError, listen, listenSocket, type Door } from './host/listen.js';
export type { HostLogEntry } from './host/log-feed.js';
export { hostSocket } from './host/host-socket.js';
export type { InstanceState, InstanceStatus } from './supervise/instance-status.js';
export { readMetrics, type EngineMetrics } from './supervise/read-metrics.js';
export { modelFolder } from './catalogue/model-folder.js';
export { checkBeforeStart } from './weights/check-before-start.js';
export { fetchWeights, type FetchReport } from './weights/fetch-weights.js';
export { openSource } from './weights/open-source.js';
export { recordSums } from './weights/record-sums.js';
export { verifyWeights, type WeightsReport } from './weights/verify-weights.js';
export { weightsConfigSchema } from './weights/weights.config.js';
export { WeightsFault, type WeightsCode } from './weights/weights.errors.js';
export type { WeightsProgress } from './weights/weights-progress.js';
