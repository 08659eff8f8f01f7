/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { buildAutomaton, MANY_CODE, SKIP_CODE, type Automaton } from './automaton.js';
import { shapeOf } from './entry-shape.js';
import { foldEntries } from './fold-entries.js';
import { MANY, SKIP, type Fold } from './fold.js';
import { sharedInt32, sharedUint16, sharedUint8 } from './shared-arrays.js';
import { BOUNDARY, classOf, CONTINUES, mayContinue, SPACED, UNSPACED } from './unit-class.js';

/** High halves of ideographs. */
const FIRST_IDEOGRAPH = 0xd840;
const LAST_IDEOGRAPH = 0xd888;

/** What a matcher knows of its entries: flat arrays in shared memory, which another thread may have made. */
export interface MatcherTables {
  readonly automaton: Automaton;
  /** Code of each raw unit: the fold merged into the automaton's alphabet. */
  readonly codeOf: Uint16Array;
  /** For each code, the class of its unit if that is a letter or digit, or half of one; else 0. */
  readonly letters: Uint8Array;
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
}

/** The part of an entry that tables are made of. */
export interface EntryText {
  readonly text: string;
  readonly wholeWord?: boolean | undefined;
}

/** @throws RangeError for an entry that folds to nothing, has a lone surrogate or more than 65,535 units */
export function compileTables(entries: readonly EntryText[], fold: Fold): MatcherTables {
  const { packed, textOf } = foldEntries(entries, fold);
  const { automaton, first, next } = buildAutomaton(packed);
  const lengths = sharedUint16(entries.length);
  const startMasks = sharedUint8(entries.length);
  const endMasks = sharedUint8(entries.length);
  const shapes = sharedUint16(entries.length);
  for (let i = 0; i < entries.length; i++) {
    const from = packed.offsets[i]!;
    const to = packed.offsets[i + 1]!;
    lengths[i] = to - from;
    const last = lastCodePoint(packed.units, from, to);
    startMasks[i] = boundaryMask(codePointAt(packed.units, from, to), entries[i]!.wholeWord);
    endMasks[i] = boundaryMask(last, entries[i]!.wholeWord) | (mayContinue(last) ? CONTINUES : 0);
    shapes[i] = shapeOf(textOf(i), fold);
  }
  const firstEntry = sharedInt32(first.length);
  firstEntry.set(first);
  const nextEntry = sharedInt32(next.length);
  nextEntry.set(next);
  const { codeOf, letters } = mergeFold(fold, automaton);
  return { automaton, codeOf, letters, firstEntry, nextEntry, lengths, startMasks, endMasks, shapes };
}

function mergeFold(fold: Fold, { codes, units }: Automaton) {
  const codeOf = sharedUint16(0x10000);
  const letters = sharedUint8(0x10000);
  codeOf.set(uncodedUnits(fold));
  // Most policies have few words, of few units.
  for (let code = 1; code < units.length; code++)
    for (const unit of fold.sourcesOf(units[code]!)) {
      codeOf[unit] = code;
      letters[code]! |= fold.classes[unit]! & BOUNDARY;
    }
  // The low half then counts as what lies between.
  for (let unit = FIRST_IDEOGRAPH; unit <= LAST_IDEOGRAPH; unit++) letters[codes[unit]!] = UNSPACED;
  letters[0] = 0;
  return { codeOf, letters };
}

const uncoded = new WeakMap<Fold, Uint16Array>();

/** Code of each raw unit where no entry has any. */
export function uncodedUnits(fold: Fold): Uint16Array {
  let codes = uncoded.get(fold);
  if (!codes) {
    codes = Uint16Array.from(fold.kinds, (kind) =>
      kind === SKIP ? SKIP_CODE : kind === MANY ? MANY_CODE : 0,
    );
    uncoded.set(fold, codes);
  }
  return codes;
}

function codePointAt(units: Uint16Array, at: number, end: number): number {
  const unit = units[at]!;
  const isPair = unit >= 0xd800 && unit <= 0xdbff && at + 1 < end;
  return isPair ? 0x10000 + ((unit - 0xd800) << 10) + (units[at + 1]! - 0xdc00) : unit;
}

function lastCodePoint(units: Uint16Array, begin: number, end: number): number {
  const unit = units[end - 1]!;
  const isPair = unit >= 0xdc00 && unit <= 0xdfff && end - 2 >= begin;
  return isPair ? codePointAt(units, end - 2, end) : unit;
}

function boundaryMask(edge: number, wholeWord: boolean | undefined): number {
  if (wholeWord === false) return 0;
  const kind = classOf(edge) & BOUNDARY;
  if (kind === 0) return 0;
  if (kind === SPACED) return SPACED;
  return wholeWord === true ? SPACED | UNSPACED : 0;
}
