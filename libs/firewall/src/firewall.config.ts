import { integer } from '@lorekeep/kit/config';
import { classifierConfigSchema } from './classifier/classifier.config.js';

/** Settings of the firewall step; what it does is each tenant's policy. */
export const firewallConfigSchema = {
  FIREWALL_TIMEOUT_MS: integer(100, 60_000)
    .default(2_000)
    .describe('Milliseconds that a question waits for the firewall before it is refused with an error'),
  ...classifierConfigSchema,
};
