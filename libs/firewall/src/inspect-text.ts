import { findPersonalData } from '@lorekeep/kit/matching';
import { isSeenAsItStands } from './canonical/visible-text.js';
import { findFlooding } from './flooding.js';
import { findVisibleSecrets } from './find-visible-secrets.js';
import { findHiddenText } from './hidden-text.js';
import { BUILT_IN, strength, type Action, type Found, type Policy } from './policy.js';
import { builtInRules } from './rules/built-in-rules.js';
import { CERTAIN, FLAGGED, SEVERITIES, type Category, type TextRole } from './rules/rule.js';
import { MATCHES_MAX, type RuleMatch, type RuleSet } from './rules/rule-set.js';
import { resembling } from './resembles/resembling.js';
import { score, STEERING, withMore, type GroupScore, type Reading } from './scoring.js';
import { readViews, type View } from './views/read-views.js';

/**
 * The rules read a text in windows, so that memory does not grow with it; the overlap is longer than any match of
 * theirs. Secrets have no longest match, hence no window.
 */
export const WINDOW = 65_536;
export const OVERLAP = 2_048;
/** Units of a document within which signs are of one message: some sentences. */
export const MESSAGE = 500;
/** Matches of one rule that are looked at where exceptions may spare some of them. */
export const SPARABLE_MAX = 32;

export interface Hit {
  readonly rule: string;
  readonly category: Category;
  /** UTF-16 units of the text that was given. */
  readonly start: number;
  readonly end: number;
  readonly role: TextRole;
  /** How the text was read when it was found: `canonical`, or the transforms from the outside in, joined by `+`. */
  readonly view: string;
  /** Where the match stands in that view; absent for what detectors found. */
  readonly inView?: { readonly start: number; readonly end: number };
  /** Of the classifier: how sure it was, 0 to 1. */
  readonly share?: number;
}

/** A hit that did not count, and the exception that says so. */
export interface SparedHit extends Hit {
  readonly exception: string;
}

export interface Inspection {
  readonly action: Action;
  /** Points of the category that decided; CERTAIN and more is certain. */
  readonly score: number;
  /** What is done, by category; only categories that fired. */
  readonly categories: ReadonlyMap<Category, Action>;
  readonly hits: readonly Hit[];
  readonly spared: readonly SparedHit[];
  /** How the points of rules came about. */
  readonly groups: readonly GroupScore[];
}

let built: RuleSet | undefined;
const ruleSet = (): RuleSet => (built ??= builtInRules());

/** Takes up what every text is read with. */
export function prepareRules(): void {
  inspectText(BUILT_IN, 'ready', 'user');
}

/**
 * What one text is and what a policy does about it. Pure; time is linear in the length, whatever the text.
 * @param judged what the classifier says of it, 0 to 1, where it says that it is an attack
 */
export function inspectText(policy: Policy, text: string, role: TextRole, judged?: number): Inspection {
  const findings = new Findings(role, policy.sparedBy && ((hit) => policy.sparedBy?.(hit, text)));
  const isPlain = isSeenAsItStands(text);
  for (let at = 0; ; at += WINDOW - OVERLAP) {
    readWindow(policy, text.slice(at, at + WINDOW), at, findings);
    if (!isPlain) noteHidden(text.slice(at, at + WINDOW), at, findings);
    if (at + WINDOW >= text.length) break;
  }
  findDetected(policy, text, isPlain, findings);
  if (role !== 'document') {
    const flood = findFlooding(text);
    if (flood)
      findings.add({ rule: flood.rule, category: 'flooding', start: 0, end: text.length }, flood.points);
  }
  if (judged !== undefined) countJudgment(policy, findings, judged);
  return decide(policy, role, findings);
}

/** One sign more that somebody steers the assistant, where rules have seen some: alone it counts nothing. */
function countJudgment(policy: Policy, findings: Findings, share: number): void {
  for (const [at, group] of findings.groups.entries()) {
    const category = group.categories.find((one) => STEERING.includes(one));
    const hit = findings.hits.find((one) => one.category === category);
    if (!category || !hit || group.points >= CERTAIN) continue;
    const found = { rule: classifierRule(category), category, start: hit.start, end: hit.end };
    if (!findings.add(found, 0, 'classifier', undefined, found, share)) continue;
    const raised = withMore(group, SEVERITIES.medium, policy.preset);
    findings.groups[at] = raised;
    for (const each of raised.categories) findings.raise(each, raised.points);
  }
}

/** The rule under which the classifier's judgment is recorded, and can be excepted. */
export function classifierRule(category: Category): string {
  return `${category}.classifier`;
}

/** What was found in a text, with the points of each category. */
class Findings {
  readonly hits: Hit[] = [];
  readonly spared: SparedHit[] = [];
  readonly groups: GroupScore[] = [];
  readonly points = new Map<Category, number>();
  /** What stands in the overlap of two windows is found twice. */
  private readonly seen = new Set<string>();

  constructor(
    readonly role: TextRole,
    private readonly sparedBy?: (hit: Found) => string | undefined,
  ) {}

  /** Whether exceptions may spare something. */
  get isAsked(): boolean {
    return this.sparedBy !== undefined;
  }

  /** False where an exception says that it does not count. */
  add(
    found: Found,
    points: number,
    view = 'canonical',
    inView?: Hit['inView'],
    asked = found,
    share?: number,
  ): boolean {
    const { rule, category, start, end } = found;
    const key = `${rule} ${start} ${end}`;
    const isNew = !this.seen.has(key);
    this.seen.add(key);
    const hit = {
      rule,
      category,
      start,
      end,
      role: this.role,
      view,
      ...(inView && { inView }),
      ...(share !== undefined && { share }),
    };
    const exception = this.sparedBy?.(asked);
    if (exception !== undefined) {
      if (isNew) this.spared.push({ ...hit, exception });
      return false;
    }
    this.raise(category, points);
    if (isNew) this.hits.push(hit);
    return true;
  }

  raise(category: Category, points: number): void {
    this.points.set(category, Math.max(this.points.get(category) ?? 0, points));
  }
}

function readWindow(policy: Policy, window: string, offset: number, findings: Findings): void {
  const readings: Reading[] = [];
  /** Rules that fired on the text as it stands need not be seen in another view as well. */
  const plain = new Set<string>();
  let resembles = false;
  const each = policy.sparedBy ? SPARABLE_MAX : MATCHES_MAX;
  for (const view of readViews(window).views) {
    const disguised = view.path.length > 0;
    const all = ruleSet().match(view.text, findings.role, policy.paranoia, each, plain);
    if (policy.own) all.push(...policy.own.match(view.text, findings.role, policy.paranoia, each));
    // Once: two readings of the same words are one sign. Guesses read what nobody may have written.
    if (view.evident && !resembles) {
      const likeness = resembling(view.text, findings.role);
      resembles = likeness.length > 0;
      all.push(...likeness);
    }
    if (all.length === 0) continue;
    const fresh = disguised ? all.filter(({ rule }) => !plain.has(rule.id)) : all;
    const matches = fresh.filter((match, at) =>
      // Of a rule that matches more often, the last one stands for what was not looked at.
      noteMatch(match, view, offset, findings, fresh[at - each + 1]?.rule === match.rule),
    );
    if (matches.length === 0) continue;
    if (!disguised) for (const { rule } of matches) plain.add(rule.id);
    // What somebody orders is plain to see.
    readings.push({
      text: view.text,
      matches,
      disguised: view.path.some((kind) => kind !== 'ordered'),
      places: matches.map(({ start, end }) => view.span(start, end).start),
    });
  }
  const reach = findings.role === 'document' ? MESSAGE : Infinity;
  for (const group of score(readings, policy.preset, reach)) {
    findings.groups.push(group);
    for (const category of group.categories) findings.raise(category, group.points);
  }
}

function noteHidden(window: string, offset: number, findings: Findings): void {
  const hidden = findHiddenText(window);
  if (!hidden) return;
  const { start, end, certain } = hidden;
  const rule = certain ? 'hidden-text.tags' : 'hidden-text.zero-width';
  const found = { category: 'hidden-text', rule, start: start + offset, end: end + offset } as const;
  findings.add(found, certain ? CERTAIN : FLAGGED);
}

/** False where an exception says that the match does not count. */
function noteMatch(
  match: RuleMatch,
  view: View,
  offset: number,
  findings: Findings,
  isLast: boolean,
): boolean {
  const { rule, end } = match;
  const start = markOf(match, view);
  const span = end > start ? view.span(start, end) : { start: 0, end: 0 };
  const place = { start: span.start + offset, end: span.end + offset };
  const path = view.path.join('+');
  const found = { rule: rule.id, category: rule.category, ...place };
  const isCut = isLast && findings.isAsked;
  const asked = isCut ? { ...found, end: offset + view.span(0, view.text.length).end } : found;
  if (!findings.add(found, 0, path || 'canonical', { start, end }, asked)) return false;
  // Guesses read what may be an accident of spelling; what was encoded was meant to be unread.
  if (path && view.evident)
    findings.add({ rule: `obfuscation.${path}`, category: 'obfuscation', ...place }, FLAGGED, path);
  return true;
}

/** What matches of the product's rules may begin with, as expressions; tenants' rules have none. */
const leads = new Map<string, RegExp>();

/** Where what was found begins: behind what a match may begin with, unless that is all of it. */
function markOf({ rule, start, end }: RuleMatch, { text }: View): number {
  if (rule.lead === undefined) return start;
  let lead = leads.get(rule.lead);
  if (!lead) leads.set(rule.lead, (lead = new RegExp(`^${rule.lead}`)));
  const mark = start + (lead.exec(text.slice(start, end))?.[0].length ?? 0);
  return mark < end ? mark : start;
}

function findDetected(policy: Policy, text: string, isPlain: boolean, findings: Findings): void {
  for (const { start, end, kind } of findVisibleSecrets(text, isPlain))
    findings.add({ rule: `secret.${kind}`, category: 'secret', start, end }, CERTAIN);
  if (policy.actions['personal-data'] === 'allow') return;
  for (const { start, end, kind } of findPersonalData(text))
    findings.add({ rule: `personal-data.${kind}`, category: 'personal-data', start, end }, CERTAIN);
}

function decide(policy: Policy, role: TextRole, findings: Findings): Inspection {
  const { hits, points, spared, groups } = findings;
  const categories = new Map<Category, Action>();
  let action: Action = 'allow';
  let score = 0;
  for (const [category, value] of points) {
    const done = actionFor(policy, category, role, value);
    categories.set(category, done);
    if (strength(done) > strength(action)) action = done;
    score = Math.max(score, value);
  }
  return { action, score, categories, hits, spared, groups };
}

function actionFor(policy: Policy, category: Category, role: TextRole, points: number): Action {
  const wanted = policy.actions[category];
  if (wanted === 'allow' || points < FLAGGED) return 'allow';
  if (points < CERTAIN) return 'flag';
  const withheld = category === 'secret' || category === 'personal-data';
  // An answer is not an order, and an application may shape its assistant, unless the tenant trusts none.
  const isNoted = role === 'assistant' || (role === 'system' && policy.preset !== 'strict');
  if (isNoted && !withheld) return 'flag';
  // Documents are quoted to readers who may read them: a key in one is the owner's affair, and told to him, unless the
  // tenant wants none at all. People's names and addresses stand in every other one.
  if (role === 'document' && withheld && (category !== 'secret' || wanted !== 'refuse')) return 'flag';
  return wanted;
}
