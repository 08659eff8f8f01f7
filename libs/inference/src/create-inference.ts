import { systemClock, type Clock } from '@lorekeep/kit/clock';
import { ConfigError } from '@lorekeep/kit/config';
import { ExtractiveDriver } from './extractive/extractive-driver.js';
import type { InferenceConfig } from './inference.config.js';
import { Models } from './models.js';
import { OpenAiDriver } from './openai/openai-driver.js';

export interface Inference {
  readonly models: Models;
  /** Ends the connections to the model server. */
  close(): Promise<void>;
}

/** The drivers that the configuration asks for. @throws ConfigError */
export function createInference(config: InferenceConfig, clock: Clock = systemClock): Inference {
  const extractive = new ExtractiveDriver();
  if (config.INFERENCE_URL === '') {
    return { models: new Models(extractive, null, [], clock), close: () => Promise.resolve() };
  }
  if (!config.INFERENCE_SALT_SECRET)
    throw new ConfigError([{ name: 'INFERENCE_SALT_SECRET', message: 'is required with INFERENCE_URL' }]);
  const upstream = new OpenAiDriver(config, clock, config.INFERENCE_SALT_SECRET);
  return {
    models: new Models(extractive, upstream, config.INFERENCE_MODELS, clock),
    close: () => upstream.close(),
  };
}
