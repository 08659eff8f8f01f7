import type { Category, Rule, Severity, TextRole } from '../rules/rule.js';
import type { RuleMatch } from '../rules/rule-set.js';
import { readAround, readWindows } from './read-windows.js';
import {
  kindOf,
  OF_DOCUMENTS,
  OF_QUESTIONS,
  scoreAround,
  scoreWindow,
  scriptOf,
  type Likeness,
} from './score-window.js';

const ID = '.resembles';

/** Weights were fitted to what people ask and to documents; a tool's answer and an application's prompt read otherwise. */
const LIKENESSES: Readonly<Partial<Record<TextRole, Likeness>>> = {
  user: OF_QUESTIONS,
  document: OF_DOCUMENTS,
};

/**
 * One judgment a category, beside those of patterns: flags alone, and refuses with another sign; where a text looks rather
 * more like an attack than most that are doubted, a faint sign is enough. Where it looks so much like one that hardly any
 * other does, it is as good as two signs.
 */
function judgments(role: TextRole, severity: Severity): [Category, Rule][] {
  const kinds = LIKENESSES[role]?.kinds ?? [];
  return kinds.map((category) => [
    category,
    {
      id: `${category}${ID}`,
      category,
      kind: 'judgment',
      severity,
      literals: [],
      pattern: '',
      roles: [role],
      catches: [],
      passes: [],
    },
  ]);
}
const DOUBTED = new Map([...judgments('user', 'medium'), ...judgments('document', 'medium')]);
const LIKELY = new Map([...judgments('user', 'high'), ...judgments('document', 'high')]);
/** Where that begins, of the way from the threshold to certainty. */
const LIKELY_FROM = 0.25;
const CERTAINTIES = new Map([...judgments('user', 'critical'), ...judgments('document', 'critical')]);

export const RESEMBLING_RULES: readonly Rule[] = [...DOUBTED.values()];

export function isResembling({ id }: Pick<Rule, 'id'>): boolean {
  return id.endsWith(ID);
}

/** What a text comes to: logits of its windows and of what stands around the likeliest one, less the threshold. */
interface Look {
  readonly left: number;
  /** How much more is certainty. */
  readonly certain: number;
  readonly windows: number;
  readonly likeliest: number;
}

/** Nothing where the windows alone say that it is ordinary, as nearly all are: then nothing more is looked at. */
function lookAt(text: string, likeness: Likeness): Look | undefined {
  const { addsUp, perWindows, letters, from, reach, weights } = likeness;
  let [windows, odds, most, likeliest] = [0, 0, -Infinity, -1];
  let [start, end] = [0, 0];
  readWindows(
    text,
    (window) => {
      const score = scoreWindow(likeness, window);
      if (score > most) {
        [most, likeliest] = [score, windows];
        [start, end] = [window.start, window.end];
      }
      if (addsUp) odds += Math.exp(score);
      windows++;
    },
    letters,
  );
  const first = (addsUp ? Math.log(odds) : most) - perWindows * Math.log(Math.max(1, windows));
  if (likeliest < 0 || first <= from) return undefined;
  const second = scoreAround(likeness, readAround(text, likeliest, reach));
  const { threshold, certain } = weights.cuts[scriptOf(text, start, end)];
  return { left: first + second - threshold, certain, windows, likeliest };
}

/**
 * The part of a canonical text that looks most like an attack, by weights fitted to attacks and others, or
 * nothing where none does. Linear in the length of the text.
 */
export function resembling(text: string, role: TextRole): RuleMatch[] {
  const likeness = LIKENESSES[role];
  const look = likeness && lookAt(text, likeness);
  if (!look || look.left <= 0) return [];
  const { left, certain, windows, likeliest } = look;
  // A document of a sentence or two is a note, and no other lines show what they are about.
  const isNote = role === 'document' && windows === 1;
  const doubted = left > LIKELY_FROM * certain ? LIKELY : DOUBTED;
  const rules = !isNote && left > certain ? CERTAINTIES : doubted;
  const found: RuleMatch[] = [];
  let at = 0;
  readWindows(
    text,
    (window) => {
      const rule = at++ === likeliest && rules.get(kindOf(likeness, window));
      if (rule) found.push({ rule, start: window.start, end: window.end });
    },
    likeness.letters,
  );
  return found;
}

/** Words that are shown, and the least share of the whole that each must stand for. */
const REASONS_MAX = 6;
const REASON_MIN = 0.05;
const PIECE = /[a-z0-9\u00c0-\u1fff]+(?:['’][a-z]+)?|[\u3400-\u9fff]{1,2}/g;

/** The words of such a part without which it would look least like one, most telling first. */
export function reasonsOf(part: string, role: TextRole = 'user'): string[] {
  const likeness = LIKENESSES[role];
  if (!likeness) return [];
  const whole = scoreOf(part, likeness);
  const reasons = new Map<string, number>();
  for (const { 0: word, index } of part.matchAll(PIECE)) {
    const loss = whole - scoreOf(part.slice(0, index) + part.slice(index + word.length), likeness);
    reasons.set(word, Math.max(reasons.get(word) ?? 0, loss));
  }
  const least = REASON_MIN * Math.max(1, Math.abs(whole));
  return [...reasons]
    .filter(([, loss]) => loss >= least)
    .sort(([, a], [, b]) => b - a)
    .slice(0, REASONS_MAX)
    .map(([word]) => word);
}

/** Of a part that was found: both looks at it alone, the second at all of it. */
function scoreOf(part: string, likeness: Likeness): number {
  let most = -Infinity;
  readWindows(part, (window) => (most = Math.max(most, scoreWindow(likeness, window))), likeness.letters);
  if (most === -Infinity) return 0;
  const { threshold } = likeness.weights.cuts[scriptOf(part, 0, part.length)];
  return most + scoreAround(likeness, readAround(part, 0, likeness.reach)) - threshold;
}
