import type { Clock } from '@lorekeep/kit/clock';

/** How long a revoked key or a disabled owner may still be let in by a process that has just looked. */
export const KEY_CACHE_MS = 5_000;
export const KEY_CACHE_SIZE = 10_000;

/** Found keys by their hash, the least recently used making room. What was not found is not kept. */
export class KeyCache<T> {
  private readonly entries = new Map<string, { value: T; until: number }>();
  private readonly pending = new Map<string, Promise<T | null>>();

  constructor(
    private readonly clock: Clock,
    private readonly size = KEY_CACHE_SIZE,
  ) {}

  /** Requests at the same time share one look-up; its failure is everybody's and is not kept. */
  async get(hash: string, look: () => Promise<T | null>): Promise<T | null> {
    const entry = this.entries.get(hash);
    if (entry && entry.until > this.clock.monotonic()) {
      this.entries.delete(hash);
      this.entries.set(hash, entry);
      return entry.value;
    }
    this.entries.delete(hash);
    const shared = this.pending.get(hash);
    if (shared) return shared;
    const looking = this.fill(hash, look).finally(() => this.pending.delete(hash));
    this.pending.set(hash, looking);
    return looking;
  }

  /** Drops every entry for which `gone` holds: this process need not wait for its age. */
  forget(gone: (value: T) => boolean): void {
    for (const [hash, { value }] of this.entries) if (gone(value)) this.entries.delete(hash);
  }

  private async fill(hash: string, look: () => Promise<T | null>): Promise<T | null> {
    // The age counts from before the look-up: what it saw may have changed while it came back.
    const until = this.clock.monotonic() + KEY_CACHE_MS;
    const value = await look();
    if (value === null) return null;
    this.entries.set(hash, { value, until });
    const oldest = this.entries.keys().next().value;
    if (this.entries.size > this.size && oldest !== undefined) this.entries.delete(oldest);
    return value;
  }
}
