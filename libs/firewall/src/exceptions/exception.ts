import { isCategory, type Found, type Policy } from '../policy.js';
import type { Mistake } from '../tenant-rules/check-own-rule.js';

/** Where a rule or a category does not count, for a while and for a reason. */
export interface Exception {
  readonly id: string;
  /** Id of a rule, or a category. */
  readonly target: string;
  /** Hits count no more where they lie within this text; null: anywhere. */
  readonly fragment: string | null;
  /** For members of one of these alone; empty: for everybody. */
  readonly groupIds: readonly string[];
  readonly reason: string;
  /** ISO 8601; from then on it does nothing. */
  readonly expiresAt: string;
  /** Id and name of who made it, as they were. */
  readonly madeBy: { readonly id: string | null; readonly name: string };
  readonly madeAt: string;
}

export type AskedException = Pick<
  Exception,
  'id' | 'target' | 'fragment' | 'groupIds' | 'reason' | 'expiresAt'
>;

export const EXCEPTIONS_MAX = 200;
/** Nobody remembers for longer why something was let through. */
export const EXPIRY_MAX_MS = 366 * 86_400_000;
export const FRAGMENT_MIN = 4;
/** Taken out because of what they are: let through only where the very text is named. */
const NEEDS_FRAGMENT = ['secret', 'personal-data'];

/** Whether two say the same; who made them and when apart. */
export function isSame(one: AskedException, other: AskedException): boolean {
  const told = ({ id, target, fragment, groupIds, reason, expiresAt }: AskedException) =>
    JSON.stringify([id, target, fragment, [...groupIds].sort(), reason, Date.parse(expiresAt)]);
  return told(one) === told(other);
}

/** What is wrong with one that is new or changed. */
export function mistakesOf(asked: AskedException, path: string, now: number, known: RuleNames): Mistake[] {
  const mistakes: Mistake[] = [];
  const { target, fragment, expiresAt, reason } = asked;
  if (!isCategory(target) && !known.has(target))
    mistakes.push({ path: `${path}.target`, message: 'is neither a rule nor a category' });
  if (fragment !== null && fragment.trim().length < FRAGMENT_MIN)
    mistakes.push({ path: `${path}.fragment`, message: `at least ${FRAGMENT_MIN} characters` });
  if (fragment === null && NEEDS_FRAGMENT.includes(target.split('.')[0] ?? ''))
    mistakes.push({
      path: `${path}.fragment`,
      message: 'secrets and personal data need the text that is meant',
    });
  if (reason.trim() === '') mistakes.push({ path: `${path}.reason`, message: 'must not be empty' });
  const until = Date.parse(expiresAt);
  if (Number.isNaN(until) || until <= now)
    mistakes.push({ path: `${path}.expiresAt`, message: 'must be in the future' });
  else if (until > now + EXPIRY_MAX_MS)
    mistakes.push({ path: `${path}.expiresAt`, message: 'must be within a year' });
  return mistakes;
}

export interface RuleNames {
  has(rule: string): boolean;
}

/** The exceptions that hold for a caller now, as a policy asks for them; undefined where there are none. */
export function sparing(
  exceptions: readonly Exception[],
  groupIds: readonly string[],
  now: number,
): Policy['sparedBy'] {
  const active = exceptions
    .filter(({ expiresAt }) => Date.parse(expiresAt) > now)
    .filter((one) => one.groupIds.length === 0 || one.groupIds.some((id) => groupIds.includes(id)))
    .map((one) => ({ ...one, fragment: one.fragment?.toLowerCase() ?? null }));
  if (active.length === 0) return undefined;
  return (hit, text) => active.find((exception) => covers(exception, hit, text))?.id;
}

function covers(
  { target, fragment }: Pick<Exception, 'target' | 'fragment'>,
  hit: Found,
  text: string,
): boolean {
  if (target !== hit.rule && target !== hit.category) return false;
  if (fragment === null) return true;
  // The hit must lie within the fragment: what stands beside it has not been looked at by anybody.
  const from = Math.max(0, hit.end - fragment.length);
  return text
    .slice(from, hit.start + fragment.length)
    .toLowerCase()
    .includes(fragment);
}
