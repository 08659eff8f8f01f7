import type { MatchCursor } from '@lorekeep/kit/matching';
import type { WordTable } from './compile-word-table.js';
import { RedactedSpans } from './redacted-spans.js';
import { ScannerFault } from './scanner.errors.js';
import type { ScanHit, ScanStep } from './stream-scanner.js';

/**
 * Scans one text that arrives in pieces. Positions are UTF-16 units from its beginning:
 *
 *     0 … shown … | held back … | position
 *
 * The border is the first position that a continuation could make part of a match (see DESIGN.md).
 */
export class ChannelScanner {
  private readonly cursor: MatchCursor;
  private readonly spans = new RedactedSpans();
  /** Text from `base` on; what is before it has been shown or replaced. */
  private text = '';
  private base = 0;
  private hits: ScanHit[] = [];
  private stopped: ScanHit | undefined;
  private ended = false;

  constructor(
    private readonly channel: string,
    private readonly table: WordTable,
  ) {
    this.cursor = table.matcher.cursor();
  }

  /** UTF-16 units held back. */
  get held(): number {
    return this.text.length;
  }

  push(chunk: string): ScanStep {
    if (this.ended) throw new ScannerFault('SCANNER_MISUSED', new Error('text after the end of a channel'));
    this.text += chunk;
    this.cursor.feed(chunk, this.onMatch);
    return this.step();
  }

  end(): ScanStep {
    this.ended = true;
    this.cursor.finish(this.onMatch);
    return this.step();
  }

  private readonly onMatch = (entry: number, start: number, end: number): boolean => {
    const word = this.table.words[entry];
    if (!word) throw new RangeError('match of an unknown word');
    const hit: ScanHit = {
      channel: this.channel,
      wordId: word.id,
      category: word.category,
      action: word.action,
      start,
      end,
    };
    this.hits.push(hit);
    if (word.action === 'redact') this.spans.add(start, end);
    if (word.action !== 'stop') return false;
    // Several words may end with the same character: the one that begins first decides.
    if (!this.stopped || start < this.stopped.start) this.stopped = hit;
    return true;
  };

  private step(): ScanStep {
    const hits = this.hits;
    this.hits = [];
    const undecided = this.cursor.undecidedFrom();
    if (!this.stopped) return { release: this.releaseUpTo(undecided), hits };
    const release = this.releaseUpTo(Math.min(undecided, this.stopped.start));
    this.text = '';
    return { release, hits, stopped: this.stopped };
  }

  /** Shows everything before `limit`, redactions that begin before it included. */
  private releaseUpTo(limit: number): string {
    if (limit <= this.base && this.spans.empty) return '';
    let shown = '';
    let at = this.base;
    for (const span of this.spans.takeBefore(limit)) {
      if (span.start > at) shown += this.text.slice(at - this.base, span.start - this.base);
      shown += span.mark;
      at = Math.max(at, span.end);
    }
    if (limit > at) {
      shown += this.text.slice(at - this.base, limit - this.base);
      at = limit;
    }
    this.text = this.text.slice(at - this.base);
    this.base = at;
    return shown;
  }
}
