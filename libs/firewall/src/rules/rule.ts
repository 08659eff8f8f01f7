/** The list is closed: names in policies, hits, refusal codes and audit records. */
export const CATEGORIES = [
  'direct-injection',
  'jailbreak',
  'prompt-leak',
  'obfuscation',
  'sql',
  'command',
  'path-traversal',
  'xss',
  'ssrf',
  'template-injection',
  'xxe',
  'ldap-nosql',
  'secret',
  'personal-data',
  'flooding',
  'document-instruction',
  'hidden-text',
] as const;
export type Category = (typeof CATEGORIES)[number];

export const TEXT_ROLES = ['user', 'system', 'assistant', 'tool', 'document'] as const;
export type TextRole = (typeof TEXT_ROLES)[number];

/** Points by severity, as the anomaly scores of web application firewalls: different rules of a text add up. */
export const SEVERITIES = { low: 25, medium: 50, high: 75, critical: 100 } as const;
export type Severity = keyof typeof SEVERITIES;
/** Points from which a text is flagged, and from which it is certain. */
export const FLAGGED = 50;
export const CERTAIN = 100;

/** Levels of suspicion: a tenant runs the rules of its level and of those below. */
export const PARANOIA_LEVELS = [1, 2, 3, 4] as const;
export type Paranoia = (typeof PARANOIA_LEVELS)[number];

/** What a rule recognises, as data. Patterns read canonical text: lower case, no accents, no invisible characters. */
export interface Rule {
  /** `<category>.<name>` */
  readonly id: string;
  readonly category: Category;
  /** An artifact is what no ordinary text holds and may refuse alone; judgments refuse only together. */
  readonly kind: 'artifact' | 'judgment';
  /** Only artifacts are critical. */
  readonly severity: Severity;
  /** From which level on it runs; 1 where left out. */
  readonly paranoia?: Paranoia;
  /** The pattern is tried only where one of these occurs. */
  readonly literals: readonly string[];
  /**
   * Source of a regular expression without flags i and u. Every repetition has an upper bound, so that a match costs
   * at most a constant per position; a spec measures it.
   */
  readonly pattern: string;
  /** Source of what a match may begin with that is nothing of what was found, and is not marked. */
  readonly lead?: string;
  readonly roles: readonly TextRole[];
  /** What it must catch and what it must leave alone; a spec runs them. */
  readonly catches: readonly string[];
  readonly passes: readonly string[];
}
