import type { CallContext } from '@lorekeep/kit/context';
import type { AnswerScanner } from '@lorekeep/question-path';
import {
  HITS_KEPT,
  StreamScanner,
  type HitDetail,
  type RecordHits,
  type ScanStep,
  type ScanTable,
} from '@lorekeep/scanner';

/** The scanner of one answer, which keeps what it found, with its text, until the answer is over: for operators. */
export class RecordedScanner implements AnswerScanner {
  private readonly found: HitDetail[] = [];
  private readonly scanner: StreamScanner;

  constructor(
    table: ScanTable,
    private readonly hits: Pick<RecordHits, 'run'>,
  ) {
    this.scanner = new StreamScanner(table, (detail) => {
      if (this.found.length < HITS_KEPT) this.found.push(detail);
    });
  }

  push(channel: string, chunk: string): ScanStep {
    return this.scanner.push(channel, chunk);
  }

  end(channel: string): ScanStep {
    return this.scanner.end(channel);
  }

  /** Writes down what was found; nothing is asked of the database where that is nothing. */
  async settle(ctx: CallContext): Promise<void> {
    if (this.found.length > 0) await this.hits.run(ctx, this.found);
  }
}
