import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { RequestError } from '@lorekeep/kit/errors';
import { isUuid } from '@lorekeep/kit/sql';
import { readPolicyInput, type PolicyInput } from './read-policy-input.js';
import { listPolicies, putPolicy, removePolicy, type QuotaPolicy } from './store/policy.repository.js';
import type { SubjectKind } from './subject.js';

export const POLICIES_PER_PAGE_MAX = 500;
const POLICIES_PER_PAGE = 100;

export interface PolicyPage {
  items: QuotaPolicy[];
  /** Pass as `after` for the next page; null at the end. */
  next: string | null;
}

/** Administration of the limits. Mistakes in the input throw RequestError. */
export class QuotaPolicies {
  constructor(
    private readonly db: Database,
    /** Told after each change, so that the quota of this process forgets what it knew. */
    private readonly quota?: { forgetPolicies(): void },
  ) {}

  /** The tenant's policy first, then those of groups, then those of users. */
  async list(
    ctx: CallContext,
    page: { kind?: SubjectKind; limit?: number; after?: string } = {},
  ): Promise<PolicyPage> {
    const limit = page.limit ?? POLICIES_PER_PAGE;
    if (!Number.isInteger(limit) || limit < 1 || limit > POLICIES_PER_PAGE_MAX) {
      throw invalid('limit', `a whole number from 1 to ${POLICIES_PER_PAGE_MAX}`);
    }
    if (page.after !== undefined && !isUuid(page.after)) throw invalid('after', 'not a cursor of this list');
    const rows = await listPolicies(this.db, ctx, {
      kind: page.kind ?? null,
      after: page.after ?? null,
      limit: limit + 1,
    });
    const items = rows.slice(0, limit);
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** Creates or replaces the policy of a subject. 404 for a group or user that this tenant does not have. */
  async put(ctx: CallContext, input: PolicyInput): Promise<QuotaPolicy> {
    const policy = await putPolicy(this.db, ctx, readPolicyInput(input));
    if (!policy) throw new RequestError(404, 'QUOTA_SUBJECT_UNKNOWN', 'There is no such group or user.');
    this.quota?.forgetPolicies();
    return policy;
  }

  /** False when there is none of that id. */
  async remove(ctx: CallContext, id: string): Promise<boolean> {
    if (!isUuid(id)) return false;
    const removed = await removePolicy(this.db, ctx, id);
    this.quota?.forgetPolicies();
    return removed;
  }
}

function invalid(path: string, message: string): RequestError {
  return new RequestError(422, 'QUOTA_REQUEST_INVALID', 'The request is not valid.', [{ path, message }]);
}
