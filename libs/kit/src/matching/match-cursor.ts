/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import * as automaton from './automaton.js';
import { FastReader } from './fast-reader.js';
import type { Past } from './fork-point.js';
import { MatchEdges, type OnMatch } from './match-edges.js';
import { ALLOWS, HOLDING, type MatchPolicy } from './match-policy.js';
import { codePointAt, isHigh, KEPT_UNITS, unitsOf } from './piece-units.js';
import * as unitClass from './unit-class.js';
import * as unitFacts from './unit-facts.js';
import * as unitTraits from './unit-traits.js';

// Own constants are folded into the code; imported ones would be looked up at every use.
const { BASE, CHECK, FAIL, MANY_CODE, OUT, SKIP_CODE } = automaton;
const { BEFORE_BITS, BOUNDARY, OTHER, SPACED, START_LIMIT, START_SHIFT } = unitClass;
const { CLASS_BITS, CLASS_SHIFT, CODE_BITS, TRAIT_BITS, TRAIT_SHIFT } = unitFacts;
const { BLANK, CLAUSE, ESCAPE, OPENS } = unitTraits;
const [FEED, RETURN] = [0x0a, 0x0d];

/**
 * Reads one stream of text in pieces of any size. What it reports does not depend on where the text
 * was cut: a character whose first half only has arrived counts as not arrived.
 */
export class MatchCursor extends FastReader {
  /** The first half of a character whose second has not arrived, or 0. */
  private carry = 0;
  private halted = false;
  /** A carriage return came last, of what is seen. */
  private isReturn = false;
  private readonly edges: MatchEdges;
  /** What `undecidedFrom` reads. */
  private readonly ahead: MatchPolicy['ahead'];
  private readonly hold: Int32Array;
  private readonly accept: Int32Array;
  private readonly holdingKinds: number;
  private readonly depth: automaton.Automaton['depth'];
  private readonly past: Past = { state: 0, count: 0, last: 0, run: 0 };

  constructor(policy: MatchPolicy) {
    super(policy);
    this.depth = policy.matcher.automaton.depth;
    ({ ahead: this.ahead, hold: this.hold, accept: this.accept, holdingKinds: this.holdingKinds } = policy);
    this.edges = new MatchEdges(policy);
  }

  /**
   * Reads a piece; false when `onMatch` stopped it, after which the cursor is not to be fed again.
   * @throws RangeError beyond START_LIMIT
   */
  feed(chunk: string, onMatch: OnMatch): boolean {
    const { length } = chunk;
    if (this.position + length > START_LIMIT) throw tooLong();
    // A text that is too long to be kept is copied once.
    const whole = length > KEPT_UNITS ? unitsOf(chunk) : undefined;
    let i = this.carry === 0 || length === 0 ? 0 : this.takeCarried(chunk.charCodeAt(0), onMatch);
    while (i < length && !this.halted) i = this.stride(whole ?? unitsOf(chunk), i, length, onMatch);
    return !this.halted;
  }

  /**
   * The same for whoever has the units of the piece and feeds several readers, none of which calls foreign code; returns
   * `undecidedFrom()`.
   */
  read(units: Uint16Array, length: number, onMatch: OnMatch): number {
    if (this.position + length > START_LIMIT) throw tooLong();
    let i = this.carry === 0 || length === 0 ? 0 : this.takeCarried(units[0]!, onMatch);
    while (i < length && !this.halted) i = this.stride(units, i, length, onMatch);
    return this.undecidedFrom();
  }

  /** As far as all is plain, and one character more; returns where it came to. */
  private stride(units: Uint16Array, from: number, length: number, onMatch: OnMatch): number {
    const i = this.glide(units, from, length);
    if (i >= length) return i;
    if (i + 1 === length && isHigh(units[i]!)) {
      this.carry = units[i]!;
      return length;
    }
    return i + this.take(units, i, length, onMatch);
  }

  /** The character whose first half ended the piece before; returns the units of it that the piece begins with. */
  private takeCarried(unit: number, onMatch: OnMatch): number {
    const pair = Uint16Array.of(this.carry, unit);
    this.carry = 0;
    return this.take(pair, 0, 2, onMatch) - 1;
  }

  /** The stream is over: nothing remains undecided. */
  finish(onMatch: OnMatch): boolean {
    if (this.carry !== 0) this.take(Uint16Array.of(this.carry), 0, 1, onMatch);
    this.carry = 0;
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
    const { isBusy, state, ahead, accept, holdingKinds } = this;
    if (!isBusy && state === 0) return this.position;
    let first = isBusy ? this.edges.firstHeld(this.position) : this.position;
    // Mostly the state itself holds: `ahead` is small, so it is at hand more often than `hold`.
    let s = (ahead[state]! & holdingKinds) !== 0 ? state : this.hold[state]!;
    for (; s !== 0; s = this.hold[this.cells[(s << 2) | FAIL]!]!) {
      const slot = (this.count - this.depth[s]! + 1) & this.mask;
      if ((ahead[s]! & accept[this.ring[slot]! & BOUNDARY]! & holdingKinds) === 0) continue;
      const start = this.ring[slot]! >>> START_SHIFT;
      if (start < first) first = start;
      break;
    }
    return isBusy ? this.forks.firstStart(holdingKinds, HOLDING, first) : first;
  }

  /** One character of any kind; returns its width in units. */
  private take(units: Uint16Array, i: number, end: number, onMatch: OnMatch): number {
    const raw = units[i]!;
    const facts = this.facts[raw]!;
    const asked = facts & CODE_BITS;
    const code = asked === MANY_CODE ? this.matcher.codeOf[raw]! : asked;
    const trait = (facts >> TRAIT_SHIFT) & TRAIT_BITS;
    const { fold } = this.matcher;
    const start = this.position;
    if (this.forks.escapes) this.endEscape(raw, onMatch);
    if ((trait & (ESCAPE | OPENS)) !== 0) this.open(raw, trait);
    let width = 1;
    if (code === SKIP_CODE) {
      this.position++;
    } else if (code !== MANY_CODE) {
      this.position++;
      if ((trait & this.lastTrait & BLANK) !== 0) {
        // A line feed behind a carriage return ends no other line.
        if ((trait & CLAUSE) !== 0 && !(this.isReturn && raw === FEED)) this.forks.breakLine();
      } else
        this.advance(fold.singles, raw, code, (facts >> CLASS_SHIFT) & CLASS_BITS, trait, start, onMatch);
      this.isReturn = raw === RETURN;
    } else {
      this.isReturn = false;
      const codePoint = codePointAt(units, i, end);
      width = codePoint > 0xffff ? 2 : 1;
      const { units: folded, classes } = fold.expand(codePoint);
      this.position += width;
      for (let j = 0; j < folded.length; j++) this.advanceOne(folded, j, classes[j]!, start, onMatch);
    }
    let isForked = this.isBusy && this.forks.busy;
    if (isForked) {
      this.forks.close(raw, start);
      this.reportThreads(onMatch);
      isForked = this.forks.busy;
    }
    if (this.edges.unresolved) this.resolve(onMatch);
    this.isBusy = isForked || !this.edges.idle;
    return width;
  }

  private open(raw: number, trait: number): void {
    this.forks.open(raw, trait, this.lastTrait, this.look(), this.position);
    this.isBusy = true;
  }

  /** Before the next character, or the end: a reference may leave off without its semicolon. */
  private endEscape(next: number | undefined, onMatch: OnMatch): void {
    this.forks.endEscape(next);
    this.reportThreads(onMatch);
  }

  /** One of the units of a character that folds to several, or is a pair. */
  private advanceOne(
    folded: Uint16Array,
    at: number,
    unitClass: number,
    start: number,
    onMatch: OnMatch,
  ): void {
    const unit = folded[at]!;
    const trait = this.policy.traitOf(unit, unitClass);
    if ((trait & this.lastTrait & BLANK) !== 0) return;
    this.advance(folded, at, this.matcher.automaton.codes[unit]!, unitClass, trait, start, onMatch);
  }

  /** One folded unit of the character that began at `start`; what it is, `folded` tells at `at`: only what evades asks. */
  private advance(
    folded: Uint16Array,
    at: number,
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
    const { forks } = this;
    const isRead = (this.isBusy && forks.busy) || forks.evades(trait, isRepeat);
    if (isRead) {
      forks.read(this.look(), start, folded[at]!, code, unitClass, trait, isRepeat);
      // Of a character of several units, the next one concerns what lives now.
      this.isBusy = true;
    }
    this.count++;
    this.ring[this.count & this.mask] = (start << START_SHIFT) | this.last;
    this.last = unitClass;
    this.run = isRepeat ? this.run + 1 : 1;
    this.lastCode = code;
    this.lastTrait = trait;
    this.state = next;
    for (let s = cells[4 * this.state + OUT]!; s !== 0; s = automaton.nextEnding(cells, s))
      this.report(s, onMatch);
    if (isRead) this.reportThreads(onMatch);
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

  /** The entries of the pattern that a state is the end of. */
  private report(s: number, onMatch: OnMatch): void {
    const { automaton: tables, firstEntry, nextEntry, startMasks, endMasks } = this.matcher;
    const { rules } = this.policy;
    const slot = (this.count - this.depth[s]! + 1) & this.mask;
    const start = this.ring[slot]! >>> START_SHIFT;
    const before = this.ring[slot]! & BEFORE_BITS;
    for (let entry = firstEntry[tables.own[s]!]!; entry >= 0; entry = nextEntry[entry]!) {
      if (rules[entry] === 0 || (startMasks[entry]! & before) !== 0) continue;
      this.forks.drop(entry, start);
      if (this.edges.add(entry, start, this.position, 0, endMasks[entry]!, onMatch)) this.halted = true;
    }
  }

  private reportThreads(onMatch: OnMatch): void {
    const found = this.forks.takeFound();
    for (let i = 0; i < found.length; i++) {
      const { entry, start, folds, alone } = found[i]!;
      const mask = this.matcher.endMasks[entry]! | (alone ? SPACED : 0);
      if (this.edges.add(entry, start, this.position, folds, mask, onMatch)) this.halted = true;
    }
  }

  /** Decides matches that an allowing entry may cover, once a character has been read. */
  private resolve(onMatch: OnMatch): void {
    const { ahead, accept, allowKinds } = this.policy;
    const last = this.edges.lastPending();
    let first = Infinity;
    for (let s = this.state; s !== 0; s = this.cells[4 * s + FAIL]!) {
      const slot = (this.count - this.depth[s]! + 1) & this.mask;
      // What begins behind all of them covers none.
      if (this.ring[slot]! >>> START_SHIFT > last) break;
      if ((ahead[s]! & accept[this.ring[slot]! & BOUNDARY]! & allowKinds) === 0) continue;
      first = this.ring[slot]! >>> START_SHIFT;
      break;
    }
    first = this.forks.firstStart(allowKinds, ALLOWS, first);
    if (this.edges.resolve(first, this.position, onMatch)) this.halted = true;
  }
}

function tooLong(): RangeError {
  return new RangeError('the text is too long for its positions');
}
