/* eslint-disable @typescript-eslint/no-non-null-assertion -- arrays read within bounds */
import { wordLevel } from '../text/segment-chinese.js';
import { syllableOf } from './pinyin-table.js';
import {
  HAN_UNIT,
  LETTER_UNIT,
  MOST_SEPARATORS,
  OTHER_UNIT,
  SEPARATOR_UNIT,
  WORD_UNIT,
  type VisibleUnits,
} from './pinyin-window.js';

/** From so many syllables on, a word of Latin letters alone is one. */
const SPELLED_SYLLABLES = 3;
const APOSTROPHES = [0x27, 0x2019, 0x2bc];
const BLANK = 0x20;

/** What a hit is made of. */
interface Parts {
  readonly exact: number;
  /** Other characters of the same sound: their indices in the window. */
  readonly homophones: readonly number[];
  /** Characters written in Latin letters. */
  readonly spelled: number;
  readonly separators: number;
  /** Of those in Latin letters, with the mark of a tone. */
  readonly toned: number;
}

/** Knobs of the rule, for the bench. */
export interface PinyinRule {
  /** A homophone that makes a word of this level (see wordLevel) with its neighbour is that word. */
  readonly ordinary: number;
  /** The same for characters at the edges of the hit and their neighbours outside. */
  readonly edge: number;
  /** From so many characters on, one that stands exactly is enough if all others are Latin letters. */
  readonly mixed: number;
}
export const PINYIN_RULE: PinyinRule = { ordinary: 16, edge: 1, mixed: 3 };

/**
 * Whether the letters that matched are a disguise of the entry: character by character, or spelled by whole syllables.
 * @param entry plain units (see plainUnits) of the entry, without separators
 * @param from first and last unit of the hit in the window; the next visible unit is in it too, unless the text is over
 */
export function isDisguise(
  window: VisibleUnits,
  from: number,
  to: number,
  entry: string,
  rule: PinyinRule = PINYIN_RULE,
): boolean {
  const parts = align(window, from, to, entry);
  if (!parts || !standsAlone(window, from, to)) return false;
  const { exact, homophones, spelled } = parts;
  const changed = homophones.length + spelled;
  if (changed === 0) return false;
  if (exact === 0) return homophones.length === 0 && isSpelling(window, from, to, parts);
  if (exact < changed && (homophones.length > 0 || exact + changed < rule.mixed)) return false;
  return (
    homophones.every((index) => !isOrdinary(window, index, rule.ordinary)) &&
    !isCut(window, from, to, parts, rule)
  );
}

/** Undefined where a syllable begins or ends within a character or a run of letters of another one. */
function align(window: VisibleUnits, from: number, to: number, entry: string): Parts | undefined {
  const { units } = window;
  const homophones: number[] = [];
  let [exact, spelled, separators, toned] = [0, 0, 0, 0];
  let at = from;
  for (let i = 0; i < entry.length; i++) {
    const unit = entry.charCodeAt(i);
    const syllable = syllableOf(unit);
    let gap = 0;
    for (; at < to && window.kinds[at] === SEPARATOR_UNIT; at++) gap++;
    if (gap > MOST_SEPARATORS || at >= to) return undefined;
    separators += gap;
    if (syllable === '') {
      if (units[at++] !== unit) return undefined;
    } else if (window.kinds[at] === HAN_UNIT) {
      if (units[at] === unit) exact++;
      else if (syllableOf(units[at]!) === syllable) homophones.push(at);
      else return undefined;
      at++;
    } else {
      let isToned = false;
      for (let j = 0; j < syllable.length; j++, at++) {
        if (at >= to || units[at] !== syllable.charCodeAt(j)) return undefined;
        if (window.isTonedAt?.(at) === true) isToned = true;
      }
      if (isToned) toned++;
      spelled++;
    }
  }
  return at === to ? { exact, homophones, spelled, separators, toned } : undefined;
}

/** Letters at an edge are all of their run. */
function standsAlone(window: VisibleUnits, from: number, to: number): boolean {
  const isOpen = (index: number) =>
    window.kindAt(index) === LETTER_UNIT || window.kindAt(index) === WORD_UNIT;
  if (window.kinds[from] === LETTER_UNIT && isOpen(from - 1)) return false;
  return !(window.kinds[to - 1] === LETTER_UNIT && isOpen(to));
}

/** Latin letters alone: they must be a word, and long enough or visibly parted, for two syllables are many a word. */
function isSpelling(window: VisibleUnits, from: number, to: number, parts: Parts): boolean {
  const before = window.units[from - 1];
  const after = window.kindAt(to) === SEPARATOR_UNIT ? window.units[to] : undefined;
  const joins = (unit: number | undefined, kind: number) => kind === SEPARATOR_UNIT && unit !== BLANK;
  const opens = joins(before, window.kindAt(from - 1));
  const closes = joins(after, window.kindAt(to));
  const isQuoted = opens && closes && APOSTROPHES.includes(before!) && APOSTROPHES.includes(after!);
  if ((opens || closes) && !isQuoted) return false;
  // With marks of tones they are Chinese.
  if (parts.spelled >= SPELLED_SYLLABLES || parts.toned === parts.spelled) return true;
  return parts.separators >= parts.spelled - 1 && touchesHan(window, from, to);
}

function touchesHan(window: VisibleUnits, from: number, to: number): boolean {
  let before = from - 1;
  if (window.kindAt(before) === SEPARATOR_UNIT) before--;
  return window.kindAt(before) === HAN_UNIT || window.kindAt(to) === HAN_UNIT;
}

/** No letter or digit of any script beside the hit. */
export function isApart(window: VisibleUnits, from: number, to: number): boolean {
  return [window.kindAt(from - 1), window.kindAt(to)].every(
    (kind) => kind === SEPARATOR_UNIT || kind === OTHER_UNIT,
  );
}

/** A character that makes an ordinary word with one of its neighbours stands for itself. */
function isOrdinary(window: VisibleUnits, index: number, least: number): boolean {
  return pairLevel(window, index - 1) >= least || pairLevel(window, index) >= least;
}

/** The hit begins or ends within an ordinary word. */
function isCut(window: VisibleUnits, from: number, to: number, parts: Parts, { edge }: PinyinRule): boolean {
  if (parts.exact + parts.homophones.length + parts.spelled > 2) return false;
  return pairLevel(window, from - 1) >= edge || pairLevel(window, to - 1) >= edge;
}

function pairLevel({ units, kinds }: VisibleUnits, index: number): number {
  if (kinds[index] !== HAN_UNIT || kinds[index + 1] !== HAN_UNIT) return 0;
  return wordLevel(units[index]!, units[index + 1]!);
}
