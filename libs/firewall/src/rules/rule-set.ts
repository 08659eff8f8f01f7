import { exactFold, Matcher, MatchList } from '@lorekeep/kit/matching';
import type { Paranoia, Rule, TextRole } from './rule.js';

/** Matches of one rule that are reported; what comes after them adds nothing. */
const MATCHES_MAX = 8;

export interface RuleMatch {
  readonly rule: Rule;
  /** In the text that was read. */
  readonly start: number;
  readonly end: number;
}

/** Rules behind one automaton of their literals: a pattern is tried only on texts that hold one of its literals. */
export class RuleSet {
  private readonly matcher: Matcher;
  /** Rules of each literal, in the order of the matcher's entries. */
  private readonly owners: number[][] = [];
  private readonly patterns: RegExp[];
  private readonly found = new MatchList();
  private readonly wanted: Uint8Array;

  constructor(readonly rules: readonly Rule[]) {
    const literals = new Map<string, number[]>();
    rules.forEach((rule, index) => {
      for (const literal of rule.literals) literals.set(literal, [...(literals.get(literal) ?? []), index]);
    });
    this.wanted = new Uint8Array(rules.length);
    this.owners = [...literals.values()];
    const entries = [...literals.keys()].map((text) => ({ id: text, text, wholeWord: false, holds: false }));
    // The text has been folded already.
    this.matcher = new Matcher(entries, exactFold());
    this.patterns = rules.map((rule) => new RegExp(rule.pattern, 'g'));
  }

  /** Matches in canonical text, rule by rule. */
  match(canonical: string, role: TextRole, paranoia: Paranoia): RuleMatch[] {
    const { found } = this;
    found.clear();
    this.matcher.scan(canonical, found);
    if (found.count === 0) return [];
    const wanted = this.wanted.fill(0);
    for (let i = 0; i < found.count; i++)
      for (const index of this.owners[found.entry(i)] ?? []) wanted[index] = 1;
    const matches: RuleMatch[] = [];
    for (let index = wanted.indexOf(1); index >= 0; index = wanted.indexOf(1, index + 1)) {
      const rule = this.rules[index];
      const pattern = this.patterns[index];
      if (!rule || !pattern || (rule.paranoia ?? 1) > paranoia) continue;
      if (rule.roles.includes(role)) collect(rule, pattern, canonical, matches);
    }
    return matches;
  }
}

function collect(rule: Rule, pattern: RegExp, text: string, matches: RuleMatch[]): void {
  pattern.lastIndex = 0;
  for (let count = 0; count < MATCHES_MAX; count++) {
    const match = pattern.exec(text);
    if (!match) return;
    matches.push({ rule, start: match.index, end: match.index + match[0].length });
    if (match[0] === '') pattern.lastIndex += 1;
  }
}
