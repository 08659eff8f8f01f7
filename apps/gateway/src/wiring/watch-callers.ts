import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Callers } from '@lorekeep/auth';
import type { Caller } from '@lorekeep/kit/context';
import { Fault } from '@lorekeep/kit/errors';
import type { Logger } from '@lorekeep/kit/telemetry';
import { LOGGER } from './tokens.js';

/** How often those who still wait for an answer are looked at, in milliseconds. */
export const LOOK_MS = 2_000;

export class WithdrawnFault extends Fault<'AUTH_WITHDRAWN'> {
  constructor() {
    super('AUTH_WITHDRAWN', 'Your access was ended while this was being answered.', { status: 401 });
    this.name = 'WithdrawnFault';
  }
}

type Asking = Map<string, Set<AbortController>>;

/**
 * Who may ask is established when a question comes, and a question may wait and be answered for minutes. Those whose
 * session or key has been ended meanwhile, in whichever gateway, are let go. Where that cannot be looked up the next
 * look does: what they began with was theirs.
 */
@Injectable()
export class WatchCallers implements OnApplicationShutdown {
  /** By tenant, by session or key. */
  private readonly tenants = new Map<string, Asking>();
  private readonly timer: NodeJS.Timeout;
  private looking = false;

  constructor(
    @Inject(Callers) private readonly callers: Pick<Callers, 'standing'>,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.timer = setInterval(() => void this.look(), LOOK_MS);
    this.timer.unref();
  }

  /** Aborts through this when the caller's session or key is no more, until the function that it returns is called. */
  watch(tenantId: string, { sessionId, keyId }: Caller, controller: AbortController): () => void {
    const credential = keyId ?? sessionId;
    if (!credential) return () => undefined;
    const asking: Asking = this.tenants.get(tenantId) ?? new Map<string, Set<AbortController>>();
    const open = asking.get(credential) ?? new Set();
    this.tenants.set(tenantId, asking.set(credential, open.add(controller)));
    return () => {
      open.delete(controller);
      if (open.size === 0 && asking.get(credential) === open) asking.delete(credential);
      if (asking.size === 0 && this.tenants.get(tenantId) === asking) this.tenants.delete(tenantId);
    };
  }

  async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    for (const [tenantId, asking] of [...this.tenants])
      await this.lookAt(tenantId, asking).catch((error: unknown) =>
        this.log.warn({ err: error }, 'who is being answered could not be looked up'),
      );
    this.looking = false;
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async lookAt(tenantId: string, asking: Asking): Promise<void> {
    const seen = [...asking];
    const standing = await this.callers.standing(
      tenantId,
      seen.map(([credential]) => credential),
    );
    for (const [credential, open] of seen)
      if (!standing.has(credential)) for (const controller of open) controller.abort(new WithdrawnFault());
  }
}
