import type { Environment } from '../command-context.js';
import { EXIT } from '../exit-codes.js';
import { watchNpm } from './watch-npm.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** npm passes Ctrl-C on to us, although the terminal has sent it already: what comes this close together is one. */
const SAME_MS = 1000;

/** The first signal asks the running command to end in order; a later one ends the process at once. */
export function interruptSignal(environment: Environment, say: (line: string) => void): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const interrupted = () => {
    const now = performance.now();
    if (!controller.signal.aborted) {
      first = now;
      controller.abort(new Error('interrupted'));
    } else if (now - first > SAME_MS) {
      say('Ended at once; the next start cleans up.');
      process.exit(EXIT.INTERRUPTED);
    }
  };
  for (const signal of SIGNALS) process.on(signal, interrupted);
  watchNpm(environment, () => controller.abort(new Error('npm has ended')));
  return controller.signal;
}
