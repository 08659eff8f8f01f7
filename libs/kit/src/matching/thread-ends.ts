/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { spellable } from './entry-shape.js';
import { REPEAT } from './fold-names.js';
import type { MatchPolicy } from './match-policy.js';
import * as f from './thread-list.js';
import type { ThreadMatch } from './thread-list.js';
import { BOUNDARY, SPACED } from './unit-class.js';

/** Where threads come to the end of an entry: which entries of a node their facts fit. */
export class ThreadEnds {
  readonly found: ThreadMatch[] = [];
  private readonly own: Int32Array;

  constructor(private readonly policy: MatchPolicy) {
    this.own = policy.matcher.automaton.own;
  }

  /** Whether more of its last letter may make an entry of this node of the text. */
  mayTrail(node: number, facts: number, rule: number): boolean {
    const pattern = this.own[node]!;
    if (pattern < 0 || (this.policy.folds & REPEAT) === 0) return false;
    if (f.lastClass(facts) !== SPACED || (facts & (f.GAP | f.MUST_SPREAD)) !== 0) return false;
    if ((facts & f.MUST_GENUINE) !== 0 && (facts & f.GENUINE) === 0) return false;
    if ((facts & f.RUN_BITS) >> f.RUN_SHIFT >= f.RUN_LIMIT) return false;
    const { firstEntry, nextEntry } = this.policy.matcher;
    for (let e = firstEntry[pattern]!; e >= 0; e = nextEntry[e]!) {
      if ((this.policy.rules[e]! & rule) !== 0 && this.fits(e, facts | REPEAT, true)) return true;
    }
    return false;
  }

  /** The entries of a node that a thread has reached. */
  report(start: number, node: number, facts: number, repeated: boolean): void {
    if (f.isDoubtful(facts)) return;
    if ((facts & f.MUST_GENUINE) !== 0 && (facts & f.GENUINE) === 0) return;
    const { firstEntry, nextEntry, shapes } = this.policy.matcher;
    const mustSpread = (facts & f.MUST_SPREAD) !== 0;
    const needed = spellable(facts & f.FOLDS);
    for (let e = firstEntry[this.own[node]!]!; e >= 0; e = nextEntry[e]!) {
      if (!this.fits(e, facts, repeated) || (mustSpread && (shapes[e]! & needed) === 0)) continue;
      const alone = mustSpread && f.lastClass(facts) === SPACED;
      this.found.push({ entry: e, start, folds: facts & f.FOLDS, alone });
    }
  }

  private fits(entry: number, facts: number, repeated: boolean): boolean {
    const { startMasks, endMasks } = this.policy.matcher;
    const rule = this.policy.rules[entry]!;
    if (rule === 0 || (facts & f.FOLDS & ~rule) !== 0) return false;
    if ((startMasks[entry]! & (facts >> f.BEFORE_SHIFT) & BOUNDARY) !== 0) return false;
    return !repeated || (endMasks[entry]! & SPACED) !== 0;
  }
}
