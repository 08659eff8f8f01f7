import type { Citation, GroundednessMark } from '@lorekeep/contracts';
import type { PathEvent } from '@lorekeep/question-path';
import { CitedNumbers } from './cited-numbers.js';

/** What the field `lorekeep` says beside an answer in OpenAI's shape. */
export class BesideAnswer {
  private citations: Citation[] = [];
  private suggestion: string | undefined;
  private writtenBy: string | undefined;
  private leftOut = 0;
  private shortened: { turns: number; passages: number } | undefined;
  private readonly cited = new CitedNumbers();
  private readonly marks: (GroundednessMark & { choice: number })[] = [];

  /** @param asked the model that was asked for: one of its route may have answered */
  constructor(
    private readonly reference: string,
    private readonly asked: string,
  ) {}

  take(event: PathEvent): void {
    if (event.kind === 'text') {
      // Without sources there is nothing to name.
      if (event.channel === 'content' && this.citations.length > 0)
        this.cited.push(event.choice, event.given ?? event.text);
    } else if (event.kind === 'citations') this.citations = event.citations;
    else if (event.kind === 'model') this.writtenBy = event.model;
    else if (event.kind === 'suggestion') this.suggestion = event.text;
    else if (event.kind === 'shortened') this.shortened = { turns: event.turns, passages: event.passages };
    else if (event.kind === 'groundedness')
      this.marks.push({
        choice: event.choice,
        ...event.shown,
        reason: event.reason,
        withheld: event.withheld,
      });
    else if (event.kind === 'step' && event.step === 'retrieval')
      this.leftOut = Number(event.facts?.['leftOut'] ?? 0);
  }

  toBody(): object {
    const { reference, asked, writtenBy, suggestion, leftOut, shortened, marks } = this;
    return {
      reference,
      ...(writtenBy === undefined || writtenBy === asked ? {} : { model: writtenBy }),
      citations: this.citations.filter(({ number }) => this.cited.has(number)),
      ...(suggestion === undefined ? {} : { suggestion }),
      ...(leftOut === 0 ? {} : { leftOut }),
      ...(shortened === undefined ? {} : { shortened }),
      ...(marks.length === 0 ? {} : { unsupported: marks }),
    };
  }
}
