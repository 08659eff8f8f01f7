/* eslint-disable @typescript-eslint/no-non-null-assertion -- tables of all units */
import { BASE, CHECK, MANY_CODE, SKIP_CODE } from './automaton.js';
import type { Fold } from './fold.js';
import type { MatchPolicy } from './match-policy.js';
import type { Matcher } from './matcher.js';
import { uncodedUnits } from './matcher-tables.js';
import { BOUNDARY } from './unit-class.js';
import { ALTERNATIVE, OPENS, type PlainTraits, type UnitTraits } from './unit-traits.js';

/** Facts of a raw unit, packed so that the fast loop reads one place of memory: code, trait, class, begins. */
export const CODE_BITS = 0xffff;
export const TRAIT_SHIFT = 16;
export const TRAIT_BITS = 0xff;
export const CLASS_SHIFT = 24;
export const CLASS_BITS = 0xf;
/** A bit for each of the four boundary classes that the unit before may have. */
export const BEGINS_SHIFT = 28;

export function factsOf({ automaton, fold }: Matcher, traits: UnitTraits, begins: Uint8Array): Int32Array {
  const facts = factsOfAny(fold, traits.plain).slice();
  for (let code = 1; code < automaton.units.length; code++)
    for (const unit of fold.sourcesOf(automaton.units[code]!))
      facts[unit]! |= code | (begins[code]! << BEGINS_SHIFT);
  for (const sign of traits.alternatives.keys())
    for (const unit of fold.sourcesOf(sign)) facts[unit]! |= ALTERNATIVE << TRAIT_SHIFT;
  return facts;
}

const known = new WeakMap<PlainTraits, Int32Array>();

/** Where no entry has any of the units. */
function factsOfAny(fold: Fold, plain: PlainTraits): Int32Array {
  const kept = known.get(plain);
  if (kept) return kept;
  const { raw } = plain;
  const facts = Int32Array.from(uncodedUnits(fold), (code, unit) => {
    // What is not seen but may be a hyphen at the end of a line is none that the fast loop passes over.
    const asked = code === SKIP_CODE && (raw[unit]! & OPENS) !== 0 ? MANY_CODE : code;
    return asked | (raw[unit]! << TRAIT_SHIFT) | (fold.classes[unit]! << CLASS_SHIFT);
  });
  known.set(plain, facts);
  return facts;
}

/**
 * After which boundary classes (bits) a code may begin an entry that counts. Elsewhere the automaton need not leave its
 * root for it: what begins there is no match, neither as it stands nor by a thread.
 */
export function beginsOf({ matcher, rules, ahead, accept }: MatchPolicy): Uint8Array {
  const { automaton, firstEntry, nextEntry, startMasks } = matcher;
  const begins = new Uint8Array(automaton.alphabet);
  for (let code = 1; code < begins.length; code++) {
    const child = automaton.cells[BASE]! + code;
    if (automaton.cells[4 * child + CHECK] !== 0) continue;
    for (let before = 0; before <= BOUNDARY; before++) {
      let isOpen = (ahead[child]! & accept[before]!) !== 0;
      const pattern = automaton.own[child]!;
      for (let e = pattern < 0 ? -1 : firstEntry[pattern]!; e >= 0; e = nextEntry[e]!) {
        if (rules[e] !== 0 && (startMasks[e]! & before) === 0) isOpen = true;
      }
      if (isOpen) begins[code]! |= 1 << before;
    }
  }
  return begins;
}
