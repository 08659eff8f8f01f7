import { Fault } from '../errors/index.js';

/** A dependency did not answer in time. */
export class DeadlineFault extends Fault<'DEADLINE_EXCEEDED'> {
  constructor(what: string, milliseconds: number) {
    super('DEADLINE_EXCEEDED', 'A part of the service did not answer in time.', {
      status: 503,
      cause: new Error(`${what} did not answer within ${milliseconds} ms`),
    });
  }
}

/**
 * The result of `work`, or a DeadlineFault after `milliseconds`. What hangs is abandoned, not cancelled:
 * a check that cannot be waited for counts as failed (house rule 5).
 */
export function within<T>(what: string, milliseconds: number, work: Promise<T>): Promise<T> {
  // By hand: every question waits so a dozen times, and a race makes four promises more of each.
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DeadlineFault(what, milliseconds)), milliseconds);
    // A part that lies may give what is no promise.
    Promise.resolve(work).then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
