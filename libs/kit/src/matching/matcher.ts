/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { buildAutomaton, MANY_CODE, SKIP_CODE, type Automaton } from './automaton.js';
import { shapeOf } from './entry-shape.js';
import { MANY, ONE, SKIP, type Fold } from './fold.js';
import { foldText } from './fold-text.js';
import { MatchCursor } from './match-cursor.js';
import { MatchPolicy, type EntryRule } from './match-policy.js';
import { standardFold } from './standard-fold.js';
import { BOUNDARY, classOf, CONTINUES, mayContinue, SPACED, UNSPACED } from './unit-class.js';

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

/** A cursor reads a run of blanks as one. */
const BLANKS = / {2,}/g;

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
  /** What contextual folds make of each entry, see entry-shape. */
  readonly shapes: Uint16Array;
  /** All states, parents before children. */
  readonly order: Int32Array;
  /** For each code, 1 if its unit is a letter or digit, or half of one. */
  readonly letters: Uint8Array;
  private ownPolicy: MatchPolicy | undefined;

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
    this.shapes = new Uint16Array(count);
    const patterns = new Map<string, number>();
    for (let i = count - 1; i >= 0; i--) this.addPattern(patterns, i);
    this.firstEntry = Int32Array.from(patterns.values());
    const { automaton, order } = buildAutomaton([...patterns.keys()]);
    this.automaton = automaton;
    this.order = order;
    this.letters = new Uint8Array(0x10000);
    this.mergeFold();
  }

  /** The entries under their own rules. */
  get policy(): MatchPolicy {
    return (this.ownPolicy ??= this.under(({ holds, folds }) => ({
      status: holds === false ? 'watched' : 'holding',
      folds: folds ?? 0,
    })));
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
    return new MatchCursor(policy ?? this.policy);
  }

  private addPattern(patterns: Map<string, number>, index: number): void {
    const entry = this.entries[index]!;
    const folded = foldText(entry.text, this.fold).text;
    const pattern = this.fold.joinsBlanks ? folded.replace(BLANKS, ' ') : folded;
    if (pattern === '') throw new RangeError(`entry ${index} has no visible character`);
    if (!entry.text.isWellFormed()) throw new RangeError(`entry ${index} is not well-formed Unicode`);
    this.lengths[index] = pattern.length;
    const before = pattern.codePointAt(0) ?? 0;
    const last = [...pattern.slice(-2)].at(-1)?.codePointAt(0) ?? 0;
    this.startMasks[index] = boundaryMask(before, entry.wholeWord);
    this.endMasks[index] = boundaryMask(last, entry.wholeWord) | (mayContinue(last) ? CONTINUES : 0);
    this.shapes[index] = shapeOf(pattern, this.fold);
    this.nextEntry[index] = patterns.get(pattern) ?? -1;
    patterns.set(pattern, index);
  }

  private mergeFold(): void {
    const { kinds, singles, classes } = this.fold;
    for (let unit = 0; unit < 0x10000; unit++) {
      const kind = kinds[unit];
      this.codeOf[unit] =
        kind === SKIP ? SKIP_CODE : kind === MANY ? MANY_CODE : this.automaton.codes[singles[unit]!]!;
      if (kind === ONE && (classes[unit]! & BOUNDARY) !== 0) this.letters[this.codeOf[unit]!] = 1;
    }
    // High halves of ideographs; the low half then counts as what lies between.
    for (let unit = 0xd840; unit <= 0xd888; unit++) this.letters[this.automaton.codes[unit]!] = 1;
    this.letters[0] = 0;
  }
}

function boundaryMask(edge: number, wholeWord: boolean | undefined): number {
  const kind = classOf(edge) & (SPACED | UNSPACED);
  if (wholeWord === false || kind === 0) return 0;
  if (kind === SPACED) return SPACED;
  return wholeWord === true ? SPACED | UNSPACED : 0;
}
