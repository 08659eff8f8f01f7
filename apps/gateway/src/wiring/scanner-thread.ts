import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { MatcherThread } from '@lorekeep/kit/matching';
import { WORD_COUNT_LIMIT, type PrepareThread } from '@lorekeep/scanner';

/**
 * Compiles large lists of words beside the thread that answers, and in another one what an answer waits for: words and
 * policies do not wait for a million words.
 */
@Injectable()
export class ScannerThread implements OnApplicationShutdown, PrepareThread {
  private readonly prompt = new MatcherThread();
  private readonly lists = new MatcherThread();

  readonly build: PrepareThread['build'] = (entries, options) => this.of(entries).build(entries, options);
  readonly buildSounds: PrepareThread['buildSounds'] = (entries, accepts, signal) =>
    this.of(entries).buildSounds(entries, accepts, signal);
  readonly policy: PrepareThread['policy'] = (matcher, wanted, signal) =>
    this.prompt.policy(matcher, wanted, signal);

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.prompt.close(), this.lists.close()]);
  }

  private of(entries: readonly unknown[]): MatcherThread {
    return entries.length > WORD_COUNT_LIMIT ? this.lists : this.prompt;
  }
}
