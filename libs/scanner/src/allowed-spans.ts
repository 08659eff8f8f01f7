import type { Span } from './table-readers.js';

/** Exceptions found in a text. A look-up takes the logarithm of their number: a text may be full of them. */
export class AllowedSpans {
  private spans: Span[] = [];
  /** For each span, in order of starts: the furthest end up to it. Empty: to be made. */
  private ends: number[] = [];

  add(start: number, end: number): void {
    this.spans.push({ start, end });
    this.ends = [];
  }

  /** Whether one of them contains the whole of `found`. */
  covers(found: Span): boolean {
    if (this.spans.length === 0) return false;
    if (this.ends.length === 0) this.order();
    let low = 0;
    let high = this.spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.spans[middle]?.start ?? Infinity) <= found.start) low = middle + 1;
      else high = middle;
    }
    return (this.ends[low - 1] ?? -1) >= found.end;
  }

  /** Keeps those that end after `from` and not after `to`. */
  keep(from: number, to = Infinity): void {
    if (this.spans.length === 0) return;
    const kept = this.spans.filter(({ end }) => end > from && end <= to);
    if (kept.length === this.spans.length) return;
    this.spans = kept;
    this.ends = [];
  }

  private order(): void {
    this.spans.sort((a, b) => a.start - b.start);
    let furthest = -1;
    this.ends = this.spans.map(({ end }) => (furthest = Math.max(furthest, end)));
  }
}
