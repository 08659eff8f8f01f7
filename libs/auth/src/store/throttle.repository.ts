import type { Tx } from '@lorekeep/kit/database';
import type { AttemptKey } from '../attempt-keys.js';
import { countAttempt, type ThrottleState } from '../throttle.js';

export type Admission = { admitted: true } | { admitted: false; retryAfter: number };

interface Row {
  key: string;
  failures: number;
  firstFailureAt: Date;
  blockedUntil: Date | null;
}

// A row to lock must exist, or the first attempts at the same time would not see each other.
const PREPARE = `
  insert into sign_in_throttle (tenant_id, key, failures, first_failure_at)
  select app_tenant(), key, 0, $2 from unnest($1::text[]) as key order by key
  on conflict do nothing`;

const LOCK = `
  select key, failures, first_failure_at as "firstFailureAt", blocked_until as "blockedUntil"
    from sign_in_throttle where key = any ($1) order by key for update`;

const COUNT = `
  update sign_in_throttle t
     set failures = n.failures, first_failure_at = n.first_failure_at, blocked_until = n.blocked_until
    from unnest($1::text[], $2::int[], $3::timestamptz[], $4::timestamptz[])
         as n (key, failures, first_failure_at, blocked_until)
   where t.key = n.key`;

const FORGET = `delete from sign_in_throttle where key = any ($1)`;

const GIVE_BACK = `
  update sign_in_throttle set failures = greatest(failures - 1, 0), blocked_until = null where key = any ($1)`;

// Somebody who has signed in from here before is no stranger.
const KNOWN_HERE = `
  select exists (select from session s join app_user u on u.id = s.user_id
                  where u.email = $1 and s.ip = $2 and s.created_at > $3) as known`;

const REMOVE_OLD = `
  delete from sign_in_throttle where first_failure_at < $1 and coalesce(blocked_until, $1) <= $1 returning key`;

/** Every statement on failed attempts. */
export class ThrottleRepository {
  /** Counts the attempt under all keys, or under none when one of them is blocked. */
  async admit(tx: Tx, keys: AttemptKey[], now: number): Promise<Admission> {
    const names = keys.map((key) => key.key);
    await tx.query(PREPARE, [names, new Date(now)]);
    const rows = await tx.query<Row>(LOCK, [names]);
    const next: { key: string; state: ThrottleState }[] = [];
    let retryAfter = 0;
    for (const { key, policy } of keys) {
      const attempt = countAttempt(stateOf(rows.find((row) => row.key === key)), policy, now);
      if (attempt.allowed) next.push({ key, state: attempt.next });
      else retryAfter = Math.max(retryAfter, attempt.retryAfter);
    }
    if (retryAfter > 0) return { admitted: false, retryAfter };
    await tx.query(COUNT, [
      next.map(({ key }) => key),
      next.map(({ state }) => state.failures),
      next.map(({ state }) => new Date(state.firstFailureAt)),
      next.map(({ state }) => (state.blockedUntil === null ? null : new Date(state.blockedUntil))),
    ]);
    return { admitted: true };
  }

  /** After a success: the account starts anew, the address gets this one attempt back and no more. */
  async giveBack(tx: Tx, keys: AttemptKey[]): Promise<void> {
    const [shared, own] = [
      keys.filter((key) => key.kind === 'address'),
      keys.filter((key) => key.kind !== 'address'),
    ];
    await tx.query(FORGET, [own.map((key) => key.key)]);
    await tx.query(GIVE_BACK, [shared.map((key) => key.key)]);
  }

  async isKnownHere(tx: Tx, email: string, ip: string, since: Date): Promise<boolean> {
    const [row] = await tx.query<{ known: boolean }>(KNOWN_HERE, [email, ip, since]);
    return row?.known === true;
  }

  async removeOld(tx: Tx, before: Date): Promise<number> {
    return (await tx.query(REMOVE_OLD, [before])).length;
  }
}

function stateOf(row: Row | undefined): ThrottleState | null {
  if (!row) return null;
  return {
    failures: row.failures,
    firstFailureAt: row.firstFailureAt.getTime(),
    blockedUntil: row.blockedUntil?.getTime() ?? null,
  };
}
