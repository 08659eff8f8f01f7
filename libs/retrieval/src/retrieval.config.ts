import { integer } from '@lorekeep/kit/config';

export const retrievalConfigSchema = {
  RETRIEVAL_TIMEOUT_MS: integer(50, 60_000)
    .default(5_000)
    .describe('Milliseconds that one search may take before the question is refused'),
};
