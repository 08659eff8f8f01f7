import { Inject, Injectable } from '@nestjs/common';
import type { CallContext } from '@lorekeep/kit/context';
import type { Logger, Metrics } from '@lorekeep/kit/telemetry';
import { QuestionPath, type PathEvent, type Question } from '@lorekeep/question-path';
import { LOGGER, METRICS } from '../../wiring/tokens.js';
import { CountedAnswer } from './counted-answer.js';

/** The question path as the doors use it: counted, and logged without any text of the question or the answer. */
@Injectable()
export class AskPath {
  constructor(
    @Inject(QuestionPath) private readonly path: QuestionPath,
    @Inject(METRICS) private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  ask(ctx: CallContext, question: Question): AsyncIterable<PathEvent> {
    const { metrics, log } = this;
    const begin = () =>
      new CountedAnswer(this.path.ask(ctx, question), { ctx, door: question.door }, metrics, log);
    return { [Symbol.asyncIterator]: begin };
  }
}
