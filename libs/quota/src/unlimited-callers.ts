import type { CallContext } from '@lorekeep/kit/context';
import type { Clock } from '@lorekeep/kit/clock';

/** A policy made by another process takes effect within this time; admission under existing policies is always exact. */
export const UNLIMITED_FOR_MS = 1000;
/** Callers remembered at once; beyond it the oldest is asked about again. */
export const UNLIMITED_CALLERS_MAX = 10_000;

/** Callers whom no policy limits, so that a policy that does not exist costs no round trip. */
export class UnlimitedCallers {
  private readonly until = new Map<string, number>();

  constructor(private readonly clock: Pick<Clock, 'monotonic'>) {}

  has(ctx: CallContext): boolean {
    const key = keyOf(ctx);
    const until = this.until.get(key);
    if (until === undefined) return false;
    if (this.clock.monotonic() < until) return true;
    this.until.delete(key);
    return false;
  }

  add(ctx: CallContext): void {
    const key = keyOf(ctx);
    this.until.delete(key);
    this.until.set(key, this.clock.monotonic() + UNLIMITED_FOR_MS);
    if (this.until.size > UNLIMITED_CALLERS_MAX) {
      for (const oldest of this.until.keys()) {
        this.until.delete(oldest);
        break;
      }
    }
  }

  clear(): void {
    this.until.clear();
  }
}

function keyOf({ tenantId, caller }: CallContext): string {
  return `${tenantId} ${caller.userId ?? ''} ${caller.groupIds.join(',')}`;
}
