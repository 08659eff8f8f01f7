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
    const added: Span = { start, end, mark: start <= this.shownTo ? '' : REDACTION_MARK };
    const last = lastOf(spans);
    if (!last) {
      this.spans = [added];
      return;
    }
    if (last.end < start) {
      spans.push(added);
      return;
    }
    // Several words often match in one place.
    if (last.start <= start && last.end >= end) return;
    // Matches arrive almost in order: what they can touch is at the end of the list.
    const later: Span[] = [];
    for (let span = last as Span | undefined; span && span.end >= start; span = lastOf(spans)) {
      spans.pop();
      if (span.start > end) later.push(span);
      else join(added, span);
    }
    spans.push(added);
    for (const span of later.reverse()) spans.push(span);
  }

  /** Removes and returns the spans that begin before `limit`, to be shown now. */
  takeBefore(limit: number): readonly Span[] {
    const { spans } = this;
    let count = 0;
    for (const { start } of spans) {
      if (start >= limit) break;
      count++;
    }
    if (count === 0) return NONE;
    this.spans = count === spans.length ? [] : spans.splice(count);
    const end = lastOf(spans)?.end ?? -1;
    if (end > this.shownTo) this.shownTo = end;
    return spans;
  }
}

/** Not by an index that may be -1, or by `at`: both are slow calls. */
function lastOf(spans: readonly Span[]): Span | undefined {
  return spans.length === 0 ? undefined : spans[spans.length - 1];
}

function join(into: Span, span: Span): void {
  into.start = Math.min(into.start, span.start);
  into.end = Math.max(into.end, span.end);
  if (span.mark === '') into.mark = '';
}
