/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import type { Automaton } from './automaton.js';
import type { Fold } from './fold.js';
import { MatchCursor } from './match-cursor.js';
import { MatchList } from './match-list.js';
import { MatchPolicy, type EntryRule, type PolicyTables } from './match-policy.js';
import { compileTables, type MatcherTables } from './matcher-tables.js';
import { scanWhole, wholeScan, type WholeScan } from './scan-whole.js';
import { standardFold } from './standard-fold.js';

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

/** Numbers of the text at hand, used again unless they became many. */
let found = new MatchList();
const KEPT_NUMBERS = 2 ** 20;

/** What a thread that compiled a matcher hands over: arrays in shared memory. */
export interface CompiledMatcher {
  readonly tables: MatcherTables;
  readonly policy: PolicyTables;
}

/** Entries, their fold and their automaton: immutable, shared by any number of cursors. */
export class Matcher implements MatcherTables {
  readonly tables: MatcherTables;
  readonly automaton: Automaton;
  readonly codeOf: Uint16Array;
  readonly firstEntry: Int32Array;
  readonly nextEntry: Int32Array;
  readonly lengths: Uint16Array;
  readonly startMasks: Uint8Array;
  readonly endMasks: Uint8Array;
  readonly shapes: Uint16Array;
  readonly letters: Uint8Array;
  private ownPolicy: MatchPolicy | undefined;
  /** Beside each other, as entries are not: they are read in any order. */
  private ids: string[] | undefined;
  private readonly scans = new WeakMap<MatchPolicy, WholeScan>();

  /**
   * @param compiled tables that another thread made of the same entries and fold
   * @throws RangeError for an entry that folds to nothing, has a lone surrogate or is too long
   */
  constructor(
    readonly entries: readonly MatcherEntry[],
    readonly fold: Fold = standardFold(),
    private readonly compiled?: CompiledMatcher,
  ) {
    this.tables = compiled?.tables ?? compileTables(entries, fold);
    if (this.tables.lengths.length !== entries.length) throw new RangeError('tables of other entries');
    ({
      automaton: this.automaton,
      codeOf: this.codeOf,
      firstEntry: this.firstEntry,
      nextEntry: this.nextEntry,
      lengths: this.lengths,
      startMasks: this.startMasks,
      endMasks: this.endMasks,
      shapes: this.shapes,
      letters: this.letters,
    } = this.tables);
  }

  /** The entries under their own rules. */
  get policy(): MatchPolicy {
    const ruleOf = (index: number): EntryRule => {
      const { holds, folds } = this.entries[index]!;
      return { status: holds === false ? 'watched' : 'holding', folds: folds ?? 0 };
    };
    return (this.ownPolicy ??= new MatchPolicy(this, ruleOf, this.compiled?.policy));
  }

  /** All overlapping matches of a whole text, in the order in which they begin; the shorter first. */
  findAll(text: string, policy: MatchPolicy = this.policy): Match[] {
    if (!isPlain(policy)) return this.findByCursor(text, policy);
    const ids = (this.ids ??= this.entries.map(({ id }) => id));
    if (found.data.length > KEPT_NUMBERS) found = new MatchList();
    const list = found;
    list.clear();
    this.scan(text, list, policy);
    const matches = new Array<Match>(list.count);
    for (let i = 0; i < list.count; i++) {
      const entry = list.entry(i);
      matches[i] = { id: ids[entry]!, entry, start: list.start(i), end: list.end(i), folds: 0 };
    }
    return matches;
  }

  /** The same matches as plain numbers, added to the list: the fastest way. */
  scan(text: string, list: MatchList, policy: MatchPolicy = this.policy): void {
    if (isPlain(policy)) scanWhole(this.scanOf(policy), text, list);
    else for (const { entry, start, end } of this.findByCursor(text, policy)) list.add(entry, start, end);
  }

  /** A view of this matcher under other rules; to be kept and shared, making it costs a walk over the automaton. */
  under(ruleOf: (entry: MatcherEntry, index: number) => EntryRule): MatchPolicy {
    return new MatchPolicy(this, (index) => ruleOf(this.entries[index]!, index));
  }

  /** The same, of tables that another thread made of this matcher. */
  withPolicy(tables: PolicyTables): MatchPolicy {
    if (tables.rules.length !== this.entries.length) throw new RangeError('rules of other entries');
    const none = (): EntryRule => ({ status: 'ignored', folds: 0 });
    return new MatchPolicy(this, none, tables);
  }

  /** A reader of one stream of text, under the entries' own rules or those of a policy of this matcher. */
  cursor(policy?: MatchPolicy): MatchCursor {
    return new MatchCursor(policy ?? this.policy);
  }

  private scanOf(policy: MatchPolicy): WholeScan {
    let scan = this.scans.get(policy);
    if (!scan) {
      scan = wholeScan(this.tables, this.fold, policy.rules);
      this.scans.set(policy, scan);
    }
    return scan;
  }

  private findByCursor(text: string, policy: MatchPolicy): Match[] {
    const matches: Match[] = [];
    const cursor = this.cursor(policy);
    const collect = (entry: number, start: number, end: number, folds: number) => {
      matches.push({ id: this.entries[entry]!.id, entry, start, end, folds });
      return false;
    };
    cursor.feed(text, collect);
    cursor.finish(collect);
    return matches.sort((a, b) => a.start - b.start || a.end - b.end);
  }
}

/** No contextual fold and no allowing entry: matches are where the automaton ends, and nowhere else. */
function isPlain(policy: MatchPolicy): boolean {
  return policy.folds === 0 && policy.allowKinds === 0;
}
