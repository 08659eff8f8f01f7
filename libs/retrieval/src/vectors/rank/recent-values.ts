import type { Clock } from '@lorekeep/kit/clock';

/** Values that may be a little old, by key, the least recently made first out. What fails is not kept. */
export class RecentValues<T> {
  private readonly values = new Map<string, { readonly at: number; readonly value: Promise<T> }>();

  constructor(
    private readonly clock: Clock,
    private readonly ageMs: number,
    private readonly max: number,
  ) {}

  get(key: string, make: () => Promise<T>): Promise<T> {
    const now = this.clock.monotonic();
    const held = this.values.get(key);
    if (held && now - held.at <= this.ageMs) return held.value;
    const entry = { at: now, value: make() };
    this.values.delete(key);
    this.values.set(key, entry);
    entry.value.catch(() => {
      if (this.values.get(key) === entry) this.values.delete(key);
    });
    if (this.values.size > this.max) this.values.delete(this.values.keys().next().value ?? key);
    return entry.value;
  }
}
