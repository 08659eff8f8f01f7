import type { Preset } from './policy.js';
import { CERTAIN, SEVERITIES, type Category } from './rules/rule.js';
import { MATCHES_MAX, type RuleMatch } from './rules/rule-set.js';
import { stanceOfPayload } from './stance-of-payload.js';
import { offeredInDocument } from './stance-in-document.js';
import { stanceOfOrder } from './stance.js';

/** Categories whose rules add up: what steers the assistant, and what is meant for another machine. */
export const STEERING: readonly Category[] = [
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
/** What somebody took the trouble to encode counts one severity more; faint signs stay faint. */
const DISGUISED = SEVERITIES.low;

/** A view of a text and what was found in it. */
export interface Reading {
  readonly text: string;
  readonly matches: readonly RuleMatch[];
  /** Whether it is another one than the canonical view; then without rules that fired there already. */
  readonly disguised: boolean;
  /** Where each match begins in the text that was given; in step with `matches`. */
  readonly places: readonly number[];
}

/** What the categories of a group came to together. */
export interface GroupScore {
  /** Those of the group that fired. */
  readonly categories: readonly Category[];
  /** What counts, and what it would be were nothing talked about. */
  readonly points: number;
  readonly sum: number;
  readonly discussed: boolean;
}

/**
 * Points by group. Different rules add up over the categories of a group, as anomaly scores do; a rule counts
 * once. CERTAIN needs an artifact or two different signs. Where a `reach` is given, signs add up that begin within so
 * many units of each other: what stands pages apart in a manual is not one message; there, what a text about machines
 * tells of them flags at most.
 */
export function score(readings: readonly Reading[], preset: Preset, reach = Infinity): GroupScore[] {
  const scores: GroupScore[] = [];
  for (const group of groupsOf(readings)) {
    const own = readings
      .map((reading) => ofGroup(reading, group))
      .filter(({ matches }) => matches.length > 0);
    const sum = pointsOf(own, reach);
    // Most texts that hold a sign hold too few for it to matter.
    let known: boolean | undefined;
    const discussed = (): boolean => (known ??= isDiscussed(group, own, reach !== Infinity));
    const asks = preset !== 'strict' && sum >= CERTAIN;
    const offered = asks && reach !== Infinity && group === STEERING ? offeredPoints(own, reach) : sum;
    const points = asks ? Math.max(Math.min(sum, FLAGS_AT_MOST), discussed() ? 0 : offered) : sum;
    const fired = own.flatMap(({ matches }) => matches.map(({ rule }) => rule.category));
    scores.push({
      categories: [...new Set(fired)],
      points,
      sum,
      get discussed() {
        return discussed();
      },
    });
  }
  return scores;
}

/** A group with more points than it had: what is only talked about still flags at most. */
export function withMore(group: GroupScore, more: number, preset: Preset): GroupScore {
  const sum = group.sum + more;
  const points = preset !== 'strict' && group.discussed ? Math.min(sum, FLAGS_AT_MOST) : sum;
  return { ...group, sum, points };
}

function groupsOf(readings: readonly Reading[]): readonly (readonly Category[])[] {
  const present = new Set(readings.flatMap(({ matches }) => matches.map(({ rule }) => rule.category)));
  const alone = [...present].filter(
    (category) => !STEERING.includes(category) && !PAYLOADS.includes(category),
  );
  return [STEERING, PAYLOADS, ...alone.map((category) => [category])].filter((group) =>
    group.some((category) => present.has(category)),
  );
}

function ofGroup(reading: Reading, group: readonly Category[]): Reading {
  const kept = reading.matches.map(({ rule }) => group.includes(rule.category));
  return {
    ...reading,
    matches: reading.matches.filter((_, at) => kept[at]),
    places: reading.places.filter((_, at) => kept[at]),
  };
}

/**
 * Rules that name a mode or a version without filters, a self without limits, a day of opposites, what is not to be said,
 * or a new task; stories, settings and work name them too.
 */
const ONE_SIGN: readonly ReadonlySet<string>[] = [
  new Set([
    'direct-injection.mode-switched',
    'direct-injection.withheld-shown',
    'jailbreak.frame-claimed',
    'jailbreak.uncensored',
  ]),
  new Set(['direct-injection.forged-turn-zh', 'direct-injection.new-instructions-zh']),
  new Set([
    'direct-injection.you-and-limits-zh',
    'jailbreak.no-refusal-words-zh',
    'jailbreak.norms-off-zh',
    'jailbreak.part-and-never-zh',
    'jailbreak.unbound-zh',
  ]),
  new Set(['direct-injection.make-believe', 'jailbreak.evil-persona', 'jailbreak.freedom-argued']),
  new Set([
    'jailbreak.freed',
    'jailbreak.no-limits',
    'jailbreak.safety-off',
    'jailbreak.self-without-limits',
  ]),
];

const ONE_SIGN_OF = new Map(ONE_SIGN.flatMap((ids) => [...ids].map((id) => [id, ids])));

/** Whether another rule, at least as severe, has named the same with the same words: that is one sign. */
function isEcho(match: RuleMatch, matches: readonly RuleMatch[]): boolean {
  const { rule, start, end } = match;
  const own = ONE_SIGN_OF.get(rule.id);
  return (
    own !== undefined &&
    matches.some((other) => {
      if (other.rule === rule || !own.has(other.rule.id)) return false;
      if (other.start >= end || other.end <= start) return false;
      const more = SEVERITIES[other.rule.severity] - SEVERITIES[rule.severity];
      return more > 0 || (more === 0 && other.rule.id < rule.id);
    })
  );
}

function pointsOf(readings: readonly Reading[], reach: number): number {
  const byRule = new Map<string, number>();
  for (const { matches, disguised } of readings)
    for (const match of matches) {
      if (isEcho(match, matches)) continue;
      const { rule } = match;
      const raised = disguised && rule.severity !== 'low' ? DISGUISED : 0;
      const value = SEVERITIES[rule.severity] + raised;
      byRule.set(rule.id, Math.max(byRule.get(rule.id) ?? 0, value));
    }
  const places = readings.flatMap(({ matches, places: own }) =>
    matches.map(({ rule }, at) => ({ rule: rule.id, at: own[at] ?? 0 })),
  );
  return reach === Infinity ? sumOf(byRule.values()) : mostWithin(places, byRule, reach);
}

/** What those signs of a document come to that are not merely told; in a view that was encoded none is. */
function offeredPoints(readings: readonly Reading[], reach: number): number {
  const offered = readings.map((reading): Reading => {
    if (reading.disguised) return reading;
    const kept = new Set(offeredInDocument(reading.text, reading.matches));
    const [matches, places] = [reading.matches, reading.places];
    return {
      ...reading,
      matches: matches.filter((match) => kept.has(match)),
      places: places.filter((_, at) => matches.at(at) !== undefined && kept.has(matches[at] as RuleMatch)),
    };
  });
  return pointsOf(offered, reach);
}

function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

interface Place {
  readonly rule: string;
  readonly at: number;
}

/** The most points of different rules that begin within `reach` units; a rule that was cut off counts everywhere. */
function mostWithin(places: readonly Place[], points: ReadonlyMap<string, number>, reach: number): number {
  const often = new Map<string, number>();
  for (const { rule } of places) often.set(rule, (often.get(rule) ?? 0) + 1);
  const everywhere = [...often].filter(([, count]) => count >= MATCHES_MAX).map(([rule]) => rule);
  const sorted = places.filter(({ rule }) => !everywhere.includes(rule)).sort((a, b) => a.at - b.at);
  const within = new Map<string, number>();
  let [sum, most, first] = [0, 0, 0];
  for (const { rule, at } of sorted) {
    for (; (sorted[first]?.at ?? at) < at - reach; first++) {
      const gone = sorted[first]?.rule ?? '';
      const left = (within.get(gone) ?? 1) - 1;
      within.set(gone, left);
      if (left === 0) sum -= points.get(gone) ?? 0;
    }
    const count = within.get(rule) ?? 0;
    within.set(rule, count + 1);
    if (count === 0) sum += points.get(rule) ?? 0;
    most = Math.max(most, sum);
  }
  return most + sumOf(everywhere.map((rule) => points.get(rule) ?? 0));
}

function isDiscussed(group: readonly Category[], readings: readonly Reading[], isDocument: boolean): boolean {
  return readings.every(({ text, matches }) => {
    const stance =
      group === PAYLOADS ? stanceOfPayload(text, matches) : stanceOfOrder(text, matches, isDocument);
    return stance === 'discussed';
  });
}
