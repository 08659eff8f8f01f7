import { integer } from '@lorekeep/kit/config';

/** Settings of the domain; apps merge them into their configuration. */
export const scannerConfigSchema = {
  SCANNER_TIMEOUT_MS: integer(100, 60_000)
    .default(2000)
    .describe('Milliseconds that an answer waits for the forbidden words before it is stopped with an error'),
};
