import { createHash } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import type { AuthConfig } from './auth.config.js';
import type { ThrottlePolicy } from './throttle.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const FORGET = 60 * MINUTE;
const CAP = 15 * MINUTE;
/** Strangers can reach this block for anybody, so it is short. */
const ACCOUNT_CAP = MINUTE;

export interface AttemptKey {
  readonly kind: 'pair' | 'account' | 'address';
  readonly key: string;
  readonly policy: ThrottlePolicy;
}

/**
 * What an attempt is counted under: the account from this address (strict), the account from anywhere
 * (short blocks only) and the address for all accounts. E-mails are hashed: people type passwords there.
 */
export function attemptKeys(config: AuthConfig, email: string, ip: string): AttemptKey[] {
  const account = createHash('sha256').update(email).digest('base64url');
  const network = networkOf(ip);
  const policy = (free: number, cap: number) => ({ free, base: SECOND, cap, forget: FORGET });
  return [
    {
      kind: 'pair',
      key: `pair:${account}:${network}`,
      policy: policy(config.SIGN_IN_FREE_ATTEMPTS, CAP),
    },
    {
      kind: 'account',
      key: `account:${account}`,
      policy: policy(config.SIGN_IN_FREE_ATTEMPTS_PER_ACCOUNT, ACCOUNT_CAP),
    },
    {
      kind: 'address',
      key: `address:${network}`,
      policy: policy(config.SIGN_IN_FREE_ATTEMPTS_PER_ADDRESS, CAP),
    },
  ];
}

/** IPv4 as it is, IPv6 by its /64: one household or machine owns all of that. */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(ip)?.[1];
  if (mapped && isIPv4(mapped)) return mapped;
  if (isIPv4(ip)) return ip;
  if (!isIPv6(ip)) return 'unknown';
  const [head = '', tail = ''] = (ip.split('%')[0] ?? '').toLowerCase().split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0');
  const groups = ip.includes('::') ? [...front, ...zeros, ...back] : front;
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

/** Attempts to change a password by guessing the current one, whichever session they come from. */
export function passwordAttemptKey(config: AuthConfig, userId: string): AttemptKey {
  return {
    kind: 'pair',
    key: `password:${userId}`,
    policy: { free: config.SIGN_IN_FREE_ATTEMPTS, base: SECOND, cap: CAP, forget: FORGET },
  };
}
