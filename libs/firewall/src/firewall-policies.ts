import { systemClock, type Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { FirewallFault } from './firewall.errors.js';
import { inIdle } from './in-idle.js';
import { compileSetup, type TenantPolicy } from './setup/setup.js';
import type { Database } from '@lorekeep/kit/database';
import { FirewallPolicyRepository } from './store/firewall-policy.repository.js';

/** A change made by another process takes effect within this time. */
export const POLICY_AGE_MS = 1_000;
/** Tenants remembered at once; beyond it the oldest is asked about again. */
const TENANTS_MAX = 10_000;

interface Compiled {
  readonly version: number;
  readonly policy: TenantPolicy;
}

interface Remembered {
  readonly at: number;
  readonly compiled: Promise<Compiled>;
  /** What was known before, in case it is still in force. */
  readonly last: Compiled | undefined;
}

/** What each tenant wants done, ready to be used. */
export class FirewallPolicies {
  private readonly remembered = new Map<string, Remembered>();

  private readonly repository: FirewallPolicyRepository;

  constructor(
    db: Database,
    private readonly options: { timeoutMs?: number; clock?: Clock } = {},
  ) {
    this.repository = new FirewallPolicyRepository(db);
  }

  /** The policy of the tenant, at most a second old. @throws FirewallFault when it cannot be had in time */
  async of(ctx: CallContext): Promise<TenantPolicy> {
    const now = (this.options.clock ?? systemClock).monotonic();
    const known = this.remembered.get(ctx.tenantId);
    if (known && now - known.at < POLICY_AGE_MS) return (await known.compiled).policy;
    const last = known && (await settled(known.compiled, known.last));
    // Questions that arrive together wait for one answer.
    const compiled = this.loadInTime(ctx, last);
    this.remembered.delete(ctx.tenantId);
    this.remembered.set(ctx.tenantId, { at: now, compiled, last });
    this.forgetOldest();
    try {
      return (await compiled).policy;
    } catch (error) {
      if (this.remembered.get(ctx.tenantId)?.compiled === compiled) this.remembered.delete(ctx.tenantId);
      throw error;
    }
  }

  /** After a change of this process: it is in force at once. */
  forget(tenantId: string): void {
    this.remembered.delete(tenantId);
  }

  private async loadInTime(ctx: CallContext, last: Compiled | undefined): Promise<Compiled> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new FirewallFault('FIREWALL_TIMEOUT')),
        this.options.timeoutMs ?? 2_000,
      );
    });
    try {
      return await Promise.race([this.load(ctx, last), late]);
    } catch (error) {
      throw error instanceof FirewallFault ? error : new FirewallFault('FIREWALL_UNAVAILABLE', error);
    } finally {
      clearTimeout(timer);
    }
  }

  private async load(ctx: CallContext, last: Compiled | undefined): Promise<Compiled> {
    const stored = await this.repository.load(ctx, last?.version);
    if (!stored && last) return last;
    if (!stored) throw new FirewallFault('FIREWALL_FAILED');
    try {
      const policy = compileSetup(stored.setup);
      if (policy.own?.preparing) inIdle(policy.own.preparing());
      return { version: stored.version, policy };
    } catch (error) {
      throw new FirewallFault('FIREWALL_FAILED', error);
    }
  }

  private forgetOldest(): void {
    if (this.remembered.size <= TENANTS_MAX) return;
    const oldest = this.remembered.keys().next();
    if (!oldest.done) this.remembered.delete(oldest.value);
  }
}

/** What a load came to, or what was known before it if it came to nothing. */
function settled(compiled: Promise<Compiled>, last: Compiled | undefined): Promise<Compiled | undefined> {
  return compiled.catch(() => last);
}
