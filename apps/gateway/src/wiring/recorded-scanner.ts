import type { CallContext } from '@lorekeep/kit/context';
import type { AnswerScanner } from '@lorekeep/question-path';
import {
  HITS_KEPT,
  scanSource,
  StreamScanner,
  type HitDetail,
  type RecordHits,
  type ScannedSource,
  type ScanStep,
  type ScanTable,
  type SourcePart,
} from '@lorekeep/scanner';

/** The scanner of one answer, which keeps what it found, with its text, until the answer is over: for operators. */
export class RecordedScanner implements AnswerScanner {
  private readonly found: HitDetail[] = [];
  private readonly scanner: StreamScanner;

  constructor(
    private readonly table: ScanTable,
    private readonly hits: Pick<RecordHits, 'run'>,
  ) {
    this.scanner = new StreamScanner(table, this.keep);
  }

  push(channel: string, chunk: string): ScanStep {
    return this.scanner.push(channel, chunk);
  }

  end(channel: string): ScanStep {
    return this.scanner.end(channel);
  }

  source(parts: readonly SourcePart[]): ScannedSource {
    return scanSource(this.table, parts, this.keep);
  }

  private readonly keep = (detail: HitDetail): void => {
    if (this.found.length < HITS_KEPT) this.found.push(detail);
  };

  /** Writes down what was found; nothing is asked of the database where that is nothing. */
  async settle(ctx: CallContext): Promise<void> {
    if (this.found.length > 0) await this.hits.run(ctx, this.found);
  }
}
