/* eslint-disable @typescript-eslint/no-non-null-assertion -- arrays read within bounds */
import { beginSkip, isDone, isOver, nextSkip } from './markup-skip.js';
import { plainUnits } from './pinyin-fold.js';
import { kindOfUnit, OTHER_UNIT, SEPARATOR_UNIT, type VisibleUnits } from './pinyin-window.js';
import { EscapeReader, MORE, NONE } from './read-escape.js';

const MARKS = '*~`';
const SIGNS = '<[]!';
const ESCAPES = '\\&';
/** Neighbours that are asked about, on each side. */
const BESIDE = 2;
/** Units of an escape that may end beside a hit. */
const ESCAPE_UNITS = 10;

/** A hit as a browser shows it, between its neighbours. */
export interface VisibleHit extends VisibleUnits {
  readonly from: number;
  readonly to: number;
}

/**
 * What is visible of a hit that goes through markup or escapes, with the addresses of links as such, and as text. A letter that is
 * written as an escape counts only where none stands beside the hit: of those, one would have to know what they stand for.
 */
export function visibleHits(window: VisibleUnits, from: number, to: number): VisibleHit[] {
  const mayDecode = !isBesideEscape(window, from, to);
  const hits: VisibleHit[] = [];
  for (const hasAddresses of [true, false]) {
    const units = visibleUnits(window.units.slice(from, to), hasAddresses, mayDecode);
    if (units) hits.push(between(window, from, to, units));
  }
  return hits;
}

/** A hit that begins behind the escape of a blank, which ends with a letter: as if nothing stood before it. */
export function behindBlank(window: VisibleUnits, from: number, to: number): VisibleHit | undefined {
  if (from < 2 || window.units[from - 2] !== ESCAPES.charCodeAt(0)) return undefined;
  if (!'nrt'.includes(String.fromCharCode(window.units[from - 1]!))) return undefined;
  return between(window, from, to, window.units.slice(from, to), 0);
}

function between(
  window: VisibleUnits,
  from: number,
  to: number,
  visible: readonly number[],
  beside = BESIDE,
): VisibleHit {
  const before = window.units.slice(Math.max(0, from - beside), from);
  const units = [...before, ...visible, ...window.units.slice(to, to + BESIDE)];
  const kinds = units.map(kindOfUnit);
  return {
    units,
    kinds,
    kindAt: (index) => kinds[index] ?? OTHER_UNIT,
    from: before.length,
    to: before.length + visible.length,
  };
}

function isBesideEscape({ units }: VisibleUnits, from: number, to: number): boolean {
  const before = units.slice(Math.max(0, from - ESCAPE_UNITS), from);
  return [...before, units[to] ?? 0].some((unit) => unit > 0 && ESCAPES.includes(String.fromCharCode(unit)));
}

function visibleUnits(
  units: readonly number[],
  hasAddresses: boolean,
  mayDecode: boolean,
): number[] | undefined {
  const visible: number[] = [];
  for (let i = 0; i < units.length;) {
    const unit = units[i]!;
    const sign = String.fromCharCode(unit);
    if (ESCAPES.includes(sign)) {
      const escape = readEscape(units, i);
      if (!escape) return undefined;
      const shown = MARKS.includes(escape.text) ? '' : escape.text;
      for (const one of shown) {
        const decoded = one.charCodeAt(0);
        if (!mayDecode && kindOfUnit(decoded) !== SEPARATOR_UNIT) return undefined;
        visible.push(decoded);
      }
      i = escape.end;
    } else if (SIGNS.includes(sign)) {
      const end = markupEnd(units, i, hasAddresses);
      if (end < 0) return undefined;
      i = end;
    } else {
      if (!MARKS.includes(sign)) visible.push(unit);
      i++;
    }
  }
  return visible;
}

/** Where markup ends that begins here, or -1. */
function markupEnd(units: readonly number[], at: number, hasAddresses: boolean): number {
  let end = -1;
  let i = at + 1;
  for (let skip = beginSkip(units[at]!, 0); skip !== 0; skip = nextSkip(skip, units[i++]!)) {
    if (isOver(skip)) end = i;
    if (i === units.length || isDone(skip) || (end > 0 && !hasAddresses)) break;
  }
  return end;
}

interface Escape {
  /** Plain units, see `plainUnits`. */
  readonly text: string;
  readonly end: number;
}

function readEscape(units: readonly number[], at: number): Escape | undefined {
  const reader = new EscapeReader();
  reader.begin(units[at]!);
  for (let end = at + 1; end <= units.length; end++) {
    const before = reader.endBefore(units[end]);
    if (before !== NONE) return { text: plainUnits(before), end };
    const codePoint = end < units.length ? reader.next(units[end]!) : NONE;
    if (codePoint === NONE) return undefined;
    if (codePoint !== MORE) return { text: plainUnits(codePoint), end: end + 1 };
  }
  return undefined;
}
