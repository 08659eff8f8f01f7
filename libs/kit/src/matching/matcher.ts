/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { buildAutomaton, CHECK, FAIL, MANY_CODE, SKIP_CODE, type Automaton } from './automaton.js';
import { MANY, SKIP, type Fold } from './fold.js';
import { foldText } from './fold-text.js';
import { MatchCursor } from './match-cursor.js';
import { MatchPolicy, type EntryRule } from './match-policy.js';
import { standardFold } from './standard-fold.js';
import { classOf, CONTINUES, mayContinue, SPACED, UNSPACED } from './unit-class.js';

export interface MatcherEntry {
  readonly id: string;
  readonly text: string;
  /**
   * Undefined: an end of the entry that is a letter or digit of a spaced script (Latin …) must be the
   * end of a word; Han, kana, Hangul and the like match anywhere. True: no letter of any kind may
   * touch the entry. False: it matches anywhere.
   */
  readonly wholeWord?: boolean | undefined;
  /** False: text that may still become this entry does not count as undecided. Default true. */
  readonly holds?: boolean;
  /** Contextual folds (bits of fold-names) by which the entry is found too. Default none. */
  readonly folds?: number;
  /** True: never reported; what lies within a match of it is not reported either. */
  readonly allow?: boolean;
}

/** One match; offsets are UTF-16 units of the original text. */
export interface Match {
  readonly id: string;
  /** Index of the entry in the list that the matcher was built from. */
  readonly entry: number;
  readonly start: number;
  readonly end: number;
  /** Contextual folds that were needed; 0 = it stands there as it is. */
  readonly folds: number;
}

/** Entries, their fold and their automaton: immutable, shared by any number of cursors. */
export class Matcher {
  readonly automaton: Automaton;
  /** Code of each raw unit: the fold merged into the automaton's alphabet. */
  readonly codeOf = new Uint16Array(0x10000);
  /** First entry of each pattern, and for each entry the next one with the same pattern, or -1. */
  readonly firstEntry: Int32Array;
  readonly nextEntry: Int32Array;
  /** Folded length of each entry. */
  readonly lengths: Uint16Array;
  /** Classes that may not stand before, and after, each entry. */
  readonly startMasks: Uint8Array;
  readonly endMasks: Uint8Array;
  /**
   * For each state, a bit for every start mask (as `1 << mask`) of the holding entries that
   * lie beyond it: what the text that led there may still become.
   */
  readonly ahead: Uint8Array;
  /** Nearest state of the suffix chain, from the state itself on, with something ahead; 0 = none. */
  readonly hold: Int32Array;

  /** @throws RangeError for an entry that folds to nothing or has a lone surrogate */
  constructor(
    readonly entries: readonly MatcherEntry[],
    readonly fold: Fold = standardFold(),
  ) {
    const count = entries.length;
    this.nextEntry = new Int32Array(count).fill(-1);
    this.lengths = new Uint16Array(count);
    this.startMasks = new Uint8Array(count);
    this.endMasks = new Uint8Array(count);
    const patterns = new Map<string, number>();
    for (let i = count - 1; i >= 0; i--) this.addPattern(patterns, i);
    this.firstEntry = Int32Array.from(patterns.values());
    const { automaton, order } = buildAutomaton([...patterns.keys()]);
    this.automaton = automaton;
    this.ahead = this.lookAhead(order);
    this.hold = this.linkHolds(order);
    this.mergeFold();
  }

  /** All overlapping matches of a whole text, in the order in which they end. */
  findAll(text: string): Match[] {
    const matches: Match[] = [];
    const cursor = this.cursor();
    const collect = (entry: number, start: number, end: number, folds: number) => {
      matches.push({ id: this.entries[entry]!.id, entry, start, end, folds });
      return false;
    };
    cursor.feed(text, collect);
    cursor.finish(collect);
    return matches;
  }

  /** A view of this matcher under other rules; to be kept and shared, making it costs a walk over the automaton. */
  under(ruleOf: (entry: MatcherEntry, index: number) => EntryRule): MatchPolicy {
    return new MatchPolicy(this, (index) => ruleOf(this.entries[index]!, index));
  }

  /** A reader of one stream of text, under the entries' own rules or those of a policy of this matcher. */
  cursor(policy?: MatchPolicy): MatchCursor {
    return new MatchCursor(this, policy);
  }

  private addPattern(patterns: Map<string, number>, index: number): void {
    const entry = this.entries[index]!;
    const pattern = foldText(entry.text, this.fold).text;
    if (pattern === '') throw new RangeError(`entry ${index} has no visible character`);
    if (!entry.text.isWellFormed()) throw new RangeError(`entry ${index} is not well-formed Unicode`);
    this.lengths[index] = pattern.length;
    const before = pattern.codePointAt(0) ?? 0;
    const last = [...pattern.slice(-2)].at(-1)?.codePointAt(0) ?? 0;
    this.startMasks[index] = boundaryMask(before, entry.wholeWord);
    this.endMasks[index] = boundaryMask(last, entry.wholeWord) | (mayContinue(last) ? CONTINUES : 0);
    this.nextEntry[index] = patterns.get(pattern) ?? -1;
    patterns.set(pattern, index);
  }

  private lookAhead(order: Int32Array): Uint8Array {
    const { cells, own } = this.automaton;
    const ahead = new Uint8Array(own.length);
    for (let i = order.length - 1; i > 0; i--) {
      const state = order[i]!;
      let bits = ahead[state]!;
      const pattern = own[state]!;
      for (let e = pattern < 0 ? -1 : this.firstEntry[pattern]!; e >= 0; e = this.nextEntry[e]!) {
        if (this.entries[e]!.holds !== false) bits |= 1 << this.startMasks[e]!;
      }
      ahead[cells[4 * state + CHECK]!]! |= bits;
    }
    return ahead;
  }

  private linkHolds(order: Int32Array): Int32Array {
    const hold = new Int32Array(this.ahead.length);
    for (let i = 1; i < order.length; i++) {
      const state = order[i]!;
      hold[state] = this.ahead[state] === 0 ? hold[this.automaton.cells[4 * state + FAIL]!]! : state;
    }
    return hold;
  }

  private mergeFold(): void {
    const { kinds, singles } = this.fold;
    for (let unit = 0; unit < 0x10000; unit++) {
      const kind = kinds[unit];
      this.codeOf[unit] =
        kind === SKIP ? SKIP_CODE : kind === MANY ? MANY_CODE : this.automaton.codes[singles[unit]!]!;
    }
  }
}

function boundaryMask(edge: number, wholeWord: boolean | undefined): number {
  const kind = classOf(edge) & (SPACED | UNSPACED);
  if (wholeWord === false || kind === 0) return 0;
  if (kind === SPACED) return SPACED;
  return wholeWord === true ? SPACED | UNSPACED : 0;
}
