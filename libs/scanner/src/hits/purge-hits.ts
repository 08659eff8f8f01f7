import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import type { HitRepository } from '../store/hit.repository.js';
import type { PolicyRepository } from '../store/policy.repository.js';

const DAY_MS = 86_400_000;

/** Deletes what was found longer ago than the tenant keeps it. */
export class PurgeHits {
  constructor(
    private readonly hits: HitRepository,
    private readonly policies: PolicyRepository,
    private readonly clock: Clock,
  ) {}

  /** @returns how many were deleted */
  async run(ctx: CallContext): Promise<number> {
    const { keepHitsDays } = await this.policies.load(ctx);
    return this.hits.purge(ctx, new Date(this.clock.now() - keepHitsDays * DAY_MS));
  }
}
