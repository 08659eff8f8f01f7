import type { Rule, TextRole } from '../rules/rule.js';
import type { RuleMatch } from '../rules/rule-set.js';
import { readWindows } from './read-windows.js';
import { kindOf, KINDS, PER_WINDOWS, scoreWindow, type Kind } from './score-window.js';

/** Its weights were fitted to what people ask; a tool's answer and an application's prompt read otherwise. */
const ROLES: readonly TextRole[] = ['user'];
const ID = '.resembles';

/** One judgment a category, beside those of patterns: flags alone, and refuses with another sign. */
const RULES_BY_KIND = new Map<Kind, Rule>(
  KINDS.map((category) => [
    category,
    {
      id: `${category}${ID}`,
      category,
      kind: 'judgment',
      severity: 'medium',
      literals: [],
      pattern: '',
      roles: ROLES,
      catches: [],
      passes: [],
    },
  ]),
);
export const RESEMBLING_RULES: readonly Rule[] = [...RULES_BY_KIND.values()];

export function isResembling({ id }: Pick<Rule, 'id'>): boolean {
  return id.endsWith(ID);
}

/**
 * The part of a canonical text that looks most like an attack, by weights fitted to attacks and questions; nothing where
 * none does. Linear in the length of the text.
 */
export function resembling(text: string, role: TextRole): RuleMatch[] {
  if (!ROLES.includes(role)) return [];
  let windows = 0;
  let most = -Infinity;
  let found: (RuleMatch & { rule: Rule }) | undefined;
  readWindows(text, (window) => {
    windows++;
    const score = scoreWindow(window);
    if (score <= 0 || score <= most) return;
    const rule = RULES_BY_KIND.get(kindOf(window));
    if (!rule) return;
    most = score;
    found = { rule, start: window.start, end: window.end };
  });
  return found && most > PER_WINDOWS * Math.log(windows) ? [found] : [];
}

/** Words that are shown, and the least share of the whole that each must stand for. */
const REASONS_MAX = 6;
const REASON_MIN = 0.05;
const PIECE = /[a-z0-9\u00c0-\u1fff]+(?:['’][a-z]+)?|[\u3400-\u9fff]{1,2}/g;

/** The words of such a part without which it would look least like one, most telling first. */
export function reasonsOf(part: string): string[] {
  const whole = scoreOf(part);
  const reasons = new Map<string, number>();
  for (const { 0: word, index } of part.matchAll(PIECE)) {
    const loss = whole - scoreOf(part.slice(0, index) + part.slice(index + word.length));
    reasons.set(word, Math.max(reasons.get(word) ?? 0, loss));
  }
  const least = REASON_MIN * Math.max(1, Math.abs(whole));
  return [...reasons]
    .filter(([, loss]) => loss >= least)
    .sort(([, a], [, b]) => b - a)
    .slice(0, REASONS_MAX)
    .map(([word]) => word);
}

function scoreOf(part: string): number {
  let most = -Infinity;
  readWindows(part, (window) => (most = Math.max(most, scoreWindow(window))));
  return most === -Infinity ? 0 : most;
}
