/** What stands for redacted text, whatever its length: the length of a secret is part of it. */
export const REDACTION_MARK = '▇▇▇';

interface Span {
  start: number;
  end: number;
  /** Empty where the span only continues a mark that has been shown. */
  mark: string;
}

const NONE: readonly Span[] = [];

/**
 * The redactions of a text that have not been shown yet, in order and apart from each other.
 * Spans that overlap or touch become one, also with the last one shown, and get one mark.
 */
export class RedactedSpans {
  private spans: Span[] = [];
  /** End of the last span shown. */
  private shownTo = -1;

  get empty(): boolean {
    return this.spans.length === 0;
  }

  add(start: number, end: number): void {
    const { spans } = this;
    const last = spans.at(-1);
    if (!last || last.end < start) {
      spans.push({ start, end, mark: start <= this.shownTo ? '' : REDACTION_MARK });
      return;
    }
    // Several words often match in one place.
    if (last.start <= start && last.end >= end) return;
    const merged: Span = { start, end, mark: start <= this.shownTo ? '' : REDACTION_MARK };
    // Matches arrive almost in order: what they can touch is at the end of the list.
    let first = this.spans.length;
    while ((this.spans[first - 1]?.end ?? -1) >= start) first--;
    let next = first;
    for (let span = this.spans[next]; span && span.start <= end; span = this.spans[++next]) {
      merged.start = Math.min(merged.start, span.start);
      merged.end = Math.max(merged.end, span.end);
      if (span.mark === '') merged.mark = '';
    }
    this.spans.splice(first, next - first, merged);
  }

  /** Removes and returns the spans that begin before `limit`, to be shown now. */
  takeBefore(limit: number): readonly Span[] {
    let count = 0;
    while ((this.spans[count]?.start ?? limit) < limit) count++;
    if (count === 0) return NONE;
    const taken = this.spans;
    this.spans = count === taken.length ? [] : taken.splice(count);
    this.shownTo = Math.max(this.shownTo, taken.at(-1)?.end ?? -1);
    return taken;
  }
}
