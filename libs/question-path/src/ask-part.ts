import { within } from '@lorekeep/kit/stream';
import { faultOf, type Part } from './question-path.errors.js';

/** Asks a port and waits no longer than told; whatever goes wrong comes out as a Fault. */
export async function askPart<T>(part: Part, milliseconds: number, work: () => Promise<T>): Promise<T> {
  try {
    return await within(part, milliseconds, work());
  } catch (error) {
    throw faultOf(part, error);
  }
}
