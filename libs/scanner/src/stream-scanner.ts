import type { ScanAction, Severity } from '@lorekeep/contracts';
import { ChannelScanner } from './channel-scanner.js';
import { prepareTable, type PreparedTable } from './prepare-table.js';
import type { ScanTable } from './scan-table.js';
import { ScannerFault } from './scanner.errors.js';

/** One match; offsets are UTF-16 units of the channel's original text. Never the text itself: hits are logged. */
export interface ScanHit {
  readonly channel: string;
  /** A word's id, `list:<id>:<index>`, `tier:<n>` or `detector:<kind>`. */
  readonly ruleId: string;
  readonly category: string;
  readonly severity: Severity;
  readonly action: ScanAction;
  readonly start: number;
  readonly end: number;
  /** Contextual folds that were needed, by name. */
  readonly folds: readonly string[];
}

/** Told of every hit with its text in both forms (empty for detectors): for the operator's view alone. */
export type OnHit = (detail: ScanHit & HitText) => void;

export interface HitText {
  /** The slice of the original that matched. */
  readonly original: string;
  /** What it was read as: the folded text of the entry. */
  readonly folded: string;
}

export interface ScanStep {
  /** Text that may be shown now. */
  readonly release: string;
  /** Matches that became certain in this step. */
  readonly hits: readonly ScanHit[];
  /** Set from the step on that met a word of action `stop`: the answer is over. */
  readonly stopped?: ScanHit;
}

/** Channels of one answer: content, reasoning, tool arguments, each for up to 128 choices and calls. */
export const CHANNEL_LIMIT = 1024;

/**
 * Scans one answer while it is written. Every channel that reaches the caller is a text of its own;
 * a stop in one of them ends all. A scanner that threw has failed for good and releases nothing more.
 */
export class StreamScanner {
  private readonly channels = new Map<string, ChannelScanner>();
  /** The channel that was written to last: mostly the next one too. */
  private latest: ChannelScanner | undefined;
  private latestName = '';
  private stop: ScanHit | undefined;
  private failed = false;

  private readonly prepared: PreparedTable;

  constructor(
    table: ScanTable,
    private readonly onHit?: OnHit,
  ) {
    this.prepared = prepareTable(table);
  }

  /** Takes a piece of a channel's text; returns what may be shown of the channel by now. */
  push(channel: string, chunk: string): ScanStep {
    if (this.failed || this.stop) return this.over();
    try {
      return this.took(this.open(channel).push(chunk));
    } catch (cause) {
      throw this.fail(cause);
    }
  }

  /** The channel's text is complete: returns the rest. The channel takes no more text. */
  end(channel: string): ScanStep {
    if (this.failed || this.stop) return this.over();
    try {
      return this.took(this.open(channel).end());
    } catch (cause) {
      throw this.fail(cause);
    }
  }

  /** UTF-16 units of the channel's text that are held back. */
  held(channel: string): number {
    return this.channels.get(channel)?.held ?? 0;
  }

  private over(): ScanStep {
    if (this.failed || !this.stop)
      throw new ScannerFault('SCANNER_MISUSED', new Error('used after a failure'));
    return { release: '', hits: [], stopped: this.stop };
  }

  private took(step: ScanStep): ScanStep {
    this.stop = step.stopped;
    return step;
  }

  private fail(cause: unknown): ScannerFault {
    this.failed = true;
    return cause instanceof ScannerFault ? cause : new ScannerFault('SCANNER_UNAVAILABLE', cause);
  }

  private open(channel: string): ChannelScanner {
    if (this.latest && channel === this.latestName) return this.latest;
    let scanner = this.channels.get(channel);
    if (!scanner) {
      if (this.channels.size >= CHANNEL_LIMIT) {
        throw new ScannerFault('SCANNER_MISUSED', new RangeError('too many channels'));
      }
      scanner = new ChannelScanner(channel, this.prepared, this.onHit);
      this.channels.set(channel, scanner);
    }
    this.latest = scanner;
    this.latestName = channel;
    return scanner;
  }
}
