import type { JsonObject } from './json.js';

/** A question that was opened and must be closed, whatever becomes of it; until then it counts as incomplete. */
export class QuestionRecord {
  private closing: Promise<{ sequence: number }> | undefined;

  constructor(
    /** Of the opening record. */
    readonly sequence: number,
    private readonly append: (outcome: string, detail: JsonObject) => Promise<{ sequence: number }>,
  ) {}

  /** Appends the closing record. Later calls answer as the first did; after a failure the next call tries again. */
  close(outcome: string, detail: JsonObject): Promise<{ sequence: number }> {
    this.closing ??= this.append(outcome, { ...detail, opened: this.sequence }).catch((fault: unknown) => {
      this.closing = undefined;
      throw fault;
    });
    return this.closing;
  }
}
