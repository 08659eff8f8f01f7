/**
 * What is wrong with a ZIP or one of its entries. damaged, too-many-entries, directory-too-large: of the whole.
 * encrypted, unknown-method, too-large (beyond the limit of the reader), bomb (packed tighter than any honest file),
 * torn (cut off, or not what its directory says): of an entry.
 */
export type ZipProblemCode =
  | 'damaged'
  | 'too-many-entries'
  | 'directory-too-large'
  | 'encrypted'
  | 'unknown-method'
  | 'too-large'
  | 'bomb'
  | 'torn';

export class ZipProblem extends Error {
  constructor(
    readonly code: ZipProblemCode,
    options?: { cause?: unknown },
  ) {
    super(`the ZIP or its entry is ${code}`, options);
    this.name = 'ZipProblem';
  }
}
