/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds */
import { MARKUP } from './fold-names.js';
import type { MatchPolicy, EntryRule } from './match-policy.js';
import { Matcher, type CompiledMatcher, type MatcherEntry } from './matcher.js';
import { isLineBreak, isSeparator, pinyinFold, plainUnits } from './pinyin-fold.js';
import { PinyinReader } from './pinyin-reader.js';
import { syllableOf } from './pinyin-table.js';

/** One character has a hundred homophones, and is no word. */
const LEAST_HAN = 2;

/** An entry longer than this is text that nobody spells; it bounds what a reader keeps. */
export const LONGEST_ENTRY = 64;

/** What may evade a sound too: markup within it. */
export const SOUND_FOLDS = MARKUP;

/** Asked first, as it is fast; compatibility ideographs are among them. */
const HAN_TWICE = /[\u2e80-\ufaff][^]*[\u2e80-\ufaff]/;

type Accepts = (entry: MatcherEntry, index: number) => boolean;

/** The entries of the automaton, and their indices in the whole list. */
interface Chosen {
  readonly indices: Int32Array;
  readonly entries: readonly MatcherEntry[];
}

/** What a thread made of the same entries, see MatcherThread. */
export interface ChosenElsewhere extends Chosen {
  readonly compiled: CompiledMatcher;
}

/** The entries that can be disguised by sound, over the letters of their readings: immutable, shared by readers. */
export class PinyinMatcher {
  readonly matcher: Matcher;
  /** Index, in the list that this was made from, of each entry of the matcher. */
  readonly indices: Int32Array;
  /** Plain units of each entry of the matcher, made when asked for. */
  private readonly plains: (string | undefined)[] = [];

  /**
   * @param accepts leaves out entries; allowing entries are always: they say what is written, not how it sounds
   * @param elsewhere what a thread has chosen and compiled already
   */
  constructor(
    private readonly entries: readonly MatcherEntry[],
    accepts: Accepts = () => true,
    elsewhere?: ChosenElsewhere,
  ) {
    const chosen = elsewhere ?? choose(entries, accepts);
    this.indices = chosen.indices;
    this.matcher = new Matcher(chosen.entries, pinyinFold(), elsewhere?.compiled);
  }

  /** How many entries there are to find. */
  get size(): number {
    return this.indices.length;
  }

  /** A view under other rules, by the entries' indices in the list; to be kept and shared. */
  under(ruleOf: (entry: MatcherEntry, index: number) => EntryRule): MatchPolicy {
    return this.matcher.under((_, own) => {
      const index = this.indices[own]!;
      const { status, folds } = ruleOf(this.entries[index]!, index);
      return { status, folds: folds & SOUND_FOLDS };
    });
  }

  /** A reader of one stream, under the entries' own rules or those of a policy that `under` made. */
  reader(policy?: MatchPolicy): PinyinReader {
    return new PinyinReader(this, policy);
  }

  /** Index in the original list. */
  indexOf(own: number): number {
    return this.indices[own]!;
  }

  /** No letter of any kind may touch it, see MatcherEntry. */
  isWholeWord(own: number): boolean {
    return this.entries[this.indices[own]!]!.wholeWord === true;
  }

  /** What a disguise is compared with. */
  plainOf(own: number): string {
    return (this.plains[own] ??= plainText(this.matcher.entries[own]!.text));
  }
}

function choose(entries: readonly MatcherEntry[], accepts: Accepts): Chosen {
  const indices: number[] = [];
  const own: MatcherEntry[] = [];
  entries.forEach((entry, index) => {
    if (entry.allow === true || !canBeDisguised(entry.text) || !accepts(entry, index)) return;
    indices.push(index);
    const { id, text, holds, folds = 0 } = entry;
    // Where a word ends is seen in the original, not in letters.
    own.push({ id, text, wholeWord: false, folds: folds & SOUND_FOLDS, ...(holds === false && { holds }) });
  });
  return { indices: Int32Array.from(indices), entries: own };
}

/** Units without separators, simplified: what a disguise is compared with. */
function plainText(text: string): string {
  let plain = '';
  for (const character of text) {
    for (const unit of plainUnits(character.codePointAt(0)!))
      if (!isSeparator(unit.charCodeAt(0))) plain += unit;
  }
  return plain;
}

function canBeDisguised(text: string): boolean {
  if (text.length > LONGEST_ENTRY || !HAN_TWICE.test(text) || !text.isWellFormed()) return false;
  for (let i = 0; i < text.length; i++) if (isLineBreak(text.charCodeAt(i))) return false;
  const plain = plainText(text);
  let han = 0;
  for (let i = 0; i < plain.length; i++) if (syllableOf(plain.charCodeAt(i)) !== '') han++;
  return han >= LEAST_HAN;
}
