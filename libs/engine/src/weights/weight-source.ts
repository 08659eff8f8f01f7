import type { ExpectedFile } from './expected-file.js';

/** Where weights come from. All verbs throw WeightsFault, or what made them try in vain. */
export interface WeightSource {
  /** For sentences; without a key. */
  readonly name: string;
  /** The files that the source says it has, with their sums. */
  list(signal: AbortSignal): Promise<readonly ExpectedFile[]>;
  /** Undefined where the source does not tell. */
  size(path: string, signal: AbortSignal): Promise<number | undefined>;
  read(path: string, from: number, signal: AbortSignal): Promise<SourceBytes>;
}

export interface SourceBytes {
  /** Where the pieces begin: as asked, or 0 where the source cannot begin elsewhere. */
  readonly from: number;
  /** Size of the whole file, where the source tells. */
  readonly total: number | undefined;
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** Worth trying again: cut off, silent, busy. */
export class TransientFault extends Error {
  override readonly name = 'TransientFault';

  constructor(
    message: string,
    /** What the source asked for (Retry-After). */
    readonly waitMs: number | undefined = undefined,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
