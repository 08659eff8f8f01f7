import type { PolicyAction, ScanAction, Severity } from '@lorekeep/contracts';
import type { BaseFoldName, FoldName, Matcher } from '@lorekeep/kit/matching';

/** What a tenant does about one category. */
export interface CategoryPolicy {
  /** Null, for categories of words and lists alone: each word, or list, has an action of its own. */
  readonly action: PolicyAction | null;
  readonly severity: Severity;
  readonly folds: readonly FoldName[];
}

/** What a tenant does about everything that can be found: immutable. */
export interface ScannerPolicy {
  /** Of any category, known or not: one that nobody has said anything about has the defaults. */
  of(category: string): CategoryPolicy;
  /** Equal for equal policies; what is derived from a policy may be kept under it. */
  readonly key: string;
}

/** One entry of a unit. */
export interface UnitRule {
  /** A word's id, `list:<id>:<index>` or `tier:<n>`. */
  readonly ruleId: string;
  readonly category: string;
  /** True: an exception; what lies within a match of it is not reported. */
  readonly allow: boolean;
  /** The entry's own action; null where the policy of its category alone decides. */
  readonly action: ScanAction | null;
}

/** Entries that were compiled together: immutable, shared by all tables that contain it. */
export interface CompiledUnit {
  /** Unique for this content: what is derived from a unit may be kept under it. */
  readonly id: string;
  readonly kind: 'tier' | 'words' | 'list';
  /** The folds merged into the matcher's alphabet; entries whose base folds differ are in units of their own. */
  readonly baseFolds: readonly BaseFoldName[];
  readonly matcher: Matcher;
  /** `entry` is the index into the matcher's entries. */
  ruleOf(entry: number): UnitRule;
  /** As it was written; for the operator alone, never for logs, audit or the caller. */
  wordOf(entry: number): string;
}

/** All that an answer of one tenant is scanned with: immutable; a stream keeps the one that it began with. */
export interface ScanTable {
  readonly version: number;
  readonly units: readonly CompiledUnit[];
  readonly policy: ScannerPolicy;
  /** Units whose sounds are still being made: they are not found by pinyin yet. */
  readonly deaf?: ReadonlySet<CompiledUnit>;
}

/** A category of the default tier, as the product ships it. */
export interface DefaultCategory {
  readonly name: string;
  readonly action: PolicyAction;
  readonly severity: Severity;
  readonly folds: readonly FoldName[];
}

/** The words that every tenant has unless its policy says otherwise. */
export interface DefaultTier {
  /** Changes with the words. */
  readonly id: string;
  readonly categories: readonly DefaultCategory[];
  readonly words: readonly {
    readonly text: string;
    readonly category: string;
    readonly wholeWord?: boolean | undefined;
    readonly allow?: boolean | undefined;
  }[];
}

/** What is done about a match of an entry under a policy. */
export function actionUnder(policy: ScannerPolicy, rule: UnitRule): PolicyAction {
  return policy.of(rule.category).action ?? rule.action ?? 'redact';
}
