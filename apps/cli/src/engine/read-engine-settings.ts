import { engineConfigSchema, weightsConfigSchema } from '@lorekeep/engine';
import { loadConfig, type ConfigOf } from '@lorekeep/kit/config';
import type { Environment } from '../command-context.js';

/** What plan, fetch and verify read of the environment: a plan is what the engine host would start. */
export const engineCommandSchema = { ...engineConfigSchema, ...weightsConfigSchema };
export type EngineSettings = ConfigOf<typeof engineCommandSchema>;

/** Throws a ConfigError that names every mistake. */
export function readEngineSettings(environment: Environment): EngineSettings {
  return loadConfig(engineCommandSchema, environment);
}
