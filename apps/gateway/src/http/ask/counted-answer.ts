import type { CallContext } from '@lorekeep/kit/context';
import { Fault } from '@lorekeep/kit/errors';
import type { Logger, Metrics } from '@lorekeep/kit/telemetry';
import type { PathEvent, Question } from '@lorekeep/question-path';

type Step = IteratorResult<PathEvent, undefined>;

const UNEXPECTED = { code: 'UNEXPECTED', status: 500 };

/** The events of one question on their way to a door. By hand: a generator that passes events on costs every token. */
export class CountedAnswer implements AsyncIterator<PathEvent, undefined> {
  private readonly started = performance.now();
  private outcome = 'cancelled';
  private spoke = false;
  private isOver = false;

  constructor(
    private readonly events: AsyncGenerator<PathEvent, undefined>,
    private readonly asked: { ctx: CallContext; door: Question['door'] },
    private readonly metrics: Metrics,
    private readonly log: Logger,
  ) {
    metrics.openStreams.inc();
  }

  next(): Promise<Step> {
    return this.events.next().then(this.passed, this.failed);
  }

  /** The door listens no longer. */
  async return(): Promise<Step> {
    try {
      return await this.events.return(undefined);
    } catch (error) {
      return this.failed(error);
    } finally {
      this.end();
    }
  }

  private readonly passed = (step: Step): Step => {
    if (step.done) this.end();
    else this.count(step.value);
    return step;
  };

  private readonly failed = (error: unknown): never => {
    const { signal, traceId } = this.asked.ctx;
    this.outcome = signal.aborted ? 'cancelled' : 'failed';
    const { code, status } = error instanceof Fault ? error : UNEXPECTED;
    // A mistake of the caller's is told to the caller alone.
    if (this.outcome === 'failed' && status >= 500)
      this.log.error({ err: error, reference: traceId, code }, 'question failed');
    this.end();
    // Why it was let go says more than how the driver took it.
    throw signal.aborted ? (signal.reason as Error) : error;
  };

  private end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.metrics.openStreams.dec();
    this.metrics.questions.inc({ outcome: this.outcome, door: this.asked.door });
  }

  private count(event: PathEvent): void {
    const { metrics } = this;
    if (event.kind === 'text') {
      if (!this.spoke) metrics.firstTextSeconds.observe((performance.now() - this.started) / 1_000);
      this.spoke = true;
    } else if (event.kind === 'end') this.outcome = event.outcome;
    else if (event.kind === 'step')
      metrics.stepSeconds.observe({ step: event.step }, event.milliseconds / 1_000);
    else if (event.kind === 'rewritten')
      metrics.rewrites.inc({ by: event.by, failure: event.failure ?? 'none' });
    else if (event.kind === 'refusal') {
      // Doors that answer with a status leave at it.
      this.outcome = 'refused';
      metrics.refusals.inc({ step: event.refusal.step, code: event.refusal.code });
    } else if (event.kind === 'withheld') metrics.scannerHits.inc({ action: event.action });
  }
}
