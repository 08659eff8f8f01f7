import { hash, verify } from '@node-rs/argon2';
import { randomBytes } from 'node:crypto';
import type { AuthConfig } from './auth.config.js';
import { AuthFault } from './auth.errors.js';
import { normalisePassword } from './password-policy.js';

/** OWASP Password Storage Cheat Sheet: Argon2id (the package's default) with 19 MiB, 2 passes, 1 lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** How a hash of these parameters begins. */
const CURRENT = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/;

/** Hashes and checks passwords, a few at a time: hashing takes memory, and the threads are shared. */
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private decoy: Promise<string> | undefined;

  constructor(private readonly config: Pick<AuthConfig, 'AUTH_HASH_CONCURRENCY' | 'AUTH_HASH_QUEUE'>) {}

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(normalisePassword(password), PARAMETERS));
  }

  /**
   * Whether the password belongs to the hash. Without a hash it does the same work and says no,
   * so that the time taken does not tell whether an account exists.
   */
  async verify(stored: string | null, password: string): Promise<boolean> {
    const against = stored ?? (await (this.decoy ??= this.makeDecoy()));
    const matches = await this.inTurn(() => verify(against, normalisePassword(password)));
    return stored !== null && matches;
  }

  /** True when the stored hash has other parameters than new ones. */
  isOutdated(stored: string): boolean {
    return !CURRENT.test(stored);
  }

  /** Made before the first sign-in, which would otherwise take twice as long. */
  async warm(): Promise<void> {
    await (this.decoy ??= this.makeDecoy());
  }

  private makeDecoy(): Promise<string> {
    return hash(randomBytes(32).toString('base64url'), PARAMETERS);
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.config.AUTH_HASH_CONCURRENCY) {
      if (this.waiting.length >= this.config.AUTH_HASH_QUEUE) throw new AuthFault('AUTH_BUSY');
      // The one who leaves hands over the place, so `running` does not change.
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.running += 1;
    }
    try {
      return await work();
    } catch (error) {
      throw new AuthFault('AUTH_UNAVAILABLE', error);
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
