import type { PolicyAction, ScanAction } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { FOLD_NAMES } from '@lorekeep/kit/matching';
import { RequestError } from '@lorekeep/kit/errors';
import type { CategoryPolicy, DefaultCategory } from '../scan-table.js';
import type { PolicyRepository, StoredPolicy } from '../store/policy.repository.js';
import { checkChanges, type AskedChange } from './check-changes.js';
import { builtInCategories, EffectivePolicy, type PolicyChanges } from './effective-policy.js';

export interface PolicyRow extends CategoryPolicy {
  readonly name: string;
  readonly kind: 'tier' | 'words' | 'detector';
  readonly builtIn: CategoryPolicy;
  readonly changed: boolean;
  /** Words and listed words of the tenant. */
  readonly words: number;
}

export interface PolicyView {
  readonly version: number;
  /** Another one after every save of the policy; 0: never saved. */
  readonly policyVersion: number;
  readonly keepHitsDays: number;
  readonly folds: readonly string[];
  readonly categories: PolicyRow[];
}

/** Longest time that hits may be kept, in days: ten years. */
export const KEEP_HITS_DAYS_LIMIT = 3_650;

/** What a tenant wants done about each category. Rights are checked before. */
export class ScannerPolicies {
  private readonly builtIn: ReadonlyMap<string, DefaultCategory>;
  private readonly tier: ReadonlySet<string>;

  constructor(
    private readonly store: PolicyRepository,
    tier: readonly DefaultCategory[],
    private readonly tables?: { forget(tenantId: string): void },
  ) {
    this.builtIn = builtInCategories(tier);
    this.tier = new Set(tier.map(({ name }) => name));
  }

  /** Every category that there is: built in, or of a word, a list or a decision of the tenant. */
  async show(ctx: CallContext): Promise<PolicyView> {
    const [stored, own] = await Promise.all([this.store.load(ctx), this.store.ownCategories(ctx)]);
    const policy = new EffectivePolicy(this.builtIn, stored.changes);
    const names = new Set([...this.builtIn.keys(), ...own.keys(), ...Object.keys(stored.changes)]);
    const { version, policyVersion, keepHitsDays } = stored;
    const categories = [...names].map((name) => ({
      name,
      kind: this.kindOf(name),
      ...policy.of(name),
      builtIn: policy.builtInOf(name),
      changed: Object.keys(policy.changeOf(name)).length > 0,
      words: own.get(name) ?? 0,
    }));
    return { version, policyVersion, keepHitsDays, folds: FOLD_NAMES, categories };
  }

  /**
   * Replaces what the tenant had decided; all or nothing. Only what differs from what is built in is kept.
   * @param over the policyVersion that is replaced; left out: whichever is in force
   * @throws RequestError SCANNER_POLICY_INVALID (422), naming what is wrong; SCANNER_POLICY_CHANGED (409) where another
   * version than `over` is in force
   */
  async set(
    ctx: CallContext,
    asked: Readonly<Record<string, AskedChange>>,
    keepHitsDays?: number,
    over?: number,
  ): Promise<PolicyView> {
    if (keepHitsDays !== undefined && !isDays(keepHitsDays)) throw invalidDays();
    const [stored, own] = await Promise.all([this.store.load(ctx), this.store.ownCategories(ctx)]);
    const changes = checkChanges(asked, {
      exists: (name) => this.builtIn.has(name) || own.has(name) || Object.hasOwn(stored.changes, name),
      isBuiltIn: (name) => this.builtIn.has(name),
    });
    const saved = await this.store.save(ctx, this.differences(changes), keepHitsDays ?? null, over ?? null);
    if (!saved) throw changedMeanwhile();
    this.tables?.forget(ctx.tenantId);
    return this.show(ctx);
  }

  /** What happens now to a word, or to a list, of a category and with an action of its own. */
  async actions(ctx: CallContext): Promise<(category: string, own: ScanAction) => PolicyAction> {
    const policy = this.effective(await this.store.load(ctx));
    return (category, own) => policy.of(category).action ?? own;
  }

  /** What a table is made with. */
  effective(stored: Pick<StoredPolicy, 'changes'>): EffectivePolicy {
    return new EffectivePolicy(this.builtIn, stored.changes);
  }

  private differences(changes: PolicyChanges): PolicyChanges {
    const policy = new EffectivePolicy(this.builtIn, {});
    const kept = Object.entries(changes).map(([name, change]) => {
      const { action, severity, folds } = policy.builtInOf(name);
      return [
        name,
        {
          ...(change.action !== undefined && change.action !== action && { action: change.action }),
          ...(change.severity !== undefined && change.severity !== severity && { severity: change.severity }),
          ...(change.folds && !sameNames(change.folds, folds) && { folds: change.folds }),
        },
      ] as const;
    });
    return Object.fromEntries(kept.filter(([, change]) => Object.keys(change).length > 0));
  }

  private kindOf(name: string): PolicyRow['kind'] {
    if (this.tier.has(name)) return 'tier';
    return this.builtIn.has(name) ? 'detector' : 'words';
  }
}

const sameNames = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name) => other.includes(name));

const isDays = (days: number): boolean => Number.isInteger(days) && days >= 1 && days <= KEEP_HITS_DAYS_LIMIT;

function changedMeanwhile(): RequestError {
  const text = 'Somebody else has changed the policy meanwhile; nothing was changed.';
  return new RequestError(409, 'SCANNER_POLICY_CHANGED', text);
}

function invalidDays(): RequestError {
  const details = [{ path: 'keepHitsDays', message: `1 to ${KEEP_HITS_DAYS_LIMIT}` }];
  return new RequestError(
    422,
    'SCANNER_POLICY_INVALID',
    'The policy has mistakes; nothing was changed.',
    details,
  );
}
