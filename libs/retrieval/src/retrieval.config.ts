import { integer } from '@lorekeep/kit/config';
import { vectorConfigSchema } from './vectors/vectors.config.js';

/** Settings of the domain; apps merge them into their configuration. */
export const retrievalConfigSchema = {
  RETRIEVAL_CACHE_MB: integer(1, 65_536)
    .default(512)
    .describe(
      'Memory for what searches keep of the index, in MiB; a million passages take some 150, more is faster, less is slower',
    ),
  RETRIEVAL_CONNECTIONS: integer(1, 64)
    .default(4)
    .describe('Database connections of the thread that searches'),
  ...vectorConfigSchema,
};
