import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { Fault } from '@lorekeep/kit/errors';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config.js';

/** From being told to stop until the answers that are still open have written their last event and record. */
const LAST_WORDS_MS = 2_000;

/** The answer is not finished because the gateway is being stopped. */
export class StoppingFault extends Fault<'GATEWAY_STOPPING'> {
  constructor() {
    super('GATEWAY_STOPPING', 'The service is being restarted; please ask again in a moment.', {
      status: 503,
    });
    this.name = 'StoppingFault';
  }
}

/**
 * Every request that a handler is at. When the process is told to stop, they get GATEWAY_DRAIN_SECONDS to end by
 * themselves; then their contexts are aborted, so that streams end with an error event and a closing record.
 */
@Injectable()
export class Drain {
  private readonly open = new Set<AbortController>();
  private running = 0;
  private ended: (() => void) | undefined;
  private stopping = false;

  constructor(@Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig) {}

  get draining(): boolean {
    return this.stopping;
  }

  /** Contexts are aborted through this when time is up. */
  watch(controller: AbortController): () => void {
    this.open.add(controller);
    return () => this.open.delete(controller);
  }

  /**
   * Counts a request as long as its handler is at it, which may be longer than its caller waits. By the router and not
   * by an interceptor of Nest's: one alone makes eight observables of every request.
   */
  countRoutes(fastify: FastifyInstance): void {
    const enter = () => this.running++;
    const leave = () => this.left();
    fastify.addHook('onRoute', (route) => {
      const { handler } = route;
      route.handler = async function (request, reply) {
        enter();
        try {
          return (await handler.call(this, request, reply)) as unknown;
        } finally {
          leave();
        }
      };
    });
  }

  /** Resolves when no handler runs any more, at the latest 2 s after the time for draining. */
  async finish(): Promise<void> {
    this.stopping = true;
    if (await this.idleWithin(this.config.GATEWAY_DRAIN_SECONDS * 1_000)) return;
    for (const controller of this.open) controller.abort(new StoppingFault());
    await this.idleWithin(LAST_WORDS_MS);
  }

  private left(): void {
    this.running--;
    if (this.running === 0) this.ended?.();
  }

  private idleWithin(milliseconds: number): Promise<boolean> {
    if (this.running === 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), milliseconds);
      this.ended = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }
}
