/** Between two steps: whatever waits comes first. */
const PAUSE_MS = 1;

/**
 * Takes step after step while the process has nothing else to do, so that what can be made ready before it is asked for
 * keeps nobody waiting. A process that ends does not wait for it. What fails is not tried again: who needs it makes it.
 */
export function inIdle(steps: Iterator<unknown>): void {
  const next = (): void => {
    try {
      if (steps.next().done !== true) setTimeout(next, PAUSE_MS).unref();
    } catch {
      // It fails again where it is needed, and is told there.
    }
  };
  setTimeout(next, PAUSE_MS).unref();
}
