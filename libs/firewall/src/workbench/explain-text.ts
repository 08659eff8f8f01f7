import type { Classifier } from '../classifier/classifier.js';
import type { Hit, Inspection } from '../inspect-text.js';
import { inspectText } from '../inspect-text.js';
import { strength, type Action, type Policy } from '../policy.js';
import { settle } from '../judge.js';
import { isResembling, reasonsOf } from '../resembles/resembling.js';
import type { Category, TextRole } from '../rules/rule.js';
import { readViews } from '../views/read-views.js';

/** UTF-16 units that are explained: what rules read at once, so that places in views are those of the whole text. */
export const EXPLAINED_MAX = 60_000;

export interface ShownView {
  /** `canonical`, or the transforms from the outside in, joined by `+`. */
  readonly name: string;
  readonly text: string;
  /** False where every transform is one that any text could undergo. */
  readonly evident: boolean;
}

export interface ExplainedHit extends Hit {
  /** Of what resembles an attack: the words that spoke for it, most telling first. */
  readonly because?: readonly string[];
}

export interface Explanation {
  readonly action: Action;
  /** What would have been done were it not for shadow mode. */
  readonly shadow: Action | null;
  readonly score: number;
  readonly categories: readonly { category: Category; action: Action }[];
  readonly groups: Inspection['groups'];
  readonly hits: readonly ExplainedHit[];
  readonly spared: Inspection['spared'];
  /** What would go on. */
  readonly text: string;
}

/** The text in all the ways in which rules read it. */
export function showViews(text: string): ShownView[] {
  return readViews(text).views.map(({ path, text: shown, evident }) => ({
    name: path.join('+') || 'canonical',
    text: shown,
    evident,
  }));
}

/** Everything that a policy decides about a text, and why, with what the classifier may say of it. */
export async function explainText(
  policy: Policy,
  text: string,
  role: TextRole,
  classifier?: Classifier,
): Promise<Explanation> {
  const first = inspectText(policy, text, role);
  const judged = await classifier?.judge(policy, text, role, first);
  const inspection = judged === undefined ? first : inspectText(policy, text, role, judged);
  const { score, categories, groups, hits, spared } = inspection;
  const verdict = settle(policy, [{ role, text }], [inspection], 'en');
  const decided = [...categories].map(([category, action]) => ({ category, action }));
  return {
    action: verdict.action,
    shadow: verdict.shadow ?? null,
    score,
    categories: decided.sort((a, b) => strength(b.action) - strength(a.action)),
    groups,
    hits: explained(text, hits),
    spared,
    text: verdict.texts[0] ?? '',
  };
}

function explained(text: string, hits: readonly Hit[]): ExplainedHit[] {
  if (!hits.some(({ rule }) => isResembling({ id: rule }))) return [...hits];
  const views = new Map(showViews(text).map((view) => [view.name, view.text]));
  return hits.map((hit) => {
    if (!hit.inView || !isResembling({ id: hit.rule })) return hit;
    const part = (views.get(hit.view) ?? '').slice(hit.inView.start, hit.inView.end);
    return { ...hit, because: reasonsOf(part, hit.role) };
  });
}
