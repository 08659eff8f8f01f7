import type { Preset } from './policy.js';
import { CERTAIN, SEVERITIES, type Category, type Rule } from './rules/rule.js';
import type { RuleMatch } from './rules/rule-set.js';
import { stanceOfPayload } from './stance-of-payload.js';
import { stanceOfOrder } from './stance.js';

/** Categories whose rules add up: what steers the assistant, and what is meant for another machine. */
const STEERING: readonly Category[] = [
  'direct-injection',
  'jailbreak',
  'prompt-leak',
  'document-instruction',
];
const PAYLOADS: readonly Category[] = [
  'sql',
  'command',
  'path-traversal',
  'xss',
  'ssrf',
  'template-injection',
  'xxe',
  'ldap-nosql',
];
/** What is only talked about flags at most; so does one judgment. */
const FLAGS_AT_MOST = CERTAIN - 1;
/** What somebody took the trouble to encode counts one severity more. */
const DISGUISED = SEVERITIES.low;

/** A match of a rule in one of the views of a text. */
export interface Sighting {
  readonly rule: Rule;
  /** Whether a view other than the canonical one showed it. */
  readonly disguised: boolean;
}

export interface Surroundings {
  readonly preset: Preset;
  /** The canonical text, the disguised spans blanked, and the matches that stand in it. */
  readonly text: string;
  readonly matches: readonly RuleMatch[];
}

/**
 * Points by category. Different rules add up over the categories of a group, as anomaly scores do; a rule counts
 * once. CERTAIN needs an artifact or two different signs.
 */
export function score(sightings: readonly Sighting[], around: Surroundings): Map<Category, number> {
  const points = new Map<Category, number>();
  for (const group of groupsOf(sightings)) {
    const own = sightings.filter(({ rule }) => group.includes(rule.category));
    const sum = pointsOf(own);
    const value =
      around.preset !== 'strict' && isDiscussed(group, around) ? Math.min(sum, FLAGS_AT_MOST) : sum;
    for (const category of group)
      if (own.some(({ rule }) => rule.category === category)) points.set(category, value);
  }
  return points;
}

function groupsOf(sightings: readonly Sighting[]): readonly (readonly Category[])[] {
  const present = new Set(sightings.map(({ rule }) => rule.category));
  const alone = [...present].filter(
    (category) => !STEERING.includes(category) && !PAYLOADS.includes(category),
  );
  return [STEERING, PAYLOADS, ...alone.map((category) => [category])].filter((group) =>
    group.some((category) => present.has(category)),
  );
}

function pointsOf(sightings: readonly Sighting[]): number {
  const byRule = new Map<string, number>();
  for (const { rule, disguised } of sightings) {
    const value = SEVERITIES[rule.severity] + (disguised ? DISGUISED : 0);
    byRule.set(rule.id, Math.max(byRule.get(rule.id) ?? 0, value));
  }
  let sum = 0;
  for (const value of byRule.values()) sum += value;
  return sum;
}

function isDiscussed(group: readonly Category[], { text, matches }: Surroundings): boolean {
  const own = matches.filter(({ rule }) => group.includes(rule.category));
  const stance = group === PAYLOADS ? stanceOfPayload(text, own) : stanceOfOrder(text, own);
  return stance === 'discussed';
}
