import type { PolicyTables, WantedRules } from './match-policy.js';
import type { CompiledMatcher } from './matcher.js';
import type { MatcherTables } from './matcher-tables.js';

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
  | { readonly kind: 'sounds'; readonly id: number }
  | {
      readonly kind: 'policy';
      readonly id: number;
      readonly tables: MatcherTables;
      readonly wanted: WantedRules;
    }
  | { readonly kind: 'drop'; readonly id: number };

/** What was asked for, by the kind of the request. */
export interface Built {
  readonly build: CompiledMatcher;
  readonly sounds: CompiledSounds;
  readonly policy: PolicyTables;
}

/** Entries that can be disguised by sound: their indexes, in shared memory, and their matcher. */
export interface CompiledSounds {
  readonly indices: Int32Array;
  readonly compiled: CompiledMatcher;
}

export type BuildReply =
  | { readonly kind: 'built'; readonly id: number; readonly compiled: Built[keyof Built] }
  | { readonly kind: 'refused' | 'failed'; readonly id: number; readonly reason: string };

export const ENTRY_WHOLE = 1;
export const ENTRY_ANYWHERE = 2;
export const ENTRY_WATCHED = 4;
export const ENTRY_ALLOWS = 8;
export const FOLDS_SHIFT = 4;
