import { integer } from '@lorekeep/kit/config';

/** Settings of the domain; apps merge them into their configuration. */
export const scannerConfigSchema = {
  SCANNER_TIMEOUT_MS: integer(100, 60_000)
    .default(2000)
    .describe('Milliseconds that an answer waits for the forbidden words before it is stopped with an error'),
  SCANNER_LIST_MAX_BYTES: integer(1_024, 512 * 1024 * 1024)
    .default(64 * 1024 * 1024)
    .describe('Largest file that a list of words is imported from, in bytes'),
  SCANNER_LIST_MAX_WORDS: integer(1, 1_000_000)
    .default(1_000_000)
    .describe('Most words that one imported list may have'),
};
