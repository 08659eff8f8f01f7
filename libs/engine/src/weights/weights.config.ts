import { integer } from '@lorekeep/kit/config';
import { z } from 'zod';

/** Settings of fetching weights. */
export const weightsConfigSchema = {
  ENGINE_HUB_URL: z
    .string()
    .regex(/^https?:\/\//, 'must begin with https://')
    .default('https://huggingface.co')
    .describe('Hub of the Hugging Face layout that `engine fetch --from hub` reads'),
  ENGINE_HUB_TOKEN: z
    .string()
    .default('')
    .describe('Token for that hub; only for models with terms to accept. It is sent to the hub alone'),
  ENGINE_FETCH_SILENCE_MS: integer(100, 600_000)
    .default(30_000)
    .describe('Milliseconds without a byte after which a source counts as gone and is asked again'),
};
