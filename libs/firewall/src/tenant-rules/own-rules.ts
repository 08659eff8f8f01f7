import { exactFold, Matcher, MatchList } from '@lorekeep/kit/matching';
import { RE2JS } from 're2js';
import { keepLatest } from '../rules/keep-latest.js';
import { reachOf } from '../rules/reach-of.js';
import { MATCHES_MAX, type RuleMatch } from '../rules/rule-set.js';
import type { Paranoia, TextRole } from '../rules/rule.js';
import { findLinear } from './find-linear.js';
import type { OwnRule } from './own-rule.js';

interface Compiled {
  readonly pattern: RE2JS;
  readonly reach: number;
}

/**
 * A tenant's rules. A pattern is tried only within reach of one of its literals, by an engine that never backtracks;
 * so time is linear in the length of the text, whatever the pattern.
 */
export class OwnRules {
  /** Compiled when one of their literals is seen for the first time, or before. */
  private readonly compiled: (Compiled | undefined)[];
  private readonly owners: readonly number[][];
  private readonly matcher: Matcher;
  private readonly found = new MatchList();

  constructor(private readonly rules: readonly OwnRule[]) {
    this.compiled = rules.map(() => undefined);
    const owners = new Map<string, number[]>();
    rules.forEach((rule, index) => {
      for (const literal of new Set(rule.literals))
        owners.set(literal, [...(owners.get(literal) ?? []), index]);
    });
    this.owners = [...owners.values()];
    const entries = [...owners.keys()].map((text) => ({ id: text, text, wholeWord: false, holds: false }));
    this.matcher = new Matcher(entries, exactFold());
  }

  /**
   * Matches in a view of a text, rule by rule, at most `each` of a rule.
   * @throws SyntaxError or RE2JSException for a pattern that does not parse; they are checked when saved
   */
  match(view: string, role: TextRole, paranoia: Paranoia, each = MATCHES_MAX): RuleMatch[] {
    const { found } = this;
    found.clear();
    this.matcher.scan(view, found);
    const matches: RuleMatch[] = [];
    for (const [index, spans] of this.regions(role, paranoia)) {
      const rule = this.rules[index];
      const compiled = this.compiled[index];
      if (!rule || !compiled) continue;
      const most = matches.length + each;
      for (let i = 0; i + 1 < spans.length && matches.length < most; i += 2) {
        const region = { from: spans[i] ?? 0, to: spans[i + 1] ?? 0, reach: compiled.reach };
        const places = findLinear(compiled.pattern, view, { ...region, most: most - matches.length });
        for (const place of places) matches.push({ rule, ...place });
      }
    }
    return matches;
  }

  /** Compiles the rules, one a step, which the first text that holds a literal of theirs would wait for. */
  *preparing(): Generator<undefined> {
    for (const [index, rule] of this.rules.entries()) {
      this.compiled[index] ??= compile(rule.pattern);
      yield;
    }
  }

  /** Where each rule is to be tried: from and to in turns, in order and apart. */
  private regions(role: TextRole, paranoia: Paranoia): Map<number, number[]> {
    const regions = new Map<number, number[]>();
    const { found } = this;
    for (let i = 0; i < found.count; i++) {
      for (const index of this.owners[found.entry(i)] ?? []) {
        const rule = this.rules[index];
        if (!rule || rule.paranoia > paranoia || !rule.roles.includes(role)) continue;
        const { reach } = (this.compiled[index] ??= compile(rule.pattern));
        const [from, to] = [found.end(i) - reach, found.start(i) + reach];
        const spans = regions.get(index) ?? [];
        const last = spans.length - 1;
        // Literals arrive in the order of their ends, so a span can only touch the last one.
        if (last >= 0 && from <= (spans[last] ?? 0)) spans[last] = Math.max(spans[last] ?? 0, to);
        else spans.push(from, to);
        regions.set(index, spans);
      }
    }
    return regions;
  }
}

/** Rules of some twenty tenants that have as many as they may. */
const PROGRAMS_MAX = 1_024;

const compile = keepLatest<Compiled>(PROGRAMS_MAX, (pattern) => ({
  pattern: RE2JS.compile(pattern),
  reach: reachOf(pattern),
}));
