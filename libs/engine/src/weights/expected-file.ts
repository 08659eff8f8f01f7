import { createHash, type Hash } from 'node:crypto';

/** A file as it must be. One of the sums is known; the size may be. */
export interface ExpectedFile {
  /** Relative to the model's folder, with slashes. */
  readonly path: string;
  readonly bytes?: number | undefined;
  readonly sha256?: string | undefined;
  /** Git's name of the content, which a hub gives for small files in place of a SHA-256 sum; needs `bytes`. */
  readonly gitBlob?: string | undefined;
}

/** The sums of a file as it is read. */
export class RunningSums {
  private readonly sha256 = createHash('sha256');
  private readonly gitBlob: Hash | undefined;

  constructor(private readonly expected: ExpectedFile) {
    if (expected.gitBlob === undefined) return;
    this.gitBlob = createHash('sha1').update(`blob ${expected.bytes ?? 0}\0`);
  }

  update(chunk: Uint8Array): void {
    this.sha256.update(chunk);
    this.gitBlob?.update(chunk);
  }

  /** Call once, at the end. */
  finish(): { readonly right: boolean; readonly sha256: string } {
    const sha256 = this.sha256.digest('hex');
    const gitBlob = this.gitBlob?.digest('hex');
    const known = this.expected.sha256 !== undefined || gitBlob !== undefined;
    const right =
      known &&
      (this.expected.sha256 === undefined || this.expected.sha256 === sha256) &&
      this.expected.gitBlob === gitBlob;
    return { right, sha256 };
  }
}
