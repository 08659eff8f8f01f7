import type { CompiledMatcher } from './matcher.js';

/** A block of entries on its way to the thread: texts as one string, the rest as numbers; ids stay behind. */
export interface EntryBlock {
  readonly kind: 'entries';
  readonly id: number;
  readonly texts: string;
  readonly lengths: Uint32Array;
  /** For each entry: bits of ENTRY_…, and the contextual folds above them. */
  readonly flags: Uint16Array;
}

export type BuildRequest =
  | EntryBlock
  | { readonly kind: 'build'; readonly id: number; readonly folds: readonly string[] }
  | { readonly kind: 'drop'; readonly id: number };

export type BuildReply =
  | { readonly kind: 'built'; readonly id: number; readonly compiled: CompiledMatcher }
  | { readonly kind: 'refused' | 'failed'; readonly id: number; readonly reason: string };

export const ENTRY_WHOLE = 1;
export const ENTRY_ANYWHERE = 2;
export const ENTRY_WATCHED = 4;
export const ENTRY_ALLOWS = 8;
export const FOLDS_SHIFT = 4;
