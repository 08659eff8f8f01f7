/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import * as automaton from './automaton.js';
import { REPEAT } from './fold-names.js';
import { ForkPoint, LEAST_PAST, type Past } from './fork-point.js';
import { MatchEdges, type OnMatch } from './match-edges.js';
import { ALLOWS, HOLDING, type MatchPolicy } from './match-policy.js';
import type { Matcher } from './matcher.js';
import { codePointAt, isHigh, KEPT_UNITS, unitsOf } from './piece-units.js';
import * as unitClass from './unit-class.js';
import * as unitFacts from './unit-facts.js';
import * as unitTraits from './unit-traits.js';

// Own constants are folded into the code; imported ones would be looked up at every use.
const { BASE, CHECK, FAIL, MANY_CODE, OUT, SKIP_CODE } = automaton;
const { BOUNDARY, OTHER, SPACED } = unitClass;
const { BEGINS_SHIFT, CLASS_BITS, CLASS_SHIFT, CODE_BITS, TRAIT_BITS, TRAIT_SHIFT } = unitFacts;
const { BLANK, CLAUSE, ESCAPE, NOISE, OPENS, QUIET } = unitTraits;

/**
 * Reads one stream of text in pieces of any size. What it reports does not depend on where the text
 * was cut: a character whose first half only has arrived counts as not arrived.
 */
export class MatchCursor {
  /** UTF-16 units read so far; the first half of a character that is not complete is not among them. */
  position = 0;
  private state = 0;
  private carry = '';
  private halted = false;
  /** Matches wait or threads live: every character counts. */
  private isBusy = false;
  /** Class of the last folded unit, its code, its traits. */
  private last = 0;
  private lastCode = 0;
  private lastTrait = 0;
  /** How many equal units came last, as far as the slow path saw. */
  private run = 0;
  /** Folded units so far; start and class-before of the latest are kept in rings. */
  private count = 0;
  private readonly matcher: Matcher;
  private readonly mask: number;
  private readonly starts: Float64Array;
  private readonly before: Uint8Array;
  private readonly edges: MatchEdges;
  private readonly forks: ForkPoint;
  /** What the fast loop reads, at hand. */
  private readonly facts: Int32Array;
  private readonly cells: Int32Array;
  private readonly repeats: boolean;
  private readonly past: Past = { state: 0, count: 0, last: 0, run: 0 };

  constructor(private readonly policy: MatchPolicy) {
    this.matcher = policy.matcher;
    this.facts = policy.facts;
    this.cells = policy.matcher.automaton.cells;
    this.repeats = (policy.folds & REPEAT) !== 0;
    const past = Math.max(LEAST_PAST, this.matcher.automaton.longest);
    this.mask = 2 ** Math.ceil(Math.log2(past + 1)) - 1;
    this.starts = new Float64Array(this.mask + 1);
    this.before = new Uint8Array(this.mask + 1);
    this.edges = new MatchEdges(policy);
    this.forks = new ForkPoint(policy, this.starts, this.before, this.mask);
  }

  /** Reads a piece; false when `onMatch` stopped it, after which the cursor is not to be fed again. */
  feed(chunk: string, onMatch: OnMatch): boolean {
    const text = this.carry === '' ? chunk : this.carry + chunk;
    this.carry = '';
    const { length } = text;
    // A text that is too long to be kept is copied once.
    const whole = length > KEPT_UNITS ? unitsOf(text) : undefined;
    for (let i = 0; i < length;) {
      const units = whole ?? unitsOf(text);
      i = this.glide(units, i, length);
      if (i >= length) break;
      if (isHigh(units[i]!) && i + 1 === length) {
        this.carry = text.slice(i);
        break;
      }
      i += this.take(units, i, length, onMatch);
      if (this.halted) return false;
    }
    return true;
  }

  /** The stream is over: nothing remains undecided. */
  finish(onMatch: OnMatch): boolean {
    if (this.carry !== '') this.take(unitsOf(this.carry), 0, 1, onMatch);
    this.carry = '';
    this.endEscape(undefined, onMatch);
    if (!this.halted) {
      const isHalt = this.edges.settle(OTHER, onMatch);
      this.halted = this.edges.resolve(Infinity, this.position, onMatch) || isHalt;
    }
    this.state = 0;
    this.forks.end();
    this.isBusy = false;
    return !this.halted;
  }

  /**
   * The first position that some continuation could make part of a match of a holding entry that is
   * not certain yet; `position` when there is none.
   */
  undecidedFrom(): number {
    const { hold, ahead, accept, holdingKinds } = this.policy;
    if (!this.isBusy && this.state === 0) return this.position;
    let first = this.isBusy ? this.edges.firstHeld(this.position) : this.position;
    // Mostly the state itself holds: `ahead` is small, so it is at hand more often than `hold`.
    const isHolding = (ahead[this.state]! & holdingKinds) !== 0;
    for (let s = isHolding ? this.state : hold[this.state]!; s !== 0; s = hold[this.cells[4 * s + FAIL]!]!) {
      const slot = (this.count - this.matcher.automaton.depth[s]! + 1) & this.mask;
      if ((ahead[s]! & accept[this.before[slot]! & BOUNDARY]! & holdingKinds) === 0) continue;
      first = Math.min(first, this.starts[slot]!);
      break;
    }
    return this.isBusy ? this.forks.firstStart(holdingKinds, HOLDING, first) : first;
  }

  /** The fast loop: reads on until a character needs `take`; returns its index, or the text's length. */
  private glide(units: Uint16Array, from: number, end: number): number {
    if (this.isBusy) return from;
    const { facts, cells, mask, starts, before, forks, repeats } = this;
    const { turns } = forks;
    const offset = this.position - from;
    let { state, count, last, lastCode, lastTrait } = this;
    let i = from;
    for (; i < end; i++) {
      const unit = facts[units[i]!]!;
      const code = unit & CODE_BITS;
      if (code >= MANY_CODE) {
        if (code === SKIP_CODE) continue;
        break;
      }
      const trait = (unit >> TRAIT_SHIFT) & TRAIT_BITS;
      if (trait !== 0) {
        if (trait > QUIET) break;
        if (state !== 0 && trait >= OPENS && forks.mayOpen(units, i, end)) break;
        if ((trait & lastTrait & BLANK) !== 0) continue;
        // After a letter that touches another one, noise begins nothing but before Han.
        const isAlone = (last & before[count & mask]! & SPACED) === 0;
        const parts = state !== 0 && trait >= NOISE && (isAlone || turns);
        if (parts && forks.mayPart(units, i, end, state, isAlone)) break;
      } else if (code === lastCode && state !== 0 && repeats && forks.mayMatter(units, i, end, state, true))
        break;
      let next = 0;
      if (code !== 0) {
        let s = state;
        for (; s !== 0; s = cells[4 * s + FAIL]!) {
          next = cells[4 * s + BASE]! + code;
          if (cells[4 * next + CHECK] === s) break;
        }
        if (s === 0) next = ((unit >>> BEGINS_SHIFT) >> (last & BOUNDARY)) & 1 ? cells[BASE]! + code : 0;
        if (cells[4 * next + OUT] !== 0) break;
      }
      state = next;
      count++;
      starts[count & mask] = i + offset;
      before[count & mask] = last;
      last = (unit >> CLASS_SHIFT) & CLASS_BITS;
      lastCode = code;
      lastTrait = trait;
    }
    if (count !== this.count) this.run = 1;
    this.state = state;
    this.count = count;
    this.last = last;
    this.lastCode = lastCode;
    this.lastTrait = lastTrait;
    this.position = i + offset;
    return i;
  }

  /** One character of any kind; returns its width in units. */
  private take(units: Uint16Array, i: number, end: number, onMatch: OnMatch): number {
    const raw = units[i]!;
    const code = this.matcher.codeOf[raw]!;
    const { fold } = this.matcher;
    const trait = this.policy.traits.raw[raw]!;
    const start = this.position;
    if (this.forks.escapes) this.endEscape(raw, onMatch);
    if ((trait & (ESCAPE | OPENS)) !== 0) this.forks.open(raw, trait, this.look(), start);
    let width = 1;
    if (code === SKIP_CODE) {
      this.position++;
    } else if (code !== MANY_CODE) {
      this.position++;
      if ((trait & this.lastTrait & BLANK) !== 0) {
        if ((trait & CLAUSE) !== 0) this.forks.breakLine();
      } else this.advance(fold.singles[raw]!, code, fold.classes[raw]!, trait, start, onMatch);
    } else {
      const codePoint = codePointAt(units, i, end);
      width = codePoint > 0xffff ? 2 : 1;
      const { units: folded, classes } = fold.expand(codePoint);
      this.position += width;
      for (let j = 0; j < folded.length; j++) this.advanceOne(folded[j]!, classes[j]!, start, onMatch);
    }
    this.forks.close(raw, start);
    this.reportThreads(onMatch);
    this.resolve(onMatch);
    this.isBusy = !this.edges.idle || this.forks.busy;
    return width;
  }

  /** Before the next character, or the end: a reference may leave off without its semicolon. */
  private endEscape(next: number | undefined, onMatch: OnMatch): void {
    this.forks.endEscape(next);
    this.reportThreads(onMatch);
  }

  /** One of the units of a character that folds to several, or is a pair. */
  private advanceOne(unit: number, unitClass: number, start: number, onMatch: OnMatch): void {
    const trait = this.policy.traitOf(unit, unitClass);
    if ((trait & this.lastTrait & BLANK) !== 0) return;
    this.advance(unit, this.matcher.automaton.codes[unit]!, unitClass, trait, start, onMatch);
  }

  /** One folded unit of the character that began at `start`. */
  private advance(
    unit: number,
    code: number,
    unitClass: number,
    trait: number,
    start: number,
    onMatch: OnMatch,
  ): void {
    if (this.edges.settle(unitClass, onMatch)) this.halted = true;
    const { cells } = this;
    const next = code === 0 ? 0 : this.next(code);
    const isRepeat = code !== 0 && code === this.lastCode;
    this.forks.read(this.look(), start, unit, code, unitClass, trait, isRepeat);
    this.count++;
    this.starts[this.count & this.mask] = start;
    this.before[this.count & this.mask] = this.last;
    this.last = unitClass;
    this.run = isRepeat ? this.run + 1 : 1;
    this.lastCode = code;
    this.lastTrait = trait;
    this.state = next;
    for (let s = cells[4 * this.state + OUT]!; s !== 0; s = automaton.nextEnding(cells, s))
      this.report(this.matcher.automaton.own[s]!, onMatch);
    this.reportThreads(onMatch);
  }

  /** The state after the one that the automaton is in. An entry that may not begin here is not begun. */
  private next(code: number): number {
    const { cells } = this;
    for (let s = this.state; s !== 0; s = cells[4 * s + FAIL]!) {
      const child = cells[4 * s + BASE]! + code;
      if (cells[4 * child + CHECK] === s) return child;
    }
    return (this.policy.begins[code]! >> (this.last & BOUNDARY)) & 1 ? cells[BASE]! + code : 0;
  }

  /** Where the automaton is, for the forks: one object, made once. */
  private look(): Past {
    const { past } = this;
    past.state = this.state;
    past.count = this.count;
    past.last = this.last;
    past.run = this.run;
    return past;
  }

  private report(pattern: number, onMatch: OnMatch): void {
    const { firstEntry, nextEntry, lengths, startMasks, endMasks } = this.matcher;
    const { rules } = this.policy;
    for (let entry = firstEntry[pattern]!; entry >= 0; entry = nextEntry[entry]!) {
      const slot = (this.count - lengths[entry]! + 1) & this.mask;
      if (rules[entry] === 0 || (startMasks[entry]! & this.before[slot]!) !== 0) continue;
      const start = this.starts[slot]!;
      this.forks.drop(entry, start);
      const match = { entry, start, end: this.position, folds: 0, mask: endMasks[entry]! };
      if (this.edges.add(match, onMatch)) this.halted = true;
    }
  }

  private reportThreads(onMatch: OnMatch): void {
    for (const { entry, start, folds, alone } of this.forks.takeFound()) {
      const mask = this.matcher.endMasks[entry]! | (alone ? SPACED : 0);
      if (this.edges.add({ entry, start, end: this.position, folds, mask }, onMatch)) this.halted = true;
    }
  }

  /** Decides matches that an allowing entry may cover, once a character has been read. */
  private resolve(onMatch: OnMatch): void {
    if (!this.edges.unresolved) return;
    const { ahead, accept, allowKinds } = this.policy;
    const { depth } = this.matcher.automaton;
    let first = Infinity;
    for (let s = this.state; s !== 0; s = this.cells[4 * s + FAIL]!) {
      const slot = (this.count - depth[s]! + 1) & this.mask;
      if ((ahead[s]! & accept[this.before[slot]! & BOUNDARY]! & allowKinds) === 0) continue;
      first = this.starts[slot]!;
      break;
    }
    first = this.forks.firstStart(allowKinds, ALLOWS, first);
    if (this.edges.resolve(first, this.position, onMatch)) this.halted = true;
  }
}
