import type { ThreadEntry } from '../matcher-thread.js';

/** Code of a thread run from its sources, for specs and benches that must not depend on a build. */
export function sourceThread(
  file: string = new URL('../matcher-thread-entry.ts', import.meta.url).href,
): ThreadEntry {
  const hook = new URL('../../../../../test/support/typescript.mjs', import.meta.url);
  return {
    url: new URL(file),
    execArgv: ['--import', hook.href, '-C', 'lorekeep-source', '--no-warnings'],
  };
}
