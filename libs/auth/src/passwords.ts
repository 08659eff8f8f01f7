import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { passwordAttemptKey } from './attempt-keys.js';
import type { AuthConfig } from './auth.config.js';
import { authError } from './auth.errors.js';
import { requireGoodPassword } from './choose-password.js';
import type { PasswordHasher } from './hash-password.js';
import type { AuthStore } from './store/auth-store.js';
import { SessionRepository } from './store/session.repository.js';
import { ThrottleRepository } from './store/throttle.repository.js';
import { UserRepository, type Credentials, type UserView } from './store/user.repository.js';

/** A person changes the own password. */
export class Passwords {
  private readonly users: UserRepository;
  private readonly sessions: SessionRepository;
  private readonly throttle = new ThrottleRepository();

  constructor(
    private readonly store: AuthStore,
    private readonly hasher: PasswordHasher,
    private readonly config: AuthConfig,
    private readonly clock: Clock,
  ) {
    this.users = new UserRepository(store);
    this.sessions = new SessionRepository(store);
  }

  /**
   * Ends every other session of the person. Throws AUTH_PASSWORD_WRONG, AUTH_PASSWORD_WEAK, AUTH_THROTTLED
   * (whoever found an open browser must not guess on) and AUTH_NOT_A_PERSON for keys.
   */
  async change(ctx: CallContext, current: string, next: string): Promise<UserView> {
    const { kind, userId, sessionId } = ctx.caller;
    if (kind !== 'user' || userId === null) throw authError('AUTH_NOT_A_PERSON');
    const user = await this.admit(ctx, userId);
    requireGoodPassword(next, user.email, 'next');
    if (!(await this.hasher.verify(user.passwordHash, current))) throw authError('AUTH_PASSWORD_WRONG');
    if (await this.hasher.verify(user.passwordHash, next)) {
      throw authError('AUTH_PASSWORD_WEAK', [{ path: 'next', message: 'is the current password' }]);
    }
    const hash = await this.hasher.hash(next);
    const now = new Date(this.clock.now());
    return this.store.transaction(ctx, async (tx) => {
      await this.users.setPassword(tx, userId, hash, false, now);
      await this.throttle.giveBack(tx, [passwordAttemptKey(this.config, userId)]);
      await this.sessions.revokeAll(tx, userId, sessionId, 'password changed', now);
      const changed = await this.users.get(tx, userId);
      if (!changed) throw new Error('the user has gone');
      return changed;
    });
  }

  private admit(ctx: CallContext, userId: string): Promise<Credentials> {
    return this.store.transaction(ctx, async (tx) => {
      const user = await this.users.credentialsById(tx, userId);
      if (!user || user.disabledAt !== null) throw authError('AUTH_NOT_A_PERSON');
      const key = passwordAttemptKey(this.config, userId);
      const admission = await this.throttle.admit(tx, [key], this.clock.now());
      if (!admission.admitted) throw authError('AUTH_THROTTLED');
      return user;
    });
  }
}
