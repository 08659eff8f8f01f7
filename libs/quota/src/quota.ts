import { systemClock, type Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import type { Refusal } from '@lorekeep/kit/errors';
import { QuotaFault } from './quota.errors.js';
import { refuse } from './refuse.js';
import { QuotaRepository, type Decision, type Wanted } from './store/quota.repository.js';
import { Together } from './together.js';
import { UnlimitedCallers } from './unlimited-callers.js';
import { tightest, type Usage } from './usage-of.js';

/** More than any model's context times any number of choices: a larger figure is a mistake. */
export const TOKENS_PER_QUESTION_MAX = 10_000_000;
/** A question that runs longer than a day is none. */
export const RESERVATION_SECONDS_MAX = 86_400;
const EXPIRE_BATCH = 500;
/** Bounds one call; what is left waits for the next minute. */
const EXPIRE_ROUNDS = 20;

export interface ReserveRequest {
  /** Estimate for question and answer together. */
  tokens: number;
  /** After this time the reservation counts as abandoned. */
  maxSeconds: number;
}

export interface Reservation {
  /** null: no policy holds anything, and settling costs nothing. */
  readonly id: string | null;
  /** The estimate that is held. */
  readonly tokens: number;
}

export interface QuotaOptions {
  /** QUOTA_TIMEOUT_MS */
  timeoutMs?: number;
  /** Steers the windows in tests. Left out, the database's clock decides, so that all processes agree. */
  clock?: Clock;
}

/**
 * Reserves requests, tokens and a concurrency slot before a question, and settles with real tokens after it.
 * Windows are the calendar minute and the calendar day, UTC. Throws QuotaFault when it cannot decide.
 */
export class Quota {
  private readonly repository: QuotaRepository;
  private readonly unlimited: UnlimitedCallers;
  private readonly reserving: Together<Wanted, Decision>;
  private readonly settling: Together<{ id: string; tokens: number }, boolean>;

  constructor(
    db: Database,
    private readonly options: QuotaOptions = {},
  ) {
    const timeoutMs = options.timeoutMs ?? 2000;
    this.repository = new QuotaRepository(db, timeoutMs);
    // Late, too: a slot that nobody gives back is held until it expires.
    this.settling = new Together(
      (tenant, spent) => this.repository.settle(tenant, spent),
      timeoutMs,
      'asked',
    );
    this.reserving = new Together(
      (tenant, wanted) => this.repository.reserve(tenant, wanted, this.moment()),
      timeoutMs,
      'dropped',
      (tenant, decision) => this.giveBack(tenant, decision),
    );
    this.unlimited = new UnlimitedCallers(options.clock ?? systemClock);
  }

  /** All policies of the tenant, of the caller's groups and of the caller admit, or nothing is taken. */
  async reserve(ctx: CallContext, request: ReserveRequest): Promise<Reservation | Refusal> {
    const tokens = Math.ceil(request.tokens);
    const { maxSeconds } = request;
    if (!(tokens >= 0 && tokens <= TOKENS_PER_QUESTION_MAX)) throw new QuotaFault('QUOTA_INVALID');
    if (!Number.isInteger(maxSeconds) || maxSeconds < 1 || maxSeconds > RESERVATION_SECONDS_MAX) {
      throw new QuotaFault('QUOTA_INVALID');
    }
    if (this.unlimited.has(ctx)) return { id: null, tokens };
    const { userId, groupIds } = ctx.caller;
    const decision = await this.reserving.ask(ctx.tenantId, { userId, groupIds, tokens, maxSeconds });
    if (!decision.admitted) return refuse(decision, tokens);
    if (!decision.limited) this.unlimited.add(ctx);
    return { id: decision.reservation, tokens };
  }

  /**
   * Replaces the estimate by what was used, and frees the slot. Idempotent: false when there was nothing (left) to
   * settle. A figure that cannot be true is charged as the estimate, never as nothing.
   */
  async settle(ctx: CallContext, reservation: Reservation, real: { tokens: number }): Promise<boolean> {
    if (reservation.id === null) return false;
    const told = Math.ceil(real.tokens);
    const plausible = told >= 0 && told <= TOKENS_PER_QUESTION_MAX;
    const tokens = plausible ? told : reservation.tokens;
    return this.settling.ask(ctx.tenantId, { id: reservation.id, tokens });
  }

  /** Gives tokens and slot back. The request stays counted in its minute: it was made. */
  async cancel(ctx: CallContext, reservation: Reservation): Promise<boolean> {
    return this.settle(ctx, reservation, { tokens: 0 });
  }

  /** Gives back what abandoned reservations of the tenant hold; returns how many there were. For the worker, every minute. */
  async expire(ctx: CallContext): Promise<number> {
    let total = 0;
    for (let round = 0; round < EXPIRE_ROUNDS; round++) {
      const expired = await this.repository.expire(ctx, EXPIRE_BATCH, this.moment());
      total += expired;
      if (expired < EXPIRE_BATCH) break;
    }
    return total;
  }

  /** What the caller has used of the limit that leaves least, for the page. */
  async usageOf(ctx: CallContext): Promise<Usage> {
    return tightest(await this.repository.usage(ctx, this.moment()));
  }

  /** Call after a change of policies, so that it takes effect in this process at once. */
  forgetPolicies(): void {
    this.unlimited.clear();
  }

  /** What was granted to somebody who had given up. Where that fails, it expires. */
  private giveBack(tenantId: string, decision: Decision): void {
    if (!decision.admitted || !decision.reservation) return;
    this.settling.ask(tenantId, { id: decision.reservation, tokens: 0 }).catch(() => undefined);
  }

  private moment(): Date | null {
    return this.options.clock ? new Date(this.options.clock.now()) : null;
  }
}
