import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import type { Logger, Metrics } from '@lorekeep/kit/telemetry';
import {
  readVectorSettings,
  SearchThread,
  type HybridOutcome,
  type SearchQuery,
  type SearchResult,
} from '@lorekeep/retrieval';
import type { AppConfig } from './app-config.js';

/** The search of this process: its thread starts with the gateway and ends with it. */
@Injectable()
export class GatewaySearch extends SearchThread implements OnApplicationBootstrap, OnApplicationShutdown {
  /** What the last search said of vectors and reranker: only changes are logged. */
  private said = '';

  constructor(
    config: AppConfig,
    clock: Clock,
    private readonly log: Logger,
    private readonly metrics: Metrics,
  ) {
    super(
      {
        url: config.DATABASE_URL,
        connections: config.RETRIEVAL_CONNECTIONS,
        cacheBytes: config.RETRIEVAL_CACHE_MB * 1024 * 1024,
        timeoutMs: config.QUESTION_SEARCH_TIMEOUT_MS,
        applicationName: 'lorekeep-search',
        vectors: readVectorSettings(config),
      },
      clock,
    );
  }

  override async run(ctx: CallContext, query: SearchQuery): Promise<SearchResult> {
    const result = await super.run(ctx, query);
    if (result.hybrid) this.note(result.hybrid);
    return result;
  }

  onApplicationBootstrap(): void {
    this.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  /** Callers get an answer either way; the operator learns how it was found. */
  private note({ vectors, rerank, reasons }: HybridOutcome): void {
    this.metrics.vectorSearches.inc({ outcome: vectors });
    this.metrics.reranks.inc({ outcome: rerank });
    const said = `${vectors} ${rerank}`;
    if (said === this.said) return;
    this.said = said;
    const well = ['used', 'off', 'building'];
    const level = well.includes(vectors) && ['used', 'off'].includes(rerank) ? 'info' : 'warn';
    this.log[level](
      { vectors, rerank, reasons },
      'search: whether vectors and reranker take part has changed',
    );
  }
}
