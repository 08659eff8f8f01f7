/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { isDigit } from './entry-shape.js';
import * as names from './fold-names.js';
import * as gaps from './gap-facts.js';
import { ALLOWS, childOf, codeInto, HOLDING, isRun, type MatchPolicy, WATCHED } from './match-policy.js';
import { isJoint } from './markup-signs.js';
import * as skips from './markup-skip.js';
import { ThreadEnds } from './thread-ends.js';
import * as f from './thread-list.js';
import { ThreadList, type ThreadMatch } from './thread-list.js';
import * as classes from './unit-class.js';
import * as traits from './unit-traits.js';

// Own constants are folded into the code; imported ones would be looked up at every use.
const { INTERLEAVE, LEET, MARKUP, REPEAT } = names;
const { BOUNDARY, SPACED, UNSPACED } = classes;
const { ALTERNATIVE, LOW, MARK, NOISE } = traits;
const { MARKED } = skips;
const BLANK_UNIT = 0x20;
/** Entries of any rule, see match-policy. */
const ANY_RULE = WATCHED | HOLDING | ALLOWS;
/** Letters that English hardly ever doubles: one of them twice is a repeat already. */
const SELDOM_DOUBLED = new Set(Array.from('ahijkquvwxy', (letter) => letter.charCodeAt(0)));

/**
 * Walks the trie along readings of a text that is evasive: look-alikes, noise in between, repeats, marks. A thread
 * has a fixed start and no failure links; it is forked from the automaton's states where something evasive is
 * read, and dies where the entry's next unit does not come. What is kept can still become a match: see DESIGN.md.
 */
export class Threads {
  live = new ThreadList();
  /** Threads on their way through an escape that is not complete. */
  suspended = new ThreadList();
  /** Threads before the first half of a pair: they read the pair if the other half follows. */
  paired = new ThreadList();
  private readonly ends: ThreadEnds;
  private next = new ThreadList();
  private unit = 0;
  private code = 0;
  private unitClass = 0;
  private trait = 0;
  /** Of the thread at hand, see ThreadList. */
  private skip = 0;
  private isEscape = false;
  private readonly cells: Int32Array;
  private readonly own: Int32Array;

  constructor(private readonly policy: MatchPolicy) {
    this.cells = policy.matcher.automaton.cells;
    this.own = policy.matcher.automaton.own;
    this.ends = new ThreadEnds(policy);
  }

  /** Matches since they were taken. */
  get found(): ThreadMatch[] {
    return this.ends.found;
  }

  /** The folded unit that the next calls speak of. */
  read(unit: number, code: number, unitClass: number, trait: number): void {
    this.unit = unit;
    this.code = code;
    this.unitClass = unitClass & BOUNDARY;
    this.trait = trait;
  }

  /** All live threads read the unit. */
  step(): void {
    const from = this.live;
    for (let i = 0; i < from.count; i++) this.stepAt(from, i);
    this.skip = 0;
  }

  /** A reading begins with the unit, as it stands there or otherwise. */
  begin(start: number, facts: number): void {
    this.stepOne(start, 0, facts);
  }

  /** The unit read otherwise than it stands there, from a node (0 = root) that was reached without threads. */
  evade(start: number, node: number, facts: number): void {
    if ((this.trait & ALTERNATIVE) !== 0) this.passFor(start, node, facts);
    if (node === 0) return;
    if ((this.trait & (NOISE | MARK)) !== 0) this.gap(start, node, facts);
    if (this.code !== 0 && this.code === codeInto(this.cells, node)) this.repeat(start, node, facts, 0);
  }

  /** What `step` and `evade` gathered becomes live. */
  turn(): void {
    const spent = this.live;
    this.live = this.next;
    this.next = spent;
    spent.count = 0;
  }

  /** A line ends within a run of blanks that has been read. */
  breakLine(): void {
    const { live } = this;
    for (let i = 0; i < live.count; i++) {
      const facts = live.facts[i]!;
      const inGap = (facts & f.NOISE_BITS) !== 0 && (facts & INTERLEAVE) !== 0;
      this.skip = live.skips[i]!;
      // A word that was parted by a hyphen at the end of a line goes on in the next one.
      if (!inGap && (facts & f.LINE) !== 0) continue;
      if (!inGap) this.next.push(live.starts[i]!, live.nodes[i]!, facts, this.skip);
      else if (!gaps.parts(facts, gaps.LINE))
        this.next.push(live.starts[i]!, live.nodes[i]!, gaps.noted(facts, gaps.LINE), this.skip);
      else if ((facts & f.SPREAD) !== 0 && (facts & f.TO_UNSPACED) === 0)
        this.keep(live.starts[i]!, live.nodes[i]!, gaps.spelledOut(facts));
    }
    this.skip = 0;
    this.turn();
  }

  suspend(start: number, node: number, facts: number, skip = 0): void {
    const next = facts | MARKUP;
    if (node === 0 || this.policy.openTo(node, next) !== 0 || this.ends.mayTrail(node, next, ANY_RULE))
      this.suspended.push(start, node, next, skip);
  }

  /** Suspended threads read the unit that the escape stands for, and go on from there. */
  stepSuspended(isLast: boolean): void {
    const { live, next } = this;
    const from = this.suspended;
    const into = new ThreadList();
    this.next = isLast ? live : into;
    this.isEscape = true;
    for (let i = 0; i < from.count; i++) this.stepAt(from, i);
    this.isEscape = false;
    this.skip = 0;
    this.next = next;
    this.suspended = into;
  }

  /** What is suspended may read a pair, too. */
  pair(): void {
    const { suspended, paired } = this;
    paired.count = 0;
    for (let i = 0; i < suspended.count; i++)
      paired.push(suspended.starts[i]!, suspended.nodes[i]!, suspended.facts[i]!, suspended.skips[i]!);
  }

  /** The other half is there: instead of what is suspended, the threads from before the pair read on. */
  resumePair(): void {
    const { suspended, paired } = this;
    suspended.count = 0;
    this.suspended = paired;
    this.paired = suspended;
  }

  /** The escape stood for nothing visible: threads go on as they were. */
  resume(): void {
    const from = this.suspended;
    for (let i = 0; i < from.count; i++) {
      const node = from.nodes[i]!;
      if (node !== 0) this.live.push(from.starts[i]!, node, from.facts[i]!, Math.max(from.skips[i]!, 1));
    }
    from.count = 0;
  }

  /** The first start from which a live thread may still become an entry of these kinds; `before` when none. */
  firstStart(kinds: number, rule: number, before: number): number {
    let first = this.firstOf(this.live, kinds, rule, before);
    if (this.suspended.count > 0) first = this.firstOf(this.suspended, kinds, rule, first);
    return this.paired.count > 0 ? this.firstOf(this.paired, kinds, rule, first) : first;
  }

  private firstOf(list: ThreadList, kinds: number, rule: number, before: number): number {
    let first = before;
    for (let i = 0; i < list.count; i++) {
      if (list.starts[i]! >= first) continue;
      const [node, facts] = [list.nodes[i]!, list.facts[i]!];
      if ((this.policy.openTo(node, facts) & kinds) !== 0 || this.ends.mayTrail(node, facts, rule))
        first = list.starts[i]!;
    }
    return first;
  }

  private stepAt(from: ThreadList, i: number): void {
    const [node, facts] = [from.nodes[i]!, from.facts[i]!];
    this.skip = from.skips[i]!;
    this.stepOne(from.starts[i]!, node, facts);
    // Blanks on both sides of markup are seen as one, and so are those that are written as escapes.
    const isBlank = this.unit === BLANK_UNIT && this.code !== 0 && this.code === codeInto(this.cells, node);
    if (this.isEscape) this.skip = Math.max(this.skip, 1);
    // Behind a mark it may be an item of a list.
    const isJoined = isBlank && this.skip > 0 && this.skip < MARKED && (facts & f.NOISE_BITS) === 0;
    if (isJoined) this.keep(from.starts[i]!, node, facts);
  }

  private stepOne(start: number, node: number, facts: number): void {
    const isTorn = (this.trait & LOW) !== 0 && (facts & f.NOISE_BITS) !== 0;
    if (this.code !== 0 && !isTorn) {
      const child = childOf(this.cells, node, this.code);
      if (child !== 0) this.consume(start, node, child, facts, 0, this.unitClass);
    }
    this.evade(start, node, facts);
  }

  private passFor(start: number, node: number, facts: number): void {
    for (const other of this.policy.traits.alternatives.get(this.unit) ?? []) {
      if ((other.fold & this.policy.folds) === 0) continue;
      const child = childOf(this.cells, node, other.code);
      if (child !== 0) this.consume(start, node, child, this.needOf(node, facts, other), other.fold, SPACED);
      if (node !== 0 && other.code === codeInto(this.cells, node))
        this.repeat(start, node, facts, other.fold);
    }
  }

  // At the root, MUST_GENUINE says: the text before is in the script of this letter.
  private needOf(node: number, facts: number, other: { fold: number; mixed: boolean }): number {
    if (other.fold === LEET) return facts | f.MUST_GENUINE;
    return node === 0 && !other.mixed ? facts & ~f.MUST_GENUINE : facts;
  }

  private consume(
    start: number,
    node: number,
    child: number,
    facts: number,
    fold: number,
    unitClass: number,
  ): void {
    if ((facts & f.TO_UNSPACED) !== 0 && unitClass !== UNSPACED) return;
    let next = facts | fold;
    if (unitClass === 0) {
      if (f.isDoubtful(facts)) return;
      next |= f.GAP;
    } else if ((this.trait & LOW) === 0) {
      const isClose = (facts & f.GAP) === 0;
      const touches = node === 0 && unitClass === SPACED && ((facts >> f.BEFORE_SHIFT) & SPACED) !== 0;
      if (isClose || touches) {
        if ((facts & f.MUST_SPREAD) !== 0) return;
        next &= ~f.SPREAD;
      }
      next &= ~f.GAP;
    }
    if (fold === 0 && this.unit !== BLANK_UNIT) next |= f.GENUINE;
    let run = 1;
    if (node !== 0 && (facts & f.GAP) === 0 && codeInto(this.cells, child) === codeInto(this.cells, node)) {
      run = Math.min(((facts & f.RUN_BITS) >> f.RUN_SHIFT) + 1, f.RUN_LIMIT);
    }
    next &= ~(f.NOISE_BITS | f.RUN_BITS | f.LAST_BITS | f.TO_UNSPACED | f.LINE | f.SIGNED);
    this.arrive(start, child, next | (run << f.RUN_SHIFT) | (unitClass << f.LAST_SHIFT), false);
  }

  private gap(start: number, node: number, facts: number): void {
    if (f.isDoubtful(facts)) return;
    // A mark of emphasis is markup, of which there may be more than of noise.
    const marked = facts | f.GAP | MARKUP;
    const left = (this.trait & MARK) === 0 ? 0 : skips.markOn(this.skip);
    if (left !== 0 && this.policy.openTo(node, marked) !== 0) this.next.push(start, node, marked, left);
    const isLow = (this.trait & LOW) !== 0;
    const noise = ((facts & f.NOISE_BITS) >> f.NOISE_SHIFT) + (isLow ? 0 : 1);
    if ((this.trait & NOISE) === 0 || noise > f.NOISE_LIMIT || noise === 0) return;
    const blank = childOf(this.cells, node, this.policy.matcher.automaton.codes[BLANK_UNIT]!);
    if (blank !== 0 && isJoint(this.unit) && gaps.isBare(facts))
      this.consume(start, node, blank, facts, INTERLEAVE, 0);
    const kind = gaps.kindOf(this.unit, this.trait, facts, this.skip);
    const isParted = gaps.parts(facts, kind);
    const open = gaps.noted((facts & ~f.NOISE_BITS) | (noise << f.NOISE_SHIFT) | f.GAP | INTERLEAVE, kind);
    const isFree = f.lastClass(facts) === UNSPACED && !isParted;
    if (isFree) this.keep(start, node, open);
    else if (!isParted && (facts & f.MUST_SPREAD) === 0) this.keep(start, node, open | f.TO_UNSPACED);
    if ((facts & f.SPREAD) === 0 || (facts & f.TO_UNSPACED) !== 0) return;
    const spread = gaps.spelledOut(open);
    if (!isFree) this.keep(start, node, spread);
    if (this.unit === BLANK_UNIT || isLow) return;
    // Spelled out, the blank between two words may be any sign.
    if (blank !== 0) this.keep(start, blank, spread & ~f.LAST_BITS);
  }

  private repeat(start: number, node: number, facts: number, fold: number): void {
    const last = f.lastClass(facts);
    const run = ((facts & f.RUN_BITS) >> f.RUN_SHIFT) + 1;
    const isParted = (facts & (f.GAP | f.MUST_SPREAD)) !== 0;
    if (isParted || last === 0 || run > f.RUN_LIMIT || isDigit(this.unit)) return;
    // A run counts from its first letter: from within it the word stands there as it is, with the same end.
    if (((facts >> f.BEFORE_SHIFT) & last) !== 0 && isRun(this.cells, node)) return;
    let next = ((facts | REPEAT | fold) & ~(f.SPREAD | f.RUN_BITS)) | (run << f.RUN_SHIFT);
    if (fold === LEET) next |= f.MUST_GENUINE;
    // Inside the word only: at its edges the word itself is there.
    if (last === UNSPACED) {
      if (this.policy.matcher.automaton.depth[node]! > 1) this.keep(start, node, next | f.REPEATS);
      return;
    }
    const isPlain = run >= 3 || SELDOM_DOUBLED.has(this.unit) || (facts & f.DOUBLED) !== 0;
    next |= isPlain ? f.REPEATS : f.DOUBLED;
    this.arrive(start, node, next, true);
  }

  private arrive(start: number, node: number, facts: number, repeated: boolean): void {
    if (this.own[node]! >= 0) this.ends.report(start, node, facts, repeated);
    if (this.policy.openTo(node, facts) !== 0 || this.ends.mayTrail(node, facts, ANY_RULE))
      this.next.push(start, node, facts, this.isEscape && this.unit === BLANK_UNIT ? 1 : 0);
  }

  private keep(start: number, node: number, facts: number): void {
    if (this.policy.openTo(node, facts) !== 0) this.next.push(start, node, facts, this.skip);
  }
}
