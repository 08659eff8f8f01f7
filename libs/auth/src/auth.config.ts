import { integer, type ConfigOf, type ConfigShape } from '@lorekeep/kit/config';

/** Settings of sign-in, sessions and keys; times in the unit that the name ends with. */
export const authConfigSchema = {
  AUTH_TIMEOUT_MS: integer(10, 60_000)
    .default(5_000)
    .describe('Milliseconds after which an unanswered look-up of a caller counts as failed'),
  AUTH_HASH_CONCURRENCY: integer(1, 16)
    .default(2)
    .describe('Passwords hashed at once by one process; each takes 19 MiB and one thread'),
  AUTH_HASH_QUEUE: integer(1, 10_000)
    .default(200)
    .describe('Sign-ins that may wait for a turn in one process; further ones are told to come back'),
  SIGN_IN_FREE_ATTEMPTS: integer(1, 1_000)
    .default(10)
    .describe('Wrong passwords for one account from one address before waiting times begin'),
  SIGN_IN_FREE_ATTEMPTS_PER_ACCOUNT: integer(1, 10_000)
    .default(30)
    .describe('Wrong passwords for one account from all addresses before waiting times begin'),
  SIGN_IN_FREE_ATTEMPTS_PER_ADDRESS: integer(1, 100_000)
    .default(60)
    .describe('Wrong passwords from one address, for all accounts, before waiting times begin'),
  SESSION_MAX_HOURS: integer(1, 24 * 90)
    .default(12)
    .describe('Hours after which a session ends, used or not'),
  SESSION_IDLE_MINUTES: integer(5, 60 * 24 * 90)
    .default(120)
    .describe('Minutes without a request after which a session ends'),
  API_KEY_MAX_DAYS: integer(1, 3_650).default(366).describe('Longest life of an API key, in days'),
} satisfies ConfigShape;

export type AuthConfig = ConfigOf<typeof authConfigSchema>;
