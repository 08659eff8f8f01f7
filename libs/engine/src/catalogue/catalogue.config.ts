import { z } from 'zod';

/** Settings of the catalogue; the engine host and the command line merge them into their configuration. */
export const catalogueConfigSchema = {
  ENGINE_CATALOGUE: z
    .string()
    .default('')
    .describe('JSON file that adds models to the built-in catalogue or changes them'),
  ENGINE_MODELS: z.string().default('/models').describe("Folder that the models' weights lie in"),
};
