import { systemClock, type Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { RequestError } from '@lorekeep/kit/errors';
import { FirewallFault } from './firewall.errors.js';
import {
  ACTIONS,
  BUILT_IN,
  allowedActions,
  isCategory,
  type Action,
  type Actions,
  type Policy,
} from './policy.js';
import { RULES } from './rules/all-rules.js';
import { CATEGORIES, type Category } from './rules/rule.js';
import { FirewallPolicyRepository } from './store/firewall-policy.repository.js';

/** A change made by another process takes effect within this time. */
export const POLICY_AGE_MS = 1_000;
/** Tenants remembered at once; beyond it the oldest is asked about again. */
const TENANTS_MAX = 10_000;

export interface PolicyRow {
  readonly category: Category;
  readonly action: Action;
  readonly builtIn: Action;
  /** Number of patterns; 0 where detectors do the work. */
  readonly rules: number;
  readonly allowed: readonly Action[];
}

/** What each tenant wants done about each category. */
export class FirewallPolicies {
  private readonly repository: FirewallPolicyRepository;
  private readonly remembered = new Map<string, { at: number; policy: Promise<Policy> }>();

  constructor(
    db: Database,
    private readonly options: { timeoutMs?: number; clock?: Clock } = {},
  ) {
    this.repository = new FirewallPolicyRepository(db);
  }

  /** The policy of the tenant, at most a second old. @throws FirewallFault when it cannot be had in time */
  async of(ctx: CallContext): Promise<Policy> {
    const now = (this.options.clock ?? systemClock).monotonic();
    const known = this.remembered.get(ctx.tenantId);
    if (known && now - known.at < POLICY_AGE_MS) return known.policy;
    // Questions that arrive together wait for one answer.
    const policy = this.loadInTime(ctx);
    this.remembered.delete(ctx.tenantId);
    this.remembered.set(ctx.tenantId, { at: now, policy });
    this.forgetOldest();
    try {
      return await policy;
    } catch (error) {
      if (this.remembered.get(ctx.tenantId)?.policy === policy) this.remembered.delete(ctx.tenantId);
      throw error;
    }
  }

  /** For the page: every category with what is done and what could be. */
  async list(ctx: CallContext): Promise<PolicyRow[]> {
    const policy = await this.loadInTime(ctx);
    return CATEGORIES.map((category) => ({
      category,
      action: policy.actions[category],
      builtIn: BUILT_IN.actions[category],
      rules: RULES.filter((rule) => rule.category === category).length,
      allowed: allowedActions(category),
    }));
  }

  /**
   * Replaces the tenant's actions; categories that are left out return to what is built in. All or nothing.
   * @throws RequestError FIREWALL_POLICY_INVALID (422)
   */
  async set(ctx: CallContext, actions: Readonly<Record<string, string>>): Promise<PolicyRow[]> {
    const problems: { path: string; message: string }[] = [];
    for (const [category, action] of Object.entries(actions)) {
      if (!isCategory(category)) problems.push({ path: `actions.${category}`, message: 'is no category' });
      else if (!(allowedActions(category) as readonly string[]).includes(action))
        problems.push({
          path: `actions.${category}`,
          message: `must be one of ${allowedActions(category).join(', ')}`,
        });
    }
    if (problems.length > 0)
      throw new RequestError(
        422,
        'FIREWALL_POLICY_INVALID',
        'The policy has mistakes; nothing was changed.',
        problems,
      );
    await this.repository.save(ctx, actions);
    this.remembered.delete(ctx.tenantId);
    return this.list(ctx);
  }

  private async loadInTime(ctx: CallContext): Promise<Policy> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new FirewallFault('FIREWALL_TIMEOUT')),
        this.options.timeoutMs ?? 2_000,
      );
    });
    try {
      return await Promise.race([this.load(ctx), late]);
    } catch (error) {
      throw error instanceof FirewallFault ? error : new FirewallFault('FIREWALL_UNAVAILABLE', error);
    } finally {
      clearTimeout(timer);
    }
  }

  private async load(ctx: CallContext): Promise<Policy> {
    const stored = await this.repository.load(ctx);
    return stored ? { ...BUILT_IN, actions: merge(stored.actions) } : BUILT_IN;
  }

  private forgetOldest(): void {
    if (this.remembered.size <= TENANTS_MAX) return;
    const oldest = this.remembered.keys().next();
    if (!oldest.done) this.remembered.delete(oldest.value);
  }
}

/** What is stored may be older than the list of categories, but an action that is none is no policy to go by. */
function merge(stored: unknown): Actions {
  if (typeof stored !== 'object' || stored === null) throw new FirewallFault('FIREWALL_FAILED');
  const merged = { ...BUILT_IN.actions };
  for (const [category, action] of Object.entries(stored)) {
    if (!isCategory(category)) continue;
    if (!isAction(action) || !allowedActions(category).includes(action))
      throw new FirewallFault('FIREWALL_FAILED');
    merged[category] = action;
  }
  return merged;
}

function isAction(value: unknown): value is Action {
  return (ACTIONS as readonly unknown[]).includes(value);
}
