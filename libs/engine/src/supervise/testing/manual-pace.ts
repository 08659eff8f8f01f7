import type { Pace } from '../pace.js';

/** Time that goes on only where somebody sleeps: a sleep takes no real time, and the earliest sleeper wakes first. */
export class ManualPace implements Pace {
  private at = 0;
  private ahead = 0;
  private sleepers: { due: number; wake: () => void }[] = [];
  private moving = false;

  now(): number {
    return this.at + this.ahead;
  }

  /** The clock on the wall is set; no time goes by. */
  jump(milliseconds: number): void {
    this.ahead += milliseconds;
  }

  monotonic(): number {
    return this.at;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((wake) => {
      this.sleepers.push({ due: this.at + milliseconds, wake });
      signal?.addEventListener('abort', () => wake(), { once: true });
      this.move();
    });
  }

  /** Once nothing else can go on, the next sleeper's time has come. */
  private move(): void {
    if (this.moving) return;
    this.moving = true;
    setImmediate(() => {
      this.moving = false;
      this.sleepers.sort((a, b) => a.due - b.due);
      const next = this.sleepers.shift();
      if (!next) return;
      this.at = Math.max(this.at, next.due);
      next.wake();
      if (this.sleepers.length > 0) this.move();
    });
  }
}
