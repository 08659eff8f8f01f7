import type { Citation, GroundednessMark, Outcome, RefusalEvent } from '@lorekeep/contracts';
import { joinPiece } from '@lorekeep/kit/text';
import type { PathEvent } from '@lorekeep/question-path';
import { citedIn } from './cited-in.js';

/** What was released of one answer, for the history: what the caller saw, their own secrets as placeholders. */
export class AnswerLog {
  content = '';
  model: string | null = null;
  outcome: Outcome | null = null;
  refusal: RefusalEvent | null = null;
  usage: { promptTokens: number; completionTokens: number; seconds: number } | null = null;
  suggestion: { text: string; documentIds: readonly string[] } | null = null;
  /** Places in `content`, as it is kept. */
  readonly marks: GroundednessMark[] = [];
  private offered: Citation[] = [];

  take(event: PathEvent): void {
    if (event.kind === 'text' && event.channel === 'content')
      this.content = joinPiece(this.content, event.text);
    else if (event.kind === 'model') this.model = event.model;
    else if (event.kind === 'citations') this.offered = event.citations;
    else if (event.kind === 'suggestion')
      this.suggestion = { text: event.text, documentIds: event.documentIds };
    else if (event.kind === 'groundedness') {
      const { start, end, reason, withheld } = event;
      this.marks.push({ start, end, reason, withheld });
    } else if (event.kind === 'end') {
      const { promptTokens, completionTokens } = event.usage;
      this.outcome = event.outcome;
      this.usage = { promptTokens, completionTokens, seconds: event.seconds };
    }
  }

  /** All that the answer may rest on, named or not. */
  documentIds(): string[] {
    return [...new Set(this.offered.map(({ documentId }) => documentId))];
  }

  /** Only the sources that the answer names. */
  cited(): Citation[] {
    return citedIn(this.content, this.offered);
  }
}
