import { foldEntries, foldsIn } from '@lorekeep/kit/matching';
import { joinPiece, KeptText } from '@lorekeep/kit/text';
import type { PreparedTable } from './prepare-table.js';
import { RedactedSpans } from './redacted-spans.js';
import type { CompiledUnit } from './scan-table.js';
import { ScannerFault } from './scanner.errors.js';
import type { HitText, OnHit, ScanHit, ScanStep } from './stream-scanner.js';
import { TableReaders, type Found } from './table-readers.js';

/** Text before the held that is kept, so that readers can begin again there: more than any of them looks back. */
const CONTEXT = 1_024;
/** Shorter texts are not joined, see joinPiece. */
const JOINED = 256;
/** Context is cut when there is so much of it, not at every step. */
const CONTEXT_SLACK = 4_096;

/** So much text waits at most until exceptions are looked for in it: some 50 µs of work, and most answers are shorter. */
const UNREAD_LIMIT = 4_096;

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
/** Of what a detector found nothing is handed on. */
const NO_TEXT: HitText = Object.freeze({ original: '', folded: '' });
const NO_HITS: readonly ScanHit[] = Object.freeze([]);
const NO_FOUND: Found[] = [];
/** What most steps are while something is held back. */
const NOTHING: ScanStep = Object.freeze({ release: '', hits: NO_HITS });

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
  /** Text up to `position`, from as far before `base` as readers look back: for them, whoever begins there, and operators. */
  private readonly recent = new KeptText();
  private last = 0;
  private position = 0;
  /** Matches that an exception may still cover. */
  private pending: readonly Found[] = [];
  private found = NO_FOUND;
  private stopped: ScanHit | undefined;
  private ended = false;
  /** Where text was swallowed last; at first nowhere near. */
  private swallowedTo = -CONTEXT;

  constructor(
    private readonly channel: string,
    private readonly prepared: PreparedTable,
    private readonly onHit?: OnHit,
  ) {
    this.readers = new TableReaders(prepared, 0, this.take, this.recent);
  }

  /** UTF-16 units held back. */
  get held(): number {
    return this.position - this.base;
  }

  push(chunk: string): ScanStep {
    if (this.ended) throw new ScannerFault('SCANNER_MISUSED', new Error('text after the end of a channel'));
    if (this.prepared.canStop && this.isNearSwallowed()) return this.pushSlowly(chunk);
    const { text, position, last } = this;
    const { length } = chunk;
    this.arrive(chunk, length);
    const undecided = this.readers.feed(chunk, length);
    if (this.found.length === 0 && this.pending.length === 0) return this.pass(undecided);
    const decided = this.decide();
    if (!decided.stop) return this.step(decided, this.withinArrived(undecided));
    this.readExceptions();
    this.text = text;
    this.position = position;
    this.last = last;
    this.recent.dropFrom(position);
    this.begin();
    const step = this.pushSlowly(chunk);
    if (!step.stopped) throw new ScannerFault('SCANNER_UNAVAILABLE', new Error('a stop was not found again'));
    return step;
  }

  /** What was swallowed is not kept: readers could not begin again in it, nor where they would look back into it. */
  private isNearSwallowed(): boolean {
    if (this.readers.swallowing) this.swallowedTo = this.position;
    return this.position - this.swallowedTo < CONTEXT;
  }

  end(): ScanStep {
    this.ended = true;
    this.readers.finish();
    return this.step(this.decide(), this.position);
  }

  /** Unit by unit: a stop ends the text at the character that made it certain, however the text was cut. */
  private pushSlowly(chunk: string): ScanStep {
    let release = '';
    const hits: ScanHit[] = [];
    for (let i = 0; i < chunk.length; i++) {
      const unit = chunk.charAt(i);
      this.arrive(unit, 1);
      const undecided = this.readers.feed(unit, 1);
      if (this.readers.swallowing) this.swallowedTo = this.position;
      const step = this.step(this.decide(), this.withinArrived(undecided));
      release += step.release;
      for (const hit of step.hits) hits.push(hit);
      if (step.stopped) return { release, hits, stopped: step.stopped };
    }
    return { release, hits };
  }

  /** New readers at the same place: they read again what is kept, and say nothing of it. */
  private begin(): void {
    const { allowed } = this.readers;
    const { recent } = this;
    allowed.keep(this.base - WAITING, this.position);
    this.readers = new TableReaders(this.prepared, recent.start, this.take, recent, allowed);
    this.readers.feed(recent.slice(recent.start, recent.end));
    this.found = NO_FOUND;
  }

  private readExceptions(): void {
    const { readers, recent } = this;
    readers.readExceptions(readers.unread === 0 ? '' : recent.slice(recent.end - readers.unread, recent.end));
  }

  private arrive(chunk: string, length: number): void {
    if (this.readers.unread > UNREAD_LIMIT) this.readExceptions();
    if (length === 0) return;
    const held = this.position - this.base;
    if (held === 0) this.text = chunk;
    // Mostly so few units that nothing is to be joined, and that is known without asking the texts.
    else this.text = held + length < JOINED ? this.text + chunk : joinPiece(this.text, chunk);
    this.recent.add(chunk, length);
    this.position += length;
    this.last = chunk.charCodeAt(length - 1);
  }

  private readonly take = (found: Found): void => {
    // Mostly there is one: pushing to an empty array makes room for 17.
    if (this.found.length === 0) this.found = [found];
    else this.found.push(found);
  };

  private decide(): Decided {
    const found = this.pending.length === 0 ? this.found : [...this.pending, ...this.found];
    this.found = NO_FOUND;
    if (areSettled(found)) return { accepted: found, pending: NONE, stop: firstStop(found) };
    this.readExceptions();
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

  /** Nothing was found, and nothing waits to be decided. */
  private pass(undecided: number): ScanStep {
    const release = this.releaseUpTo(this.withinArrived(undecided));
    return release === '' ? NOTHING : { release, hits: NO_HITS };
  }

  private withinArrived(undecided: number): number {
    const arrived = this.arrived();
    // Compared by hand: Math.min makes the engine reckon in floating point.
    return undecided < arrived ? undecided : arrived;
  }

  private step({ accepted, pending, stop }: Decided, before: number): ScanStep {
    this.pending = pending;
    let hits: ScanHit[] = [];
    for (const found of accepted) {
      const hit = this.accept(found, found === stop);
      if (!hit) continue;
      if (hits.length === 0) hits = [hit];
      else hits.push(hit);
    }
    let undecided = before;
    for (const one of pending) if (one.action !== 'log' && one.start < undecided) undecided = one.start;
    if (!this.stopped) return { release: this.releaseUpTo(undecided), hits };
    const release = this.releaseUpTo(Math.min(undecided, this.stopped.start));
    this.text = '';
    this.base = this.position;
    this.recent.dropBefore(this.position);
    return { release, hits, stopped: this.stopped };
  }

  /** Where the text ends without the first half of a character, which is nothing that could be shown. */
  private arrived(): number {
    return this.last >= 0xd800 && this.last <= 0xdbff ? this.position - 1 : this.position;
  }

  private accept(found: Found, stops: boolean): ScanHit | undefined {
    const { ruleId, category, severity, action, start, end, unit, open } = found;
    if (action === 'redact') this.spans.add(start, end);
    // Reported again and again, and recorded once: with its end, whatever the pieces were.
    if (open && action !== 'stop') return undefined;
    const folds = found.folds === 0 ? NO_FOLDS : foldsIn(found.folds);
    const hit: ScanHit = { channel: this.channel, ruleId, category, severity, action, start, end, folds };
    if (stops) this.stopped = hit;
    if (!this.onHit) return hit;
    const text =
      unit === null
        ? NO_TEXT
        : { original: this.original(start, end), folded: foldedEntry(unit, found.entry) };
    this.onHit({ ...hit, ...text });
    return hit;
  }

  /** A recorded word may have been shown in part before it was certain. */
  private original(start: number, end: number): string {
    return this.recent.slice(start, end);
  }

  /** Shows everything before `limit`, redactions that begin before it included. */
  private releaseUpTo(limit: number): string {
    const { base, text } = this;
    if (this.spans.empty) {
      if (limit <= base) return '';
      this.forget(limit - base);
      return limit === this.position ? text : text.slice(0, limit - base);
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
    this.base += count;
    this.text = this.base === this.position ? '' : this.text.slice(count);
    const { readers, recent } = this;
    if (readers.swallowing) {
      this.readExceptions();
      recent.dropBefore(this.base);
    } else if (this.base - recent.start > CONTEXT + CONTEXT_SLACK) {
      // What is redacted may be shown as its mark although something within it is undecided.
      const undecided = Math.min(this.base, readers.undecidedFrom());
      recent.dropBefore(Math.min(undecided - CONTEXT, this.position - readers.unread));
    }
    readers.allowed.keep(this.base - WAITING);
  }
}

function areSettled(found: readonly Found[]): boolean {
  for (const { settled } of found) if (!settled) return false;
  return true;
}

/** Several matches may end with the same character: the one that begins first decides. */
function firstStop(found: readonly Found[]): Found | undefined {
  let stop: Found | undefined;
  for (const one of found) if (one.action === 'stop' && (!stop || one.start < stop.start)) stop = one;
  return stop;
}

/** What readers compared with, whatever folds led from the text to it. */
function foldedEntry({ matcher }: CompiledUnit, entry: number): string {
  return foldEntries(matcher.entries.slice(entry, entry + 1), matcher.fold).textOf(0);
}
