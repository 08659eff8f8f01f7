import type { CallContext } from '@lorekeep/kit/context';
import type { WordListRepository } from '../store/word-list.repository.js';
import type { ListFailure } from './check-word-list.js';

/**
 * After that an upload without an end has lost its gateway: gateways take no request for longer than a minute or two.
 * The page names it.
 */
export const UPLOAD_LOST_MS = 15 * 60_000;

/** Goes on with lists that a process left behind when it died. Safe at any time, in any number of workers. */
export class ResumeLists {
  constructor(private readonly lists: WordListRepository) {}

  /** @returns how many uploads have failed now, and how many checks and previews were ordered again */
  async run(ctx: CallContext): Promise<{ lost: number; resumed: number }> {
    const lost = await this.lists.uploadsOlderThan(ctx, UPLOAD_LOST_MS / 1_000);
    const failure: ListFailure = 'SCANNER_LIST_UPLOAD_LOST';
    for (const id of lost) await this.lists.end(ctx, id, 'failed', failure, null);
    return { lost: lost.length, resumed: await this.lists.resume(ctx) };
  }
}
