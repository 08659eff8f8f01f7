import { flag } from '@lorekeep/kit/config';
import { z } from 'zod';

/** Settings of the catalogue; the engine host and the command line merge them into their configuration. */
export const catalogueConfigSchema = {
  ENGINE_CATALOGUE: z
    .string()
    .default('')
    .describe('JSON file that adds models to the built-in catalogue or changes them'),
  ENGINE_REQUIRE_SUMS: flag()
    .default(false)
    .describe('Refuses to start a model whose SHA-256 sums are not known; known ones are always compared'),
  ENGINE_MODELS: z.string().default('/models').describe("Folder that the models' weights lie in"),
};
