import { sentences } from '@lorekeep/kit/text';
import { citedNumbers } from './plain-text.js';

/** A sentence of an answer; offsets into the whole answer, in UTF-16 units. */
export interface Claim {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Numbers of the passages that it cites; none: it is not judged. */
  readonly cited: readonly number[];
}

/** A sentence that has not ended by then is taken as far as it is. */
export const CLAIM_UNITS_MAX = 4_000;
/** What can end a sentence: without one of them nothing can be complete. */
const END = /[.!?…。！？｡\n]/;
/** Room for the citations behind a full stop. */
const OPEN_UNITS = 48;
const LEADING_CITATIONS = /^(?:\s*[[【]\d{1,3}(?:\s?[,，、;]\s?\d{1,3})*(?:†[^】\]]*)?[\]】])+[.。]?/;
const OPEN_CITATION = /^\s*[[【][^\]】]{0,24}$/;
const FENCE = /^\s*(?:```|~~~)/;
/** Headings and rows of a table are no sentences. */
const LAYOUT = /^\s*(?:#{1,6}\s|\|)/;
const MARKER = /^\s*(?:>\s?)*(?:[-*+•·–]\s+|\(?\d{1,3}[.)、]\s+)?/;

/**
 * Reads the sentences of an answer while it is written: a sentence is complete when the next one has begun, because
 * its citations may stand behind its full stop. Code is left out.
 */
export class ClaimReader {
  private held = '';
  private base = 0;
  private inCode = false;
  private mayEnd = false;

  /** Where the text begins that no sentence has been made of yet. */
  get settled(): number {
    return this.base;
  }

  push(text: string): Claim[] {
    this.held += text;
    this.mayEnd ||= END.test(text);
    if (!this.mayEnd && this.held.length < CLAIM_UNITS_MAX) return [];
    return this.take(this.held.length >= CLAIM_UNITS_MAX);
  }

  end(): Claim[] {
    return this.take(true);
  }

  private take(last: boolean): Claim[] {
    const spans = this.spans();
    const rest = spans.at(-1);
    const complete = last ? spans : spans.slice(0, -1);
    if (!last && rest && OPEN_CITATION.test(this.held.slice(rest.start))) complete.pop();
    const claims = complete.flatMap(({ start, end }) => this.claimOf(start, end));
    const until = last ? this.held.length : (complete.at(-1)?.end ?? 0);
    this.held = this.held.slice(until);
    this.base += until;
    // An end that is long past was none: `e.g.`.
    this.mayEnd = END.test(this.held.slice(-OPEN_UNITS));
    return claims;
  }

  /** Sentences with the citations that follow them. */
  private spans(): { start: number; end: number }[] {
    const spans: { start: number; end: number }[] = [];
    for (const { start, end } of sentences(this.held)) {
      const leading = LEADING_CITATIONS.exec(this.held.slice(start, end))?.[0].length ?? 0;
      const before = spans.at(-1);
      if (leading > 0 && before && !this.inCode) before.end = start + leading;
      if (leading === 0 || !before) spans.push({ start, end });
      else if (start + leading < end)
        spans.push({ start: start + leading + this.blanksAt(start + leading), end });
    }
    return spans;
  }

  private blanksAt(at: number): number {
    return /^\s*/.exec(this.held.slice(at, at + 8))?.[0].length ?? 0;
  }

  private claimOf(start: number, end: number): Claim[] {
    const text = this.held.slice(start, end);
    if (FENCE.test(text)) {
      const closes = text.match(/^\s*(?:```|~~~)/gm)?.length ?? 1;
      if (closes % 2 === 1) this.inCode = !this.inCode;
      return [];
    }
    if (this.inCode || LAYOUT.test(text)) return [];
    const cited = citedNumbers(text);
    if (cited.length === 0) return [];
    const marker = MARKER.exec(text)?.[0].length ?? 0;
    const from = this.base + start + marker;
    return [{ start: from, end: this.base + end, text: text.slice(marker), cited }];
  }
}
