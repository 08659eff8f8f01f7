import { REDACTION_MARK } from './redacted-spans.js';
import type { ScannedText } from './scan-text.js';

/**
 * From an offset of a text to the offset of what `scanText` shows of it, both in UTF-16 units. What lies within a
 * redaction is at the end of its mark, what lies behind a stop at the end of the text.
 */
export function placesAfterScan({
  text,
  hits,
}: Pick<ScannedText, 'hits'> & { readonly text: { readonly length: number } }): (offset: number) => number {
  const spans: { start: number; end: number }[] = [];
  const redacted = hits.filter(({ action }) => action === 'redact').sort((a, b) => a.start - b.start);
  for (const { start, end } of redacted) {
    const last = spans.at(-1);
    // Redactions that touch are shown as one mark.
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else spans.push({ start, end });
  }
  return (offset) => {
    let shorter = 0;
    for (const { start, end } of spans) {
      if (offset <= start) break;
      if (offset < end) return Math.min(start - shorter + REDACTION_MARK.length, text.length);
      shorter += end - start - REDACTION_MARK.length;
    }
    return Math.min(offset - shorter, text.length);
  };
}
