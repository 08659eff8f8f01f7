import { systemContext, type CallContext, type Caller } from '@lorekeep/kit/context';
import type { Clock } from '@lorekeep/kit/clock';
import { attemptKeys, type AttemptKey } from './attempt-keys.js';
import type { AuthConfig } from './auth.config.js';
import { cleanClientText } from './clean-client-text.js';
import type { PasswordHasher } from './hash-password.js';
import { MemoryThrottle } from './memory-throttle.js';
import { PASSWORD_MAX_CHARACTERS } from './password-policy.js';
import type { Sessions } from './sessions.js';
import type { AuthStore } from './store/auth-store.js';
import type { TenantRepository } from './store/tenant.repository.js';
import { ThrottleRepository, type Admission } from './store/throttle.repository.js';
import { UserRepository, type Credentials } from './store/user.repository.js';
import { EMAIL_MAX } from './validate-input.js';

export interface SignInRequest {
  tenantSlug: string;
  email: string;
  password: string;
  ip: string;
  userAgent: string;
}

export type SignInResult =
  | { kind: 'signed-in'; sessionToken: string; caller: Caller; tenantId: string; sessionId: string }
  /** `retryAfter` in seconds, with `throttled`. `tenantId` is for the audit and null for an unknown tenant. */
  | { kind: 'refused'; reason: 'invalid' | 'throttled'; retryAfter?: number; tenantId: string | null };

/** Row security shows nothing of this tenant: look-ups for an unknown one run like the others and find nobody. */
const NOBODYS_TENANT = '00000000-0000-0000-0000-000000000000';
/** No tenant's name. */
const EVERYWHERE = '*';
const KNOWN_FOR_MS = 30 * 24 * 3_600_000;

interface Looked {
  admission: Admission;
  /** Under what this attempt was counted: a right password gives back no more than that. */
  counted: AttemptKey[];
  user: Credentials | null;
}

/**
 * Local sign-in. Unknown tenant, unknown e-mail, disabled user and wrong password take the same statements,
 * one Argon2 verification and the same answer.
 */
export class SignIn {
  private readonly throttle = new ThrottleRepository();
  /**
   * By address, whichever tenant is named: each name would be a new count else, and all of them wait for the same hashing.
   * And of tenants that do not exist, by name: a missing block would tell.
   */
  private readonly attempts = new MemoryThrottle();
  private readonly users: UserRepository;

  constructor(
    private readonly store: AuthStore,
    private readonly tenants: TenantRepository,
    private readonly hasher: PasswordHasher,
    private readonly sessions: Sessions,
    private readonly setting: { config: AuthConfig; clock: Clock },
  ) {
    this.users = new UserRepository(store);
  }

  /** Throws AuthFault when accounts cannot be checked; nobody is signed in then. */
  async run(request: SignInRequest): Promise<SignInResult> {
    const email = cleanEmail(request.email);
    const slug = /^[a-z0-9][a-z0-9-]{0,62}$/.test(request.tenantSlug) ? request.tenantSlug : '';
    const keys = attemptKeys(this.setting.config, email, request.ip);
    const tenantId = await this.tenants.idOf(slug);
    const ctx = systemContext(tenantId ?? NOBODYS_TENANT);
    const { admission, user, counted } = await this.look(ctx, tenantId === null ? slug : null, keys, {
      email,
      ip: cleanClientText(request.ip),
    });
    if (!admission.admitted) {
      return { kind: 'refused', reason: 'throttled', retryAfter: seconds(admission.retryAfter), tenantId };
    }
    // Longer ones cannot be stored, so the check may work on a part.
    const password = request.password.slice(0, PASSWORD_MAX_CHARACTERS * 2);
    const stored = user && user.disabledAt === null ? user.passwordHash : null;
    const right = await this.hasher.verify(stored, password);
    const invalid: SignInResult = { kind: 'refused', reason: 'invalid', tenantId };
    if (!right || !user || password.length !== request.password.length) return invalid;
    await this.refreshHash(ctx, user, password);
    return (await this.admit(ctx, user, counted, request)) ?? invalid;
  }

  private look(
    ctx: CallContext,
    unknownSlug: string | null,
    keys: AttemptKey[],
    who: { email: string; ip: string },
  ): Promise<Looked> {
    const now = this.setting.clock.now();
    return this.store.transaction(
      ctx,
      async (tx) => {
        const user = await this.users.credentialsByEmail(tx, who.email);
        const since = new Date(now - KNOWN_FOR_MS);
        const known = unknownSlug === null && (await this.throttle.isKnownHere(tx, who.email, who.ip, since));
        // Strangers cannot keep somebody away from the place where they usually sign in, be it by guesses at this
        // account from elsewhere or by guesses at others from behind the same address.
        const counted = known ? keys.filter((key) => key.kind === 'pair') : keys;
        const everywhere = this.attempts.admit(EVERYWHERE, addressesOf(counted), now);
        if (!everywhere.admitted) return { user, counted, admission: everywhere };
        const admission =
          unknownSlug === null
            ? await this.throttle.admit(tx, counted, now)
            : this.attempts.admit(unknownSlug, counted, now);
        if (!admission.admitted) this.attempts.giveBack(EVERYWHERE, addressesOf(counted));
        return { user, counted, admission };
      },
      { durable: false },
    );
  }

  private async admit(
    ctx: CallContext,
    user: Credentials,
    keys: AttemptKey[],
    request: SignInRequest,
  ): Promise<SignInResult | null> {
    const now = new Date(this.setting.clock.now());
    const opened = await this.store.transaction(ctx, async (tx) => {
      if (!(await this.users.recordSignIn(tx, user, now))) return null;
      await this.throttle.giveBack(tx, keys);
      return this.sessions.open(ctx, tx, user.id, request);
    });
    if (!opened) return null;
    this.attempts.giveBack(EVERYWHERE, addressesOf(keys));
    return { kind: 'signed-in', tenantId: ctx.tenantId, ...opened };
  }

  private async refreshHash(ctx: CallContext, user: Credentials, password: string): Promise<void> {
    const stored = user.passwordHash;
    if (!stored || !this.hasher.isOutdated(stored)) return;
    const fresh = await this.hasher.hash(password);
    await this.store.transaction(ctx, (tx) => this.users.rehash(tx, user.id, stored, fresh));
    user.passwordHash = fresh;
  }
}

const addressesOf = (keys: readonly AttemptKey[]) => keys.filter(({ kind }) => kind === 'address');

/** What cannot be an address is replaced by one that nobody has. */
function cleanEmail(email: string): string {
  const clean = email.trim().toLowerCase();
  return clean.length > EMAIL_MAX || /[\p{Cc}\p{Cs}]/u.test(clean) ? '' : clean;
}

function seconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1_000);
}
