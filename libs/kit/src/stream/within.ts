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
export async function within<T>(what: string, milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineFault(what, milliseconds)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
