export * from './driver.js';
export { INFERENCE_AWAY, InferenceFault, type InferenceCode } from './inference.errors.js';
export { inferenceConfigSchema, modelServerUrls, type InferenceConfig } from './inference.config.js';
export {
  createInference,
  type Inference,
  type InferenceOptions,
  type InferenceState,
} from './create-inference.js';
export type { InferenceObserver } from './observer.js';
export { PRIORITIES, type Priority } from './queue/priority.js';
export type { Beat, HeartbeatBoard } from './queue/shared-capacity.js';
export { EngineHosts, type HostBoard } from './hosts/engine-hosts.js';
export { DatabaseHosts } from './store/engine-host.repository.js';
export { DatabaseBoard } from './store/heartbeat.repository.js';
export {
  parseRoutes,
  readRoutes,
  STEPS_MAX,
  type Route,
  type RouteMistake,
  type Routes,
} from './routes/parse-routes.js';
export { useCaseOf } from './routes/use-cases.js';
export { isPreferred, isWriter, NO_POLICY, type ModelPolicy } from './routes/resolve-route.js';
export { isServed, namesIn, quotedUseCases, servedNames, type KnownModels } from './routes/unserved-names.js';
export { Models, type ChosenModel, type ModelRow, type Purpose } from './models.js';
export { ExtractiveDriver, EXTRACTIVE_MODEL } from './extractive/extractive-driver.js';
export { OpenAiDriver } from './openai/openai-driver.js';
export { buildPrompt } from './prompt/build-prompt.js';
export { estimateAudioTokens } from './prompt/estimate-audio-tokens.js';
export { estimateTokens } from './prompt/estimate-tokens.js';
export { CitationFilter, type FilteredText } from './citations/citation-filter.js';
export {
  AnswerGroundedness,
  SENTENCES_MAX,
  type JudgedSentence,
} from './groundedness/answer-groundedness.js';
export { FolderEntailment, openEntailment } from './entailment/entailment.js';
export type { PremisePair } from './groundedness/choose-premise.js';
export { CLAIM_UNITS_MAX } from './groundedness/read-claims.js';
