import { foldsIn } from '@lorekeep/kit/matching';
import { joinPiece } from '@lorekeep/kit/text';
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

/** What was found by a point of the text, decided as far as exceptions let it be. */
interface Decided {
  readonly accepted: readonly Found[];
  readonly pending: readonly Found[];
  readonly stop: Found | undefined;
}

const NONE: readonly Found[] = [];
const NO_FOLDS: readonly string[] = [];
const NOTHING: Decided = { accepted: NONE, pending: NONE, stop: undefined };

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
  /** Text up to `position`, from as far before `base` as readers look back; joined by piece, read at a stop alone. */
  private recent = '';
  private last = 0;
  private position = 0;
  /** Matches that an exception may still cover. */
  private pending: readonly Found[] = [];
  private found: Found[] = [];
  private hits: ScanHit[] = [];
  private stopped: ScanHit | undefined;
  private ended = false;

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
    const { text, recent, position, last } = this;
    this.arrive(chunk);
    this.readers.feed(chunk, this.take);
    const decided = this.decide();
    if (!decided.stop) return this.step(decided);
    Object.assign(this, { text, recent, position, last });
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
    this.readers.readExceptions();
    allowed.keep(this.base - WAITING, this.position);
    this.readers = new TableReaders(this.prepared, this.position - this.recent.length, allowed);
    this.readers.feed(this.recent, () => undefined);
  }

  private arrive(chunk: string): void {
    this.text = joinPiece(this.text, chunk);
    this.recent = joinPiece(this.recent, chunk);
    this.position += chunk.length;
    if (chunk !== '') this.last = chunk.charCodeAt(chunk.length - 1);
  }

  private readonly take = (found: Found): void => void this.found.push(found);

  private decide(): Decided {
    if (this.found.length === 0 && this.pending.length === 0) return NOTHING;
    const found = this.pending.length === 0 ? this.found : [...this.pending, ...this.found];
    this.found = [];
    if (found.every(({ settled }) => settled))
      return { accepted: found, pending: NONE, stop: firstStop(found) };
    this.readers.readExceptions();
    const { allowed } = this.readers;
    const from = this.ended ? Infinity : this.readers.allowableFrom();
    const accepted: Found[] = [];
    const pending: Found[] = [];
    for (const one of found) {
      if (one.settled) accepted.push(one);
      else if (allowed.covers(one)) continue;
      else if (from <= one.start) pending.push(one);
      else accepted.push(one);
    }
    return { accepted, pending, stop: firstStop(accepted) };
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
    this.text = this.recent = '';
    this.base = this.position;
    return { release, hits, stopped: this.stopped };
  }

  /** Where the text ends without the first half of a character, which is nothing that could be shown. */
  private arrived(): number {
    return this.last >= 0xd800 && this.last <= 0xdbff ? this.position - 1 : this.position;
  }

  private accept(found: Found, stops: boolean): void {
    const { ruleId, category, severity, action, start, end, unit, open } = found;
    if (action === 'redact') this.spans.add(start, end);
    // Reported again and again, and recorded once: with its end, whatever the pieces were.
    if (open && action !== 'stop') return;
    const folds = found.folds === 0 ? NO_FOLDS : foldsIn(found.folds);
    const hit: ScanHit = { channel: this.channel, ruleId, category, severity, action, start, end, folds };
    this.hits.push(hit);
    if (stops) this.stopped = hit;
    this.onHit?.({ ...hit, original: unit === null ? '' : this.original(start, end) });
  }

  /** A recorded word may have been shown in part before it was certain. */
  private original(start: number, end: number): string {
    const from = this.position - this.recent.length;
    return this.recent.slice(Math.max(0, start - from), end - from);
  }

  /** Shows everything before `limit`, redactions that begin before it included. */
  private releaseUpTo(limit: number): string {
    const { base, text } = this;
    if (this.spans.empty) {
      if (limit <= base) return '';
      this.forget(limit - base);
      return limit - base === text.length ? text : text.slice(0, limit - base);
    }
    let shown = '';
    let at = base;
    for (const span of this.spans.takeBefore(limit)) {
      if (span.start > at) shown += text.slice(at - base, span.start - base);
      shown += span.mark;
      at = Math.max(at, span.end);
    }
    if (limit > at) {
      shown += text.slice(at - base, limit - base);
      at = limit;
    }
    if (at > base) this.forget(at - base);
    return shown;
  }

  /** The first `count` units of the held text are done with. */
  private forget(count: number): void {
    this.text = count === this.text.length ? '' : this.text.slice(count);
    this.base += count;
    const { readers } = this;
    const held = this.text.length;
    if (readers.swallowing) this.recent = this.text;
    else if (this.recent.length - held > CONTEXT + CONTEXT_SLACK)
      this.recent = this.recent.slice(-CONTEXT - held);
    readers.allowed.keep(this.base - WAITING);
  }
}

/** Several matches may end with the same character: the one that begins first decides. */
function firstStop(found: readonly Found[]): Found | undefined {
  let stop: Found | undefined;
  for (const one of found) if (one.action === 'stop' && (!stop || one.start < stop.start)) stop = one;
  return stop;
}
