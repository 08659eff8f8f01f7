import { systemClock } from '@lorekeep/kit/clock';
import { SEARCH_DEFAULTS } from '../search-passages.js';
import { SearchThread } from '../search-thread.js';
import type { ThreadOptions } from '../search/thread-messages.js';

/** A search thread that runs the sources, for specs and benches that must not depend on a build. */
export function sourceSearch(url: string, options: Partial<ThreadOptions> = {}): SearchThread {
  const hook = new URL('../../../../test/support/typescript.mjs', import.meta.url);
  return new SearchThread(
    { ...SEARCH_DEFAULTS, url, connections: 4, applicationName: 'search-thread', ...options },
    systemClock,
    {
      url: new URL('../search/search-thread-entry.ts', import.meta.url),
      execArgv: ['--import', hook.href, '-C', 'lorekeep-source', '--no-warnings'],
    },
  );
}
