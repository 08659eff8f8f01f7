import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type FolderEntailment, openEntailment, type PremisePair } from '@lorekeep/inference';
import type { Logger, Metrics } from '@lorekeep/kit/telemetry';
import type { AppConfig } from './app-config.js';

/** The operator's entailment model, if there is one. Without it, and where it fails, the comparison of words stands. */
@Injectable()
export class GatewayEntailment implements OnApplicationShutdown {
  private readonly model: FolderEntailment | undefined;
  private answers = true;

  constructor(
    config: AppConfig,
    private readonly log: Logger,
    private readonly metrics: Metrics,
  ) {
    this.model = openEntailment(config, ({ state, detail }) =>
      state === 'failed'
        ? log.error({ detail }, 'the entailment model cannot be used; the comparison of words stands')
        : log.info('the entailment model is ready'),
    );
  }

  /** `off` where none is configured. */
  get state(): { state: 'off' | 'loading' | 'ready' | 'failed'; reason: string | null } {
    if (!this.model) return { state: 'off', reason: null };
    const { state, reason } = this.model.state;
    return { state, reason };
  }

  /** What the path asks; undefined where there is nobody to ask. */
  port(): { contradicts(pair: PremisePair): Promise<boolean | null> } | undefined {
    const { model } = this;
    return model && { contradicts: async (pair) => this.counted(await model.contradicts(pair)) };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.model?.close();
  }

  private counted(answer: boolean | null): boolean | null {
    const outcome = answer === null ? 'unanswered' : answer ? 'contradicted' : 'passed';
    this.metrics.entailments.inc({ outcome });
    const answers = answer !== null;
    // One that cannot be opened is told by its state.
    if (answers !== this.answers && this.model?.state.state === 'ready') {
      this.answers = answers;
      if (answers) this.log.info('the entailment model answers again');
      else this.log.warn('the entailment model did not answer in time; the comparison of words stands');
    }
    return answer;
  }
}
