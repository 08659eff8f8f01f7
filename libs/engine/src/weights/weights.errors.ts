import { Fault } from '@lorekeep/kit/errors';

export type WeightsCode =
  /** No SHA-256 sums are known: neither in the catalogue nor in a SHA256SUMS file. */
  | 'ENGINE_WEIGHTS_NO_SUMS'
  /** The list of sums, or what a hub says about a model, cannot be read. */
  | 'ENGINE_WEIGHTS_SUMS_INVALID'
  /** The source does not have the model or a file of it. */
  | 'ENGINE_WEIGHTS_NOT_FOUND'
  /** The source wants to know who asks, or says no. */
  | 'ENGINE_WEIGHTS_NOT_ALLOWED'
  /** The source does not answer, breaks off, or falls silent, again and again. */
  | 'ENGINE_WEIGHTS_UNREACHABLE'
  /** The source sends something else than the sums say. */
  | 'ENGINE_WEIGHTS_WRONG_CONTENT'
  | 'ENGINE_WEIGHTS_NO_SPACE'
  /** The folder cannot be read or written. */
  | 'ENGINE_WEIGHTS_FOLDER'
  /** Another fetch fills the same folder. */
  | 'ENGINE_WEIGHTS_BUSY';

/** Why weights could not be fetched or checked; `safeText` is a sentence for the operator. */
export class WeightsFault extends Fault<WeightsCode> {
  constructor(code: WeightsCode, sentence: string, cause?: unknown) {
    super(code, sentence, { cause });
    this.name = 'WeightsFault';
  }
}

/** A file system's error in a sentence; anything else as it is. */
export function folderFault(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof WeightsFault || typeof code !== 'string') return error;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new WeightsFault(
      'ENGINE_WEIGHTS_NO_SPACE',
      `The disk is full: ${path} could not be written.`,
      error,
    );
  return /^E[A-Z]+$/.test(code)
    ? new WeightsFault('ENGINE_WEIGHTS_FOLDER', `${path} cannot be used (${code}).`, error)
    : error;
}
