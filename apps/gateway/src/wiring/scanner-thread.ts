import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { MatcherThread } from '@lorekeep/kit/matching';
import type { BuildMatcher } from '@lorekeep/scanner';

/** Compiles large lists of words beside the thread that answers. */
@Injectable()
export class ScannerThread implements OnApplicationShutdown {
  private readonly thread = new MatcherThread();
  readonly build: BuildMatcher = (entries, options) => this.thread.build(entries, options);

  async onApplicationShutdown(): Promise<void> {
    await this.thread.close();
  }
}
