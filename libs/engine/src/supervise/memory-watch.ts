/** The card is fuller than `share` without a break for `forMs`. */
export class MemoryWatch {
  private since: number | undefined;

  constructor(
    private readonly share: number,
    private readonly forMs: number,
  ) {}

  /** True once it has lasted; `at` is a monotonic reading. */
  see(share: number, at: number): boolean {
    if (share <= this.share) {
      this.since = undefined;
      return false;
    }
    this.since ??= at;
    return at - this.since >= this.forMs;
  }
}
