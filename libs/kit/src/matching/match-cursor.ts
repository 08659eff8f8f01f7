/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { BASE, CHECK, FAIL, MANY_CODE, OUT, SKIP_CODE, step } from './automaton.js';
import type { MatchPolicy } from './match-policy.js';
import type { Matcher } from './matcher.js';
import { SPACED, UNSPACED } from './unit-class.js';

/**
 * Told of a match once it is certain (a word that must end there is certain one character later).
 * Offsets are UTF-16 units from the beginning of the stream; `folds`: contextual folds that were needed. True: read no further than this character.
 */
export type OnMatch = (entry: number, start: number, end: number, folds: number) => boolean;

const BOUNDARY = SPACED | UNSPACED;
/** For each class before an entry, the start masks (as bits `1 << mask`) that let the entry begin there. */
const MAY_BEGIN = Uint8Array.from([0, SPACED, UNSPACED, BOUNDARY], (before) =>
  [0, SPACED, BOUNDARY].reduce((bits, mask) => ((mask & before) === 0 ? bits | (1 << mask) : bits), 0),
);

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
  /** Class of the last folded unit. */
  private last = 0;
  /** Folded units so far; start and class-before of the latest are kept in rings. */
  private count = 0;
  private readonly mask: number;
  private readonly starts: Float64Array;
  private readonly before: Uint8Array;
  /** Matches that the next folded unit may still deny: entry, start, end of each. */
  private waiting: number[] = [];

  constructor(
    private readonly matcher: Matcher,
    _policy?: MatchPolicy,
  ) {
    this.mask = 2 ** Math.ceil(Math.log2(matcher.automaton.longest + 1)) - 1;
    this.starts = new Float64Array(this.mask + 1);
    this.before = new Uint8Array(this.mask + 1);
  }

  /** Reads a piece; false when `onMatch` stopped it, after which the cursor is not to be fed again. */
  feed(chunk: string, onMatch: OnMatch): boolean {
    const text = this.carry + chunk;
    this.carry = '';
    for (let i = 0; i < text.length;) {
      i = this.glide(text, i);
      if (i >= text.length) break;
      if (isHigh(text.charCodeAt(i)) && i + 1 === text.length) {
        this.carry = text.slice(i);
        break;
      }
      i += this.take(text, i, onMatch);
      if (this.halted) return false;
    }
    return true;
  }

  /** The stream is over: nothing remains undecided. */
  finish(onMatch: OnMatch): boolean {
    if (this.carry !== '') this.take(this.carry, 0, onMatch);
    this.carry = '';
    if (!this.halted) this.settle(0, onMatch);
    this.state = 0;
    return !this.halted;
  }

  /**
   * The first position that some continuation could make part of a match of a holding entry that is
   * not certain yet; `position` when there is none.
   */
  undecidedFrom(): number {
    const { automaton, ahead, hold, entries } = this.matcher;
    let first = this.position;
    for (let i = 0; i < this.waiting.length; i += 3) {
      if (entries[this.waiting[i]!]!.holds !== false) first = Math.min(first, this.waiting[i + 1]!);
    }
    for (let s = hold[this.state]!; s !== 0; s = hold[automaton.cells[4 * s + FAIL]!]!) {
      const slot = (this.count - automaton.depth[s]! + 1) & this.mask;
      if ((ahead[s]! & MAY_BEGIN[this.before[slot]! & BOUNDARY]!) === 0) continue;
      return Math.min(first, this.starts[slot]!);
    }
    return first;
  }

  /** The fast loop: reads on until a character needs `take`; returns its index, or the text's length. */
  private glide(text: string, from: number): number {
    if (this.waiting.length > 0) return from;
    const { codeOf, fold, automaton } = this.matcher;
    const { cells } = automaton;
    const { classes } = fold;
    const { mask, starts, before } = this;
    const offset = this.position - from;
    let { state, count, last } = this;
    let i = from;
    for (; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const code = codeOf[unit]!;
      if (code >= MANY_CODE) {
        if (code === SKIP_CODE) continue;
        break;
      }
      let next = 0;
      if (code !== 0) {
        for (let s = state; ; s = cells[4 * s + FAIL]!) {
          const child = cells[4 * s + BASE]! + code;
          if (cells[4 * child + CHECK] === s) {
            next = child;
            break;
          }
          if (s === 0) break;
        }
        if (cells[4 * next + OUT] !== 0) break;
      }
      state = next;
      count++;
      starts[count & mask] = i + offset;
      before[count & mask] = last;
      last = classes[unit]!;
    }
    this.state = state;
    this.count = count;
    this.last = last;
    this.position = i + offset;
    return i;
  }

  /** One character of any kind; returns its width in units. */
  private take(text: string, i: number, onMatch: OnMatch): number {
    const unit = text.charCodeAt(i);
    const code = this.matcher.codeOf[unit]!;
    const { fold, automaton } = this.matcher;
    const start = this.position;
    if (code === SKIP_CODE) {
      this.position++;
      return 1;
    }
    if (code !== MANY_CODE) {
      this.position++;
      this.advance(code, fold.classes[unit]!, start, onMatch);
      return 1;
    }
    const codePoint = text.codePointAt(i)!;
    const width = codePoint > 0xffff ? 2 : 1;
    const { units, classes } = fold.expand(codePoint);
    this.position += width;
    for (let j = 0; j < units.length; j++) {
      this.advance(automaton.codes[units[j]!]!, classes[j]!, start, onMatch);
    }
    return width;
  }

  /** One folded unit of the character that began at `start`. */
  private advance(code: number, unitClass: number, start: number, onMatch: OnMatch): void {
    this.settle(unitClass, onMatch);
    const { cells, link, own } = this.matcher.automaton;
    this.count++;
    this.starts[this.count & this.mask] = start;
    this.before[this.count & this.mask] = this.last;
    this.last = unitClass;
    this.state = code === 0 ? 0 : step(cells, this.state, code);
    for (let s = cells[4 * this.state + OUT]!; s !== 0; s = link[s]!) this.report(own[s]!, onMatch);
  }

  private report(pattern: number, onMatch: OnMatch): void {
    const { firstEntry, nextEntry, lengths, startMasks, endMasks } = this.matcher;
    for (let entry = firstEntry[pattern]!; entry >= 0; entry = nextEntry[entry]!) {
      const slot = (this.count - lengths[entry]! + 1) & this.mask;
      if ((startMasks[entry]! & this.before[slot]!) !== 0) continue;
      if (endMasks[entry] !== 0) this.waiting.push(entry, this.starts[slot]!, this.position);
      else if (onMatch(entry, this.starts[slot]!, this.position, 0)) this.halted = true;
    }
  }

  /** Decides the waiting matches by the class of what comes after them; 0 for the end. */
  private settle(next: number, onMatch: OnMatch): void {
    if (this.waiting.length === 0) return;
    const waiting = this.waiting;
    this.waiting = [];
    for (let i = 0; i < waiting.length; i += 3) {
      const entry = waiting[i]!;
      if ((this.matcher.endMasks[entry]! & next) !== 0) continue;
      if (onMatch(entry, waiting[i + 1]!, waiting[i + 2]!, 0)) this.halted = true;
    }
  }
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
