/** The list is closed: names in policies, hits, refusal codes and audit records. */
export const CATEGORIES = [
  'direct-injection',
  'jailbreak',
  'prompt-leak',
  'path-traversal',
  'sql',
  'secret',
  'document-instruction',
  'hidden-text',
] as const;
export type Category = (typeof CATEGORIES)[number];

export const TEXT_ROLES = ['user', 'system', 'assistant', 'tool', 'document'] as const;
export type TextRole = (typeof TEXT_ROLES)[number];

/** Points from which a category is certain. One artifact is enough; judgments only together. */
export const CERTAIN = 100;

/** What a rule recognises, as data. Patterns read canonical text: lower case, no accents, no invisible characters. */
export interface Rule {
  /** `<category>.<name>` */
  readonly id: string;
  readonly category: Category;
  /** 1 to CERTAIN; below CERTAIN the rule alone flags. */
  readonly points: number;
  /** The pattern is tried only where one of these occurs. */
  readonly literals: readonly string[];
  /**
   * Source of a regular expression without flags i and u. Every repetition has an upper bound, so that a match costs
   * at most a constant per position; a spec measures it.
   */
  readonly pattern: string;
  readonly roles: readonly TextRole[];
  /** What it must catch and what it must leave alone; a spec runs them. */
  readonly catches: readonly string[];
  readonly passes: readonly string[];
}
