/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import * as automaton from './automaton.js';
import { REPEAT } from './fold-names.js';
import { ForkPoint, LEAST_PAST } from './fork-point.js';
import type { MatchPolicy } from './match-policy.js';
import type { Matcher } from './matcher.js';
import * as unitClass from './unit-class.js';
import * as unitFacts from './unit-facts.js';
import * as unitTraits from './unit-traits.js';

// Own constants are folded into the code; imported ones would be looked up at every use.
const { CHECK, FAIL, MANY_CODE, OUT, SKIP_CODE } = automaton;
const { BOUNDARY, SPACED, START_SHIFT } = unitClass;
const { BEGINS_SHIFT, CLASS_BITS, CLASS_SHIFT, CODE_BITS, TRAIT_BITS, TRAIT_SHIFT } = unitFacts;
const { BLANK, NOISE, OPENS, QUIET } = unitTraits;
/** Of the facts of a raw unit: a letter or digit of a spaced script. */
const SPACED_FACT = SPACED << CLASS_SHIFT;

/** Where a cursor is in its text, and the loop by which it passes over all that is plain. */
export abstract class FastReader {
  /** UTF-16 units read so far; the first half of a character that is not complete is not among them. */
  position = 0;
  protected state = 0;
  /** Matches wait or threads live: every character counts. */
  protected isBusy = false;
  /** Class of the last folded unit, its code, its traits. */
  protected last = 0;
  protected lastCode = 0;
  protected lastTrait = 0;
  /** How many equal units came last, as far as the slow path saw. */
  protected run = 0;
  /** Folded units so far; where the latest began and the class before each are kept in a ring, see START_SHIFT. */
  protected count = 0;
  protected readonly matcher: Matcher;
  protected readonly mask: number;
  protected readonly ring: Int32Array;
  protected readonly forks: ForkPoint;
  /** What the fast loop reads, at hand. */
  protected readonly facts: Int32Array;
  protected readonly cells: Int32Array;
  protected readonly repeats: boolean;

  constructor(protected readonly policy: MatchPolicy) {
    this.matcher = policy.matcher;
    this.facts = policy.facts;
    this.cells = policy.matcher.automaton.cells;
    this.repeats = (policy.folds & REPEAT) !== 0;
    const past = Math.max(LEAST_PAST, this.matcher.automaton.longest);
    // By a shift, so that the engine keeps it whole.
    this.mask = (1 << Math.ceil(Math.log2(past + 1))) - 1;
    this.ring = new Int32Array(this.mask + 1);
    this.forks = new ForkPoint(policy, this.ring, this.mask);
  }

  /**
   * The fast loop: reads on until a character needs `take`; returns its index, or the text's length.
   * The engine keeps all in registers only while the inner loop calls nothing, and numbers whole only where told so.
   */
  protected glide(units: Uint16Array, from: number, end: number): number {
    if (this.isBusy) return from;
    const { facts, cells, mask, ring, repeats } = this;
    const { turns } = this.forks;
    const stop = end | 0;
    const offset = (this.position - from) | 0;
    let { state, count, last, lastCode, lastTrait } = this;
    let i = from | 0;
    // Noise or a repeat there leads nowhere.
    let idle = -1;
    for (;;) {
      for (; i < stop; i++) {
        const unit = facts[units[i]!]!;
        const code = unit & CODE_BITS;
        if (code >= MANY_CODE) {
          if (code === SKIP_CODE) continue;
          break;
        }
        const trait = (unit >> TRAIT_SHIFT) & TRAIT_BITS;
        if (trait !== 0) {
          if (trait > QUIET) break;
          const asks = state !== 0 && trait >= NOISE && i !== idle;
          if (asks && trait >= OPENS) break;
          if ((trait & lastTrait & BLANK) !== 0) continue;
          // After a letter that touches another one, noise begins nothing but before Han.
          if (asks) {
            if ((last & ring[count & mask]! & SPACED) === 0) break;
            if (turns && !(i + 1 < stop && (facts[units[i + 1]!]! & SPACED_FACT) !== 0)) break;
          }
        } else if (code === lastCode && state !== 0 && repeats && i !== idle) break;
        let next = 0;
        if (code !== 0) {
          let s = state;
          for (; s !== 0; s = cells[(s << 2) | FAIL]!) {
            next = (cells[s << 2]! + code) | 0;
            if (cells[(next << 2) | CHECK] === s) break;
          }
          if (s === 0) next = ((unit >>> BEGINS_SHIFT) >> (last & BOUNDARY)) & 1 ? (cells[0]! + code) | 0 : 0;
          if (cells[(next << 2) | OUT] !== 0) break;
        }
        state = next;
        count = (count + 1) | 0;
        ring[count & mask] = ((i + offset) << START_SHIFT) | last;
        last = (unit >> CLASS_SHIFT) & CLASS_BITS;
        lastCode = code;
        lastTrait = trait;
      }
      if (i >= stop || state === 0 || i === idle) break;
      const isAlone = (last & ring[count & mask]! & SPACED) === 0;
      if (this.concerns(units, i, stop, state, isAlone, lastCode, lastTrait)) break;
      idle = i;
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

  /** Whether the unit at which the fast loop stopped needs `take`. */
  private concerns(
    units: Uint16Array,
    i: number,
    end: number,
    state: number,
    isAlone: boolean,
    lastCode: number,
    lastTrait: number,
  ): boolean {
    const unit = this.facts[units[i]!]!;
    const code = unit & CODE_BITS;
    const trait = (unit >> TRAIT_SHIFT) & TRAIT_BITS;
    if (code >= MANY_CODE || trait > QUIET) return true;
    if (trait === 0) return code !== lastCode || this.forks.mayMatter(units, i, end, state, true);
    if (trait >= OPENS && this.forks.mayOpen(units, i, end, state)) return true;
    if ((trait & lastTrait & BLANK) !== 0) return false;
    const { forks } = this;
    return trait < NOISE || ((isAlone || forks.turns) && forks.mayPart(units, i, end, state, isAlone));
  }
}
