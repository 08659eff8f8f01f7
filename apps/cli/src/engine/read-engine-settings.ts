import { catalogueConfigSchema } from '@lorekeep/engine';
import { loadConfig, type ConfigOf } from '@lorekeep/kit/config';
import type { Environment } from '../command-context.js';

export type EngineSettings = ConfigOf<typeof catalogueConfigSchema>;

/** Throws a ConfigError that names every mistake. */
export function readEngineSettings(environment: Environment): EngineSettings {
  return loadConfig(catalogueConfigSchema, environment);
}
