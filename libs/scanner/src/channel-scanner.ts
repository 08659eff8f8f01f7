import { foldsIn } from '@lorekeep/kit/matching';
import type { PreparedTable } from './prepare-table.js';
import { RedactedSpans } from './redacted-spans.js';
import { ScannerFault } from './scanner.errors.js';
import type { OnHit, ScanHit, ScanStep } from './stream-scanner.js';
import { TableReaders, type Found } from './table-readers.js';

/** Text before the held that is kept, so that readers can begin again there: more than any of them looks back. */
const CONTEXT = 1_024;
/** Context is cut when there is so much of it, not at every step. */
const CONTEXT_SLACK = 4_096;

/** How far behind what is shown a word that is only recorded may end before it is certain: exceptions are kept for it. */
const WAITING = 256;
const PRIVATE_KEY = 'secret.private-key';

/** What was found by a point of the text, decided as far as exceptions let it be. */
interface Decided {
  readonly accepted: readonly Found[];
  readonly pending: readonly Found[];
  readonly stop: Found | undefined;
}

const NO_SPANS: ReturnType<RedactedSpans['takeBefore']> = [];
const NOTHING: Decided = { accepted: [], pending: [], stop: undefined };

/**
 * Scans one text that arrives in pieces. Positions are UTF-16 units from its beginning:
 *
 *     0 … shown … | held back … | position
 *
 * The border is the first position that a continuation could make part of a match (see DESIGN.md).
 */
export class ChannelScanner {
  private readers: TableReaders;
  private readonly spans = new RedactedSpans();
  /** Text from `base` on; what is before it has been shown or replaced. */
  private text = '';
  private base = 0;
  /** The text before `base`, as much as readers look back; apart, because joining would copy it again and again. */
  private context = '';
  private last = 0;
  private position = 0;
  /** Matches that an exception may still cover. */
  private pending: readonly Found[] = [];
  private found: Found[] = [];
  private hits: ScanHit[] = [];
  private stopped: ScanHit | undefined;
  private ended = false;
  /** What is being swallowed, which is reported again and again: one hit. */
  private swallowed = '';

  constructor(
    private readonly channel: string,
    private readonly prepared: PreparedTable,
    private readonly onHit?: OnHit,
  ) {
    this.readers = new TableReaders(prepared, 0);
  }

  /** UTF-16 units held back. */
  get held(): number {
    return this.position - this.base;
  }

  push(chunk: string): ScanStep {
    if (this.ended) throw new ScannerFault('SCANNER_MISUSED', new Error('text after the end of a channel'));
    // What was swallowed is not kept, so readers could not begin again in it.
    if (this.prepared.canStop && this.readers.swallowing) return this.pushSlowly(chunk);
    const { text, position, last } = this;
    this.arrive(chunk);
    this.readers.feed(chunk, this.take);
    const decided = this.decide();
    if (!decided.stop) return this.step(decided);
    Object.assign(this, { text, position, last });
    this.begin();
    return this.pushSlowly(chunk);
  }

  end(): ScanStep {
    this.ended = true;
    this.readers.finish(this.take);
    return this.step(this.decide());
  }

  /** Unit by unit: a stop ends the text at the character that made it certain, however the text was cut. */
  private pushSlowly(chunk: string): ScanStep {
    let release = '';
    const hits: ScanHit[] = [];
    for (let i = 0; i < chunk.length; i++) {
      const unit = chunk.charAt(i);
      this.arrive(unit);
      this.readers.feed(unit, this.take);
      const step = this.step(this.decide());
      release += step.release;
      hits.push(...step.hits);
      if (step.stopped) return { release, hits, stopped: step.stopped };
    }
    return { release, hits };
  }

  /** New readers at the same place: they read again what is kept, and say nothing of it. */
  private begin(): void {
    const { allowed } = this.readers;
    allowed.keep(this.base - WAITING, this.position);
    this.readers = new TableReaders(this.prepared, this.base - this.context.length, allowed);
    this.readers.feed(this.context + this.text, () => undefined);
  }

  private arrive(chunk: string): void {
    this.text += chunk;
    this.position += chunk.length;
    if (chunk !== '') this.last = chunk.charCodeAt(chunk.length - 1);
  }

  private readonly take = (found: Found): void => void this.found.push(found);

  private decide(): Decided {
    if (this.found.length === 0 && this.pending.length === 0) return NOTHING;
    const found = this.pending.length === 0 ? this.found : [...this.pending, ...this.found];
    this.found = [];
    const { allowed } = this.readers;
    const from = this.ended ? Infinity : this.readers.allowableFrom();
    const accepted: Found[] = [];
    const pending: Found[] = [];
    let stop: Found | undefined;
    for (const one of found) {
      // Withheld before its end is known, so no exception can be known to cover it.
      if (one.category !== PRIVATE_KEY) {
        if (allowed.covers(one)) continue;
        if (from <= one.start) {
          pending.push(one);
          continue;
        }
      }
      accepted.push(one);
      // Several matches may end with the same character: the one that begins first decides.
      if (one.action === 'stop' && (!stop || one.start < stop.start)) stop = one;
    }
    return { accepted, pending, stop };
  }

  private step({ accepted, pending, stop }: Decided): ScanStep {
    this.pending = pending;
    for (const found of accepted) this.accept(found, found === stop);
    const hits = this.hits;
    this.hits = [];
    let undecided = this.ended ? this.position : Math.min(this.readers.undecidedFrom(), this.arrived());
    for (const one of pending) if (one.action !== 'log') undecided = Math.min(undecided, one.start);
    if (!this.stopped) return { release: this.releaseUpTo(undecided), hits };
    const release = this.releaseUpTo(Math.min(undecided, this.stopped.start));
    this.text = '';
    this.base = this.position;
    return { release, hits, stopped: this.stopped };
  }

  /** Where the text ends without the first half of a character, which is nothing that could be shown. */
  private arrived(): number {
    return this.last >= 0xd800 && this.last <= 0xdbff ? this.position - 1 : this.position;
  }

  private accept(found: Found, stops: boolean): void {
    const { ruleId, category, action, start, end, unit } = found;
    if (action === 'redact') this.spans.add(start, end);
    if (unit === null) {
      const place = `${ruleId} ${start}`;
      if (this.swallowed === place) return;
      if (this.readers.swallows(found)) this.swallowed = place;
    }
    const { severity } = this.prepared.table.policy.of(category);
    const folds = foldsIn(found.folds);
    const hit: ScanHit = { channel: this.channel, ruleId, category, severity, action, start, end, folds };
    this.hits.push(hit);
    if (stops) this.stopped = hit;
    this.onHit?.({ ...hit, original: unit === null ? '' : this.original(start, end) });
  }

  /** A recorded word may have been shown in part before it was certain. */
  private original(start: number, end: number): string {
    const from = this.base - this.context.length;
    return (this.context + this.text).slice(Math.max(0, start - from), end - from);
  }

  /** Shows everything before `limit`, redactions that begin before it included. */
  private releaseUpTo(limit: number): string {
    if (limit <= this.base && this.spans.empty) return '';
    let shown = '';
    let at = this.base;
    const spans = this.spans.empty ? NO_SPANS : this.spans.takeBefore(limit);
    for (const span of spans) {
      if (span.start > at) shown += this.text.slice(at - this.base, span.start - this.base);
      shown += span.mark;
      at = Math.max(at, span.end);
    }
    if (limit > at) {
      shown += this.text.slice(at - this.base, limit - this.base);
      at = limit;
    }
    this.forget(at - this.base);
    return shown;
  }

  /** The first `count` units of the held text are done with. */
  private forget(count: number): void {
    this.context = this.readers.swallowing ? '' : this.context + this.text.slice(0, count);
    if (this.context.length > CONTEXT + CONTEXT_SLACK) this.context = this.context.slice(-CONTEXT);
    this.text = this.text.slice(count);
    this.base += count;
    this.readers.allowed.keep(this.base - WAITING);
  }
}
