import type { Replicas } from './replicas.js';
import type { Replica } from './replica.js';

/** How often it is looked which open replica is due for its check, in milliseconds. */
const ROUND_MS = 100;
/** Gateways that were started together must not ask together. */
const JITTER = 0.2;

/** Looks after every replica every `interval` milliseconds, and sooner after those that are left alone. */
export class WatchReplicas {
  private timer: NodeJS.Timeout | undefined;
  private readonly nextAt = new WeakMap<Replica, number>();

  constructor(
    private readonly replicas: Replicas,
    private readonly interval: number,
    private readonly onLooked: () => void,
  ) {}

  start(): void {
    this.round();
    this.timer = setInterval(() => this.round(), ROUND_MS);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private round(): void {
    const now = performance.now();
    for (const replica of this.replicas.all) {
      const { state } = replica.breaker;
      const due = state === 'open' ? replica.breaker.isDue() : now >= (this.nextAt.get(replica) ?? 0);
      if (!due || state === 'half-open') continue;
      this.nextAt.set(replica, now + this.interval * (1 - JITTER + 2 * JITTER * Math.random()));
      void this.replicas.check(replica).then(this.onLooked);
    }
  }
}
