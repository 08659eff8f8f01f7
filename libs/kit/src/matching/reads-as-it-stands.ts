/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in a loop where a check costs */
import * as regions from './detector-region.js';
import { isAlphanumeric, isDigit } from './finding.js';
import { BARE, joins } from './hidden-units.js';
import * as plain from './plain-units.js';

// Own constants are folded into the code; imported ones would be looked up at every use.
const { ESCAPE, FORM, FORMULA_HALF, KINDS, MARK, TAG } = plain;
const { FACTS, OTHERWISE } = regions;
/** Up to here are signs and letters of the West; beyond it a mark may stand within anything. */
const LAST_LOW = 0x3000;
const BLANK = 0x20;
const AMPERSAND = 0x26;
const PERCENT = 0x25;
const LONE = '_~';
/** Behind a backslash: what an escape goes on with. */
const ESCAPED = `uUxX\\${BARE}`;
const HEX = /^[0-9a-f]$/i;
const NAMED = /^[#a-z]$/i;

/**
 * Whether nothing in a piece from an index on can be read otherwise; `last`: the unit before the piece. False where it is not
 * certain.
 */
export function readsAsItStands(units: Uint16Array, from: number, length: number, last: number): boolean {
  for (let i = nextKind(units, from, length); i < length; i = nextKind(units, i + 1, length)) {
    const unit = units[i]!;
    const kind = KINDS[unit]!;
    if (kind === ESCAPE) {
      if (i + 1 === length || mayEscape(unit, units[i + 1]!)) return false;
    } else if (kind === MARK) {
      const end = endOfRun(units, i, length);
      const behind = end < length ? units[end]! : -1;
      // Within a run too: behind one mark another may begin, and be read.
      for (; i < end; i++) {
        const before = i === 0 ? last : units[i - 1]!;
        if (mayBeHidden(before, units[i]!, end - i, behind)) return false;
      }
      i = end - 1;
    } else if (kind === TAG) {
      if (mayTagBegin(i === 0 ? last : units[i - 1]!)) return false;
    } else if (kind === FORM) {
      if (mayPass(unit, i === 0 ? last : units[i - 1]!)) return false;
    } else return false;
  }
  return true;
}

/** Where the next unit is that is something else than itself. */
function nextKind(units: Uint16Array, from: number, length: number): number {
  let i = from | 0;
  for (; i < length; i++) {
    if ((FACTS[units[i]!]! & OTHERWISE) !== 0) break;
  }
  return i;
}

function endOfRun(units: Uint16Array, from: number, length: number): number {
  let end = from;
  while (end < length && KINDS[units[end]!] === MARK) end++;
  return end;
}

/** Whether a tag behind this unit may stand in a number or an address. */
export function mayTagBegin(before: number): boolean {
  return before === BLANK || isDigit(before) || (joins(before, true) && !isAlphanumeric(before));
}

/** Whether such a unit may be a digit, or part digits. */
export function mayPass(unit: number, before: number): boolean {
  return isDigit(plain.FORMS.get(unit)!) || isDigit(before);
}

function mayEscape(unit: number, next: number): boolean {
  if (unit === FORMULA_HALF) return true;
  const character = String.fromCharCode(next);
  if (unit === PERCENT) return HEX.test(character);
  return unit === AMPERSAND ? NAMED.test(character) : ESCAPED.includes(character);
}

/** @param after -1 where it is not known yet */
function mayBeHidden(before: number, mark: number, length: number, after: number): boolean {
  if (before !== BLANK && !joins(before, true)) return false;
  if (after < 0) return true;
  if (length === 1 && LONE.includes(String.fromCharCode(mark))) return false;
  return after === BLANK ? isDigit(before) : joins(after, true) || after > LAST_LOW;
}
