import type { SourceCode } from '../sources.errors.js';

export interface ReadFile {
  readonly content: Buffer;
  /** Where reading tells more than listing did. */
  readonly fingerprint?: string;
}

/** A file as a source lists it. */
export interface FoundFile {
  /** As the source has it; not yet cleaned. */
  readonly path: string;
  /** Changes whenever the content does. */
  readonly fingerprint: string;
  /** Null: known only when it is read. */
  readonly bytes: number | null;
  /** Throws SourceProblem; FILE_… where only this file is at fault, FILE_TOO_LARGE beyond `limit` bytes. */
  read(limit: number, signal: AbortSignal): Promise<ReadFile>;
}

/** A file or folder that is there and cannot be read: what came from it stays. */
export interface FoundProblem {
  readonly path: string;
  readonly problem: SourceCode;
}

export type Found = FoundFile | FoundProblem;

/** A source, opened for one sync. */
export interface SourceReader {
  /** All files, once. Throws SourceProblem: what was listed until then is not the whole. */
  list(signal: AbortSignal): AsyncIterable<Found>;
  close(): Promise<void>;
}
