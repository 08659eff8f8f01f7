import type { Writable } from 'node:stream';

/** The reader of the run has seen enough (head, less): no error, and a reason to stop. */
export class ReaderLeft extends Error {
  constructor() {
    super('the reader of the run has gone');
    this.name = 'ReaderLeft';
  }
}

/**
 * Runs `work` with a function that writes to `out` and waits for a slow reader. A reader that goes makes it throw
 * ReaderLeft, instead of what `out` would do by itself: there is something to be removed first.
 */
export async function writingRun<T>(
  out: Writable,
  work: (write: (lines: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  const others = out.listeners('error') as ((error: Error) => void)[];
  const ignore = (): void => undefined;
  out.removeAllListeners('error');
  out.on('error', ignore);
  try {
    return await work(
      (lines) =>
        new Promise((done, failed) =>
          out.write(lines, (error) => (error ? failed(new ReaderLeft()) : done())),
        ),
    );
  } finally {
    out.off('error', ignore);
    for (const other of others) out.on('error', other);
  }
}
