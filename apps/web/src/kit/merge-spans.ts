export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Stretches of a text in order and apart: those that overlap become one. Those that are none of it are left out. */
export function mergeSpans(spans: readonly Span[], length: number): Span[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start < 0 || end > length || end <= start) continue;
    const last = merged.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}
