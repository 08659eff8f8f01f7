import { isUnexplained } from './describe-ending.js';
import type { Ending } from './instance-status.js';

/** With the default waits these take half a minute beside the starts themselves; what five did not heal, a sixth will not. */
export const START_TRIES = 5;

export const GIVEN_UP =
  `${START_TRIES} starts in a row ended so, and none became ready: it is not tried again by itself. ` +
  'See lorekeep engine logs; then restart the engine host, or ask it with POST /engine/start.';

/** Counts starts in a row that ended for reasons nobody knows before they were ready. */
export class StartTries {
  private failed = 0;

  reset(): void {
    this.failed = 0;
  }

  /** Whether that was the last try. `fresh`: it had been ready, or the next start is another one, a rung lower. */
  ended(ending: Ending, fresh: boolean): boolean {
    if (fresh) this.reset();
    else if (isUnexplained(ending)) this.failed += 1;
    return this.failed >= START_TRIES;
  }
}
