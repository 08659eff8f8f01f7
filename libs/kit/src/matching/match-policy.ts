import type { Matcher } from './matcher.js';

/** What a reader makes of an entry: `watched` entries are reported but nothing waits for them. */
export interface EntryRule {
  readonly status: 'ignored' | 'watched' | 'holding';
  /** Contextual folds (see fold-names) by which the entry may be reached. */
  readonly folds: number;
}

/** A view of a shared matcher: which entries count, whether text is held for them, and by which folds. */
export class MatchPolicy {
  constructor(
    readonly matcher: Matcher,
    readonly ruleOf: (entry: number) => EntryRule,
  ) {}
}
