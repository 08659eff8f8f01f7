import type { Category, Paranoia, Rule, Severity, TextRole } from '../rules/rule.js';

/** A rule that a tenant wrote: what the product's own rules have, read by an engine whose time is linear. */
export interface OwnRule extends Rule {
  readonly paranoia: Paranoia;
}

/** As it comes from outside: names that may be anything. */
export interface AskedRule {
  readonly id: string;
  readonly category: string;
  readonly kind: string;
  readonly severity: string;
  readonly paranoia?: number | undefined;
  readonly literals: readonly string[];
  readonly pattern: string;
  readonly roles?: readonly string[] | undefined;
  readonly catches: readonly string[];
  readonly passes: readonly string[];
}

/** Rules of one tenant: each may cost a pass over the places of its literals. */
export const OWN_RULES_MAX = 50;
/** Begins the id of every rule of a tenant, so that a record tells whose it is. */
export const OWN_PREFIX = 'own.';
export const PATTERN_MAX = 1_000;
/** Units of the longest match. */
export const REACH_MAX = 400;
/** Instructions of the compiled pattern: what the engine may do for each unit. */
export const PROGRAM_MAX = 2_000;
export const LITERALS_MAX = 32;
/** Units of a literal; shorter ones stand in every other sentence. Two where one of them is no Latin letter. */
export const LITERAL_MIN = 3;
export const LITERAL_MAX = 100;
export const EXAMPLES_MAX = 20;
export const EXAMPLE_MAX = 2_000;

/** What an own rule reads where it does not say: what people and tools write. */
export const OWN_ROLES: readonly TextRole[] = ['user', 'tool'];
/** Found by detectors, which need places that a pattern does not give. */
export const NO_OWN_RULES: readonly Category[] = ['secret', 'personal-data', 'flooding', 'hidden-text'];

export const KINDS = ['artifact', 'judgment'] as const;
export const SEVERITY_NAMES: readonly Severity[] = ['low', 'medium', 'high', 'critical'];
