/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import * as cellsOf from './automaton.js';
import { MARKUP } from './fold-names.js';
import { mayJoin } from './joined-words.js';
import { childOf, codeInto, type MatchPolicy } from './match-policy.js';
import { MarkupGaps } from './markup-gaps.js';
import { isHyphen, isJoint, isMarkup, mayBegin } from './markup-signs.js';
import { NOTHING_BEHIND, OpenEscape } from './open-escape.js';
import * as f from './thread-list.js';
import type { ThreadMatch } from './thread-list.js';
import { Threads } from './threads.js';
import * as classes from './unit-class.js';
import * as unitFacts from './unit-facts.js';
import * as traits from './unit-traits.js';

// Own constants are folded into the code; imported ones would be looked up at every use.
const { CHECK, FAIL, MANY_CODE } = cellsOf;
const { BEFORE_BITS, BOUNDARY, FOREIGN, OTHER, SPACED, START_SHIFT } = classes;
const { ALTERNATIVE, BLANK, ESCAPE, MARK, NOISE, OPENS } = traits;

/** Where the automaton is: its state, the units read, the class of the last one and how often it came in a row. */
export interface Past {
  state: number;
  count: number;
  last: number;
  run: number;
}

/** Prefixes at one place from which threads are forked, the longest first; a text with more has one letter, repeated. */
export const CHAIN_LIMIT = 64;
/** So many units back are looked at for the script of the text before. */
export const LEAST_PAST = 15;
/** Letters so many units back tell the script of the text before. */
const SCRIPT_REACH = 8;
const EVASIVE = ALTERNATIVE | NOISE | MARK;
const BLANK_UNIT = 0x20;
/** Of a raw unit that folds to one: a letter or digit of a spaced script. */
const SPACED_FACT = SPACED << unitFacts.CLASS_SHIFT;
const { CODE_BITS } = unitFacts;
const TRAITS = unitFacts.TRAIT_BITS << unitFacts.TRAIT_SHIFT;
const NOTHING: readonly ThreadMatch[] = [];

/** Forks threads from the automaton of a cursor where its text is evasive, and runs them. */
export class ForkPoint {
  private readonly threads: Threads;
  private readonly escape: OpenEscape;
  /** Made when markup begins within a word for the first time. */
  private gaps: MarkupGaps | undefined;
  /** A word may go on with Han behind noise. */
  readonly turns: boolean;
  private readonly letters: Uint8Array;

  constructor(
    private readonly policy: MatchPolicy,
    private readonly ring: Int32Array,
    private readonly mask: number,
  ) {
    this.threads = new Threads(policy);
    this.escape = new OpenEscape(policy, this.threads);
    this.letters = policy.matcher.letters;
    this.turns = policy.turns;
  }

  /** Threads live: every unit concerns them. */
  get busy(): boolean {
    return this.threads.live.count > 0 || this.escape.isBusy || this.gaps?.busy === true;
  }

  /** A unit of this trait may be read otherwise. */
  evades(trait: number, isRepeat: boolean): boolean {
    return (trait & EVASIVE) !== 0 || (isRepeat && this.policy.folds !== 0);
  }

  /** A unit that evades, or concerns what is busy, is read; `past` is where the automaton is before it. */
  read(
    past: Past,
    start: number,
    unit: number,
    code: number,
    unitClass: number,
    trait: number,
    isRepeat: boolean,
  ): void {
    const isEvasive = this.evades(trait, isRepeat);
    const { threads } = this;
    const { behind } = this.escape;
    if (threads.live.count === 0 && !isEvasive && behind === NOTHING_BEHIND) return;
    threads.read(unit, code, unitClass, trait);
    threads.step();
    if (behind !== NOTHING_BEHIND) threads.begin(start, this.rootFacts(past, unitClass, behind) | MARKUP);
    this.escape.behind = NOTHING_BEHIND;
    if (isEvasive) this.fork(past, start, unitClass, trait, isRepeat);
    threads.turn();
  }

  /**
   * Whether the noise or repeat at `i` could lead anywhere. No thread that it forks would live beyond the next unit,
   * if that one is known, evades nothing and continues no prefix.
   */
  mayMatter(units: Uint16Array, i: number, end: number, state: number, isRepeat: boolean): boolean {
    if (i + 1 >= end) return true;
    const { facts, matcher } = this.policy;
    const { cells, own, codes } = matcher.automaton;
    const next = facts[units[i + 1]!]!;
    const code = next & CODE_BITS;
    if (code >= MANY_CODE || (next & TRAITS) !== 0 || code === (facts[units[i]!]! & CODE_BITS)) return true;
    const blank = codes[BLANK_UNIT]!;
    for (let s = state; s !== 0; s = cells[4 * s + FAIL]!) {
      if (childOf(cells, s, code) !== 0 || (isRepeat ? own[s]! >= 0 : childOf(cells, s, blank) !== 0))
        return true;
    }
    return false;
  }

  /** Whether noise at `i` could lead anywhere; `isAlone`: no two letters touch before it. */
  mayPart(units: Uint16Array, i: number, end: number, state: number, isAlone: boolean): boolean {
    if (isAlone) return this.mayMatter(units, i, end, state, false);
    const { policy } = this;
    const { facts, matcher } = policy;
    if (i + 1 < end && (facts[units[i + 1]!]! & SPACED_FACT) !== 0) return false;
    const { cells } = matcher.automaton;
    for (let s = state; s !== 0; s = cells[4 * s + FAIL]!) if (policy.turnsAt(s) !== 0) return true;
    return false;
  }

  breakLine(): void {
    if (this.threads.live.count > 0) this.threads.breakLine();
  }

  takeFound(): readonly ThreadMatch[] {
    const { found } = this.threads;
    if (found.length === 0) return NOTHING;
    // One that need not stand alone is certain where the other is.
    const matches = found
      .splice(0)
      .sort((a, b) => Number(a.alone) - Number(b.alone) || folds(a.folds) - folds(b.folds));
    return matches.filter(
      (match, i) => !matches.slice(0, i).some((m) => m.entry === match.entry && m.start === match.start),
    );
  }

  /** The entry stands there as it is: threads that found the same add nothing. */
  drop(entry: number, start: number): void {
    const { found } = this.threads;
    for (let i = found.length - 1; i >= 0; i--) {
      if (found[i]!.entry === entry && found[i]!.start === start) found.splice(i, 1);
    }
  }

  /** Whether markup may begin at `i`, or a sign there be the blank between two words. */
  mayOpen(units: Uint16Array, i: number, end: number, state: number): boolean {
    if (!isJoint(this.policy.matcher.fold.singles[units[i]!]!)) return mayBegin(units, i, end);
    return (isHyphen(units[i]!) && mayBegin(units, i, end)) || mayJoin(this.policy, units, i, end, state);
  }

  firstStart(kinds: number, rule: number, before: number): number {
    if (!this.busy) return before;
    const first = this.threads.firstStart(kinds, rule, before);
    return this.gaps === undefined ? first : this.gaps.firstStart(kinds, first);
  }

  /** An escape is not complete. */
  get escapes(): boolean {
    return this.escape.isOpen;
  }

  /** Before a raw unit is read, or the text is over: a reference may end without its semicolon. */
  endEscape(raw: number | undefined): void {
    this.escape.endBefore(raw);
  }

  /** Before a raw unit with these traits is read: what may begin with it. */
  open(raw: number, trait: number, lastTrait: number, past: Past, start: number): void {
    if ((trait & ESCAPE) !== 0) this.beginEscape(raw, past, start);
    if ((trait & OPENS) !== 0 && isMarkup(raw))
      this.beginMarkup(raw, (trait & lastTrait & BLANK) !== 0, past);
  }

  /** After the character at `start`, with this raw unit, has been read: what may have ended with it. */
  close(raw: number, start: number): void {
    this.escape.read(raw, start);
    if (this.gaps?.busy === true) this.gaps.read(raw, this.threads.live);
  }

  /** A backslash or an ampersand comes: what it may stand for continues every reading so far, or begins one. */
  private beginEscape(raw: number, past: Past, start: number): void {
    const { threads } = this;
    threads.suspended.count = 0;
    const { live } = threads;
    for (let i = 0; i < live.count; i++)
      threads.suspend(live.starts[i]!, live.nodes[i]!, live.facts[i]!, live.skips[i]!);
    this.eachPrefix(past, (from, state, facts) => threads.suspend(from, state, facts));
    threads.suspend(start, 0, this.rootFacts(past, FOREIGN));
    const { behind } = this.escape;
    if (behind !== NOTHING_BEHIND) threads.suspend(start, 0, this.rootFacts(past, FOREIGN, behind));
    this.escape.begin(raw, start, behind === NOTHING_BEHIND ? past.last : behind);
  }

  /** Markup may begin: it may stand within every reading so far. */
  private beginMarkup(raw: number, isJoined: boolean, past: Past): void {
    const { live } = this.threads;
    if (past.state === 0 && live.count === 0) return;
    const gaps = (this.gaps ??= new MarkupGaps(this.policy));
    for (let i = 0; i < live.count; i++) {
      if (!f.isDoubtful(live.facts[i]!))
        gaps.begin(raw, isJoined, live.starts[i]!, live.nodes[i]!, live.facts[i]!, live.skips[i]!);
    }
    this.eachPrefix(past, (start, state, facts) => gaps.begin(raw, isJoined, start, state, facts, 0));
  }

  end(): void {
    this.threads.live.count = 0;
    this.threads.suspended.count = 0;
    this.escape.end();
    this.gaps?.end();
  }

  private fork(past: Past, start: number, unitClass: number, trait: number, isRepeat: boolean): void {
    const { threads, policy } = this;
    const { automaton } = policy.matcher;
    // More of its last letter, or of what passes for it, prolongs a word that is complete.
    const mayTrail = isRepeat || (trait & ALTERNATIVE) !== 0;
    let state = past.state;
    for (let i = 0; state !== 0 && i < CHAIN_LIMIT; i++) {
      const slot = (past.count - automaton.depth[state]! + 1) & this.mask;
      const isOpen = (policy.ahead[state]! & policy.accept[this.ring[slot]! & BOUNDARY]!) !== 0;
      if (isOpen || (mayTrail && automaton.own[state]! >= 0)) {
        threads.evade(this.ring[slot]! >>> START_SHIFT, state, this.plainFacts(state, slot, past));
      }
      state = automaton.cells[4 * state + FAIL]!;
    }
    if ((trait & ALTERNATIVE) !== 0) threads.evade(start, 0, this.rootFacts(past, unitClass));
  }

  /** The prefixes that the automaton is in, the longest first, as readings of what stands there. */
  private eachPrefix(past: Past, take: (start: number, state: number, facts: number) => void): void {
    const { automaton } = this.policy.matcher;
    let state = past.state;
    for (let i = 0; state !== 0 && i < CHAIN_LIMIT; i++) {
      const slot = (past.count - automaton.depth[state]! + 1) & this.mask;
      take(this.ring[slot]! >>> START_SHIFT, state, this.plainFacts(state, slot, past));
      state = automaton.cells[4 * state + FAIL]!;
    }
  }

  /** Facts of a prefix that stands there as it is. */
  private plainFacts(state: number, slot: number, past: Past): number {
    const before = this.ring[slot]! & BOUNDARY;
    const depth = this.policy.matcher.automaton.depth[state]!;
    const first = depth === 1 ? past.last : this.ring[(slot + 1) & this.mask]! & BEFORE_BITS;
    const isAlone = (first & before & SPACED) === 0;
    const last = past.last & BOUNDARY;
    return (
      f.GENUINE |
      (before << f.BEFORE_SHIFT) |
      (isAlone && this.isSpread(state, depth) ? f.SPREAD : 0) |
      (last === OTHER ? f.GAP : 0) |
      (Math.min(past.run, depth, f.RUN_LIMIT) << f.RUN_SHIFT) |
      (last << f.LAST_SHIFT)
    );
  }

  /** No two letters of the prefix touch. */
  private isSpread(state: number, depth: number): boolean {
    const { cells } = this.policy.matcher.automaton;
    let wasLetter = false;
    for (let node = state, left = depth; left > 0; left--) {
      const isLetter = this.letters[codeInto(cells, node)] !== 0;
      if (isLetter && wasLetter) return false;
      wasLetter = isLetter;
      node = cells[4 * node + CHECK]!;
    }
    return true;
  }

  /** Facts of a reading that begins with the next unit; MUST_GENUINE if the text before is in its script. */
  private rootFacts(past: Past, unitClass: number, before = past.last & BOUNDARY): number {
    let nearest = past.last;
    for (let i = 0; i < SCRIPT_REACH && (nearest & BOUNDARY) === 0; i++) {
      if (past.count <= i) break;
      nearest = this.ring[(past.count - i) & this.mask]! & BEFORE_BITS;
    }
    const isSame = (nearest & SPACED) !== 0 && ((nearest ^ unitClass) & FOREIGN) === 0;
    return (before << f.BEFORE_SHIFT) | f.SPREAD | f.GAP | (isSame ? f.MUST_GENUINE : 0);
  }
}

function folds(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}
