import { Inject, Injectable } from '@nestjs/common';
import type { CallContext } from '@lorekeep/kit/context';
import { Fault } from '@lorekeep/kit/errors';
import type { Logger, Metrics } from '@lorekeep/kit/telemetry';
import { QuestionPath, type PathEvent, type Question } from '@lorekeep/question-path';
import { LOGGER, METRICS } from '../../wiring/tokens.js';

const UNEXPECTED = { code: 'UNEXPECTED', status: 500 };

/** The question path as the doors use it: counted, and logged without any text of the question or the answer. */
@Injectable()
export class AskPath {
  constructor(
    @Inject(QuestionPath) private readonly path: QuestionPath,
    @Inject(METRICS) private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async *ask(ctx: CallContext, question: Question): AsyncGenerator<PathEvent> {
    const started = performance.now();
    let outcome = 'cancelled';
    let spoke = false;
    this.metrics.openStreams.inc();
    try {
      for await (const event of this.path.ask(ctx, question)) {
        if (event.kind === 'text' && !spoke) {
          spoke = true;
          this.metrics.firstTextSeconds.observe((performance.now() - started) / 1_000);
        } else if (event.kind === 'end') outcome = event.outcome;
        else if (event.kind !== 'text') this.count(event);
        yield event;
      }
    } catch (error) {
      outcome = ctx.signal.aborted ? 'cancelled' : 'failed';
      const { code, status } = error instanceof Fault ? error : UNEXPECTED;
      // A mistake of the caller's is told to the caller alone.
      if (outcome === 'failed' && status >= 500)
        this.log.error({ err: error, reference: ctx.traceId, code }, 'question failed');
      // Why it was let go says more than how the driver took it.
      throw ctx.signal.aborted ? (ctx.signal.reason as Error) : error;
    } finally {
      this.metrics.openStreams.dec();
      this.metrics.questions.inc({ outcome, door: question.door });
    }
  }

  private count(event: PathEvent): void {
    if (event.kind === 'step')
      this.metrics.stepSeconds.observe({ step: event.step }, event.milliseconds / 1_000);
    if (event.kind === 'rewritten')
      this.metrics.rewrites.inc({ by: event.by, failure: event.failure ?? 'none' });
    if (event.kind === 'refusal') {
      this.metrics.refusals.inc({ step: event.refusal.step, code: event.refusal.code });
    }
    if (event.kind === 'withheld') this.metrics.scannerHits.inc({ action: event.action });
  }
}
