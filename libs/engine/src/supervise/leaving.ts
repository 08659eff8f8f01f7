import type { Ending } from './instance-status.js';

/** Looks in a row without work: a request may have been on its way at the first. */
const IDLE_LOOKS = 2;

/** An end that waits for the answers that run. A climb cuts none: where they go on for too long it is put off. */
export class Leaving {
  private quiet = 0;

  constructor(
    readonly why: Ending | 'climb',
    private readonly deadline: number,
  ) {}

  /** `work` are the requests that run or wait, `at` is a monotonic reading. */
  see(work: number, at: number): 'go' | 'stay' | undefined {
    this.quiet = work === 0 ? this.quiet + 1 : 0;
    if (this.quiet >= IDLE_LOOKS) return 'go';
    if (at < this.deadline) return undefined;
    return this.why === 'climb' ? 'stay' : 'go';
  }
}
