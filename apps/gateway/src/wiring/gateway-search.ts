import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Clock } from '@lorekeep/kit/clock';
import { SearchThread } from '@lorekeep/retrieval';
import type { AppConfig } from './app-config.js';

/** The search of this process: its thread starts with the gateway and ends with it. */
@Injectable()
export class GatewaySearch extends SearchThread implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(config: AppConfig, clock: Clock) {
    super(
      {
        url: config.DATABASE_URL,
        connections: config.RETRIEVAL_CONNECTIONS,
        cacheBytes: config.RETRIEVAL_CACHE_MB * 1024 * 1024,
        timeoutMs: config.QUESTION_SEARCH_TIMEOUT_MS,
        applicationName: 'lorekeep-search',
      },
      clock,
    );
  }

  onApplicationBootstrap(): void {
    this.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }
}
