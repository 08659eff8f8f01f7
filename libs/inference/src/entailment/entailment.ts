import { ModelThreads, type ModelState, type ModelThreadsOptions } from '@lorekeep/kit/local-model';
import type { PremisePair } from '../groundedness/choose-premise.js';
import type { EntailmentConfig } from './entailment.config.js';

/** What answers it in specs is no thread. */
type Threads = Pick<ModelThreads, 'classify' | 'state' | 'close'>;

/** A second opinion, by a model of the operator's, on sentences that the comparison of words passes. */
export class FolderEntailment {
  private readonly threads: Threads;

  constructor(
    /** `from`: from which share of its labels on a sentence counts as contradicted, 0 to 1. */
    private readonly options: { readonly timeoutMs: number; readonly from: number },
    threads: ModelThreadsOptions | Threads,
  ) {
    this.threads = 'classify' in threads ? threads : new ModelThreads(threads);
  }

  get state(): ModelState {
    return this.threads.state;
  }

  /** Whether the premise contradicts the hypothesis; null where there is no answer in time, whatever the reason. */
  async contradicts({ premise, hypothesis }: PremisePair): Promise<boolean | null> {
    const asked = { text: premise.toWellFormed(), pair: hypothesis.toWellFormed() };
    const share = await this.threads.classify(asked, this.options.timeoutMs);
    return share === null ? null : share >= this.options.from;
  }

  close(): Promise<void> {
    return this.threads.close();
  }
}

/** The entailment model that is configured; undefined where there is none. */
export function openEntailment(
  config: EntailmentConfig,
  onState?: ModelThreadsOptions['onState'],
): FolderEntailment | undefined {
  if (config.INFERENCE_ENTAILMENT_FOLDER === '') return undefined;
  return new FolderEntailment(
    {
      timeoutMs: config.INFERENCE_ENTAILMENT_TIMEOUT_MS,
      from: config.INFERENCE_ENTAILMENT_PERCENT / 100,
    },
    {
      folder: config.INFERENCE_ENTAILMENT_FOLDER,
      addon: config.INFERENCE_ENTAILMENT_ADDON,
      labels: config.INFERENCE_ENTAILMENT_LABELS,
      threads: config.INFERENCE_ENTAILMENT_THREADS,
      name: 'the entailment model',
      meaning: 'a contradiction',
      ...(onState && { onState }),
    },
  );
}
