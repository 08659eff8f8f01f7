import type { Hit } from './inspect-text.js';

export interface Redaction {
  readonly placeholder: string;
  readonly original: string;
}

const PLACEHOLDER = /⟦([a-z-]{1,40}):(\d{1,6})⟧/g;

/** Replaces what is found by numbered placeholders; the same original has the same placeholder in all texts. */
export class Redactor {
  private readonly byOriginal = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  /** `texts`: all that are to be redacted. A placeholder that stands in one already is another secret's. */
  constructor(texts: readonly string[]) {
    for (const text of texts)
      for (const [, category = '', number] of text.matchAll(PLACEHOLDER))
        this.counts.set(category, Math.max(this.counts.get(category) ?? 0, Number(number)));
  }

  /** The text without the hits' spans, which may touch or overlap. */
  redact(text: string, hits: readonly Hit[]): string {
    let out = '';
    let from = 0;
    for (const hit of [...hits].sort((a, b) => a.start - b.start || b.end - a.end)) {
      if (hit.end <= from) continue;
      const start = Math.max(hit.start, from);
      out += text.slice(from, start) + this.placeholder(hit.category, text.slice(start, hit.end));
      from = hit.end;
    }
    return out + text.slice(from);
  }

  /** Placeholders with what they stand for: for the path alone, never for a log, a record or a model. */
  redactions(): Redaction[] {
    return [...this.byOriginal].map(([original, placeholder]) => ({ placeholder, original }));
  }

  private placeholder(category: string, original: string): string {
    const known = this.byOriginal.get(original);
    if (known !== undefined) return known;
    const number = (this.counts.get(category) ?? 0) + 1;
    this.counts.set(category, number);
    const placeholder = `⟦${category}:${number}⟧`;
    this.byOriginal.set(original, placeholder);
    return placeholder;
  }
}
