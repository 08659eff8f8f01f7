import { canonicalText } from './canonical/canonical-text.js';
import { findVisibleSecrets } from './find-visible-secrets.js';
import { findHiddenText } from './hidden-text.js';
import { strength, type Action, type Policy } from './policy.js';
import { RULES } from './rules/all-rules.js';
import { CERTAIN, type Category, type TextRole } from './rules/rule.js';
import { RuleSet, type RuleMatch } from './rules/rule-set.js';
import { stanceOfPayload } from './stance-of-payload.js';
import { stanceOfOrder } from './stance.js';

/**
 * The rules read a text in windows, so that memory does not grow with it; the overlap is longer than any match of
 * theirs. Secrets have no longest match, hence no window.
 */
export const WINDOW = 65_536;
export const OVERLAP = 2_048;

export interface Hit {
  readonly rule: string;
  readonly category: Category;
  /** UTF-16 units of the text that was given. */
  readonly start: number;
  readonly end: number;
  readonly role: TextRole;
}

export interface Inspection {
  readonly action: Action;
  /** Points of the category that decided; CERTAIN and more is certain. */
  readonly score: number;
  /** What is done, by category; only categories that fired. */
  readonly categories: ReadonlyMap<Category, Action>;
  readonly hits: readonly Hit[];
}

let built: RuleSet | undefined;
const ruleSet = (): RuleSet => (built ??= new RuleSet(RULES));

/** What one text is and what a policy does about it. Pure; time is linear in the length, whatever the text. */
export function inspectText(policy: Policy, text: string, role: TextRole): Inspection {
  const hits: Hit[] = [];
  const points = new Map<Category, number>();
  for (let at = 0; ; at += WINDOW - OVERLAP) {
    const window = text.slice(at, at + WINDOW);
    readWindow(window, at, role, hits, points);
    if (at + WINDOW >= text.length) break;
  }
  for (const { start, end, kind } of findVisibleSecrets(text)) {
    hits.push({ rule: `secret.${kind}`, category: 'secret', start, end, role });
    raise(points, 'secret', CERTAIN);
  }
  return decide(policy, role, withoutRepeats(hits), points);
}

function readWindow(
  window: string,
  offset: number,
  role: TextRole,
  hits: Hit[],
  points: Map<Category, number>,
): void {
  const canonical = canonicalText(window);
  const matches = ruleSet().match(canonical.text, role);
  for (const { rule, start, end } of matches) {
    const span = end > start ? canonical.span(start, end) : { start: 0, end: 0 };
    hits.push({
      rule: rule.id,
      category: rule.category,
      start: span.start + offset,
      end: span.end + offset,
      role,
    });
  }
  for (const [category, value] of scoreWindow(canonical.text, matches)) raise(points, category, value);
  const hidden = findHiddenText(window);
  if (hidden) {
    const { start, end, certain } = hidden;
    const rule = certain ? 'hidden-text.tags' : 'hidden-text.zero-width';
    hits.push({ rule, category: 'hidden-text', start: start + offset, end: end + offset, role });
    raise(points, 'hidden-text', certain ? CERTAIN : CERTAIN / 2);
  }
}

/** Categories that try to steer the assistant: their judgments count together. */
const STEERING: readonly Category[] = ['direct-injection', 'jailbreak', 'prompt-leak'];
/** What a discussed text is worth at most: it flags. */
const DISCUSSED_MAX = CERTAIN - 1;

function scoreWindow(text: string, matches: readonly RuleMatch[]): Map<Category, number> {
  const points = new Map<Category, number>();
  const seen = new Set<string>();
  for (const { rule } of matches) {
    if (seen.has(rule.id)) continue;
    seen.add(rule.id);
    points.set(rule.category, (points.get(rule.category) ?? 0) + rule.points);
  }
  const steering = STEERING.reduce((sum, category) => sum + (points.get(category) ?? 0), 0);
  for (const category of points.keys()) {
    const own = matches.filter((match) => match.rule.category === category);
    const order = STEERING.includes(category) || category === 'document-instruction';
    const value = STEERING.includes(category) ? steering : (points.get(category) ?? 0);
    const stance = order ? stanceOfOrder(text, own) : stanceOfPayload(text, own);
    points.set(category, stance === 'discussed' ? Math.min(value, DISCUSSED_MAX) : value);
  }
  return points;
}

function decide(policy: Policy, role: TextRole, hits: Hit[], points: Map<Category, number>): Inspection {
  const categories = new Map<Category, Action>();
  let action: Action = 'allow';
  let score = 0;
  for (const [category, value] of points) {
    const done = actionFor(policy[category], category, role, value >= CERTAIN);
    categories.set(category, done);
    if (strength(done) > strength(action)) action = done;
    score = Math.max(score, value);
  }
  return { action, score, categories, hits };
}

function actionFor(wanted: Action, category: Category, role: TextRole, certain: boolean): Action {
  if (wanted === 'allow') return 'allow';
  if (!certain) return 'flag';
  // An application may shape its assistant, and an answer is not an order: what stands there is noted.
  if ((role === 'system' || role === 'assistant') && category !== 'secret') return 'flag';
  // Documents are quoted to readers who may read them: a key in one is the owner's affair, and told to him.
  if (role === 'document' && category === 'secret') return 'flag';
  return wanted;
}

function raise(points: Map<Category, number>, category: Category, value: number): void {
  points.set(category, Math.max(points.get(category) ?? 0, value));
}

/** What stands in the overlap of two windows is found twice. */
function withoutRepeats(hits: readonly Hit[]): Hit[] {
  const seen = new Set<string>();
  return hits.filter((hit) => {
    const key = `${hit.rule} ${hit.start}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
