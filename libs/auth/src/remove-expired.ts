import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import type { AuthStore } from './store/auth-store.js';
import { SessionRepository } from './store/session.repository.js';
import { ThrottleRepository } from './store/throttle.repository.js';

const DAY_MS = 24 * 3_600_000;
/** Ended sessions answer "who was signed in then" for this long; sign-ins themselves stay in the audit. */
export const SESSIONS_KEPT_MS = 30 * DAY_MS;

/** Housekeeping for the worker: what ended long ago is removed. */
export class RemoveExpired {
  private readonly sessions: SessionRepository;
  private readonly throttle = new ThrottleRepository();

  constructor(
    private readonly store: AuthStore,
    private readonly clock: Clock,
  ) {
    this.sessions = new SessionRepository(store);
  }

  /** How many of each were removed. */
  run(ctx: CallContext): Promise<{ sessions: number; attempts: number }> {
    const now = this.clock.now();
    return this.store.transaction(ctx, async (tx) => ({
      sessions: await this.sessions.removeEnded(tx, new Date(now - SESSIONS_KEPT_MS)),
      attempts: await this.throttle.removeOld(tx, new Date(now - DAY_MS)),
    }));
  }
}
