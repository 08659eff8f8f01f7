import { integer } from '@lorekeep/kit/config';

/** Settings of the domain; apps merge them into their configuration. */
export const quotaConfigSchema = {
  QUOTA_TIMEOUT_MS: integer(100, 60_000)
    .default(2000)
    .describe('Milliseconds that a question waits for its quota decision before it is refused with an error'),
};
