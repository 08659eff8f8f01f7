import { catalogueConfigSchema, weightsConfigSchema } from '@lorekeep/engine';
import { loadConfig, type ConfigOf } from '@lorekeep/kit/config';
import type { Environment } from '../command-context.js';

/** What plan, fetch and verify read of the environment. */
export const engineCommandSchema = { ...catalogueConfigSchema, ...weightsConfigSchema };
export type EngineSettings = ConfigOf<typeof engineCommandSchema>;

/** Throws a ConfigError that names every mistake. */
export function readEngineSettings(environment: Environment): EngineSettings {
  return loadConfig(engineCommandSchema, environment);
}
