/** As the gateway's contract has it: larger files are not even sent. */
export const LIMIT_BYTES = 50 * 1024 * 1024;
/** The gateway tells what a file is by this first. */
const ENDING = /\.[a-z0-9]{1,10}$/i;

interface Chosen {
  readonly name: string;
  readonly size: number;
}

export interface Sorted<F> {
  readonly sendable: readonly F[];
  readonly tooLarge: readonly F[];
  readonly empty: readonly F[];
  /** Nothing in the name says what they are. */
  readonly unnamed: readonly F[];
}

/** Which files can be sent, and why the others cannot: each for one reason. */
export function sortUploads<F extends Chosen>(files: readonly F[]): Sorted<F> {
  const tooLarge = files.filter(({ size }) => size > LIMIT_BYTES);
  const empty = files.filter(({ size }) => size === 0);
  const others = files.filter(({ size }) => size > 0 && size <= LIMIT_BYTES);
  const unnamed = others.filter(({ name }) => !ENDING.test(name));
  return { tooLarge, empty, unnamed, sendable: others.filter(({ name }) => ENDING.test(name)) };
}
