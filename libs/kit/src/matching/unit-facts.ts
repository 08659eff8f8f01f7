/* eslint-disable @typescript-eslint/no-non-null-assertion -- tables of all units */
import { BASE, CHECK, MANY_CODE, SKIP_CODE } from './automaton.js';
import type { MatchPolicy } from './match-policy.js';
import type { Matcher } from './matcher.js';
import { BOUNDARY } from './unit-class.js';
import { OPENS, type UnitTraits } from './unit-traits.js';

/** Facts of a raw unit, packed so that the fast loop reads one place of memory: code, trait, class, begins. */
export const CODE_BITS = 0xffff;
export const TRAIT_SHIFT = 16;
export const TRAIT_BITS = 0xff;
export const CLASS_SHIFT = 24;
export const CLASS_BITS = 0xf;
/** A bit for each of the four boundary classes that the unit before may have. */
export const BEGINS_SHIFT = 28;

export function factsOf({ codeOf, fold }: Matcher, { raw }: UnitTraits, begins: Uint8Array): Int32Array {
  const facts = new Int32Array(0x10000);
  for (let unit = 0; unit < facts.length; unit++) {
    const code = codeOf[unit]!;
    const starts = code < begins.length ? begins[code]! : 0;
    // What is not seen but may be a hyphen at the end of a line is none that the fast loop passes over.
    const asked = code === SKIP_CODE && (raw[unit]! & OPENS) !== 0 ? MANY_CODE : code;
    facts[unit] =
      asked | (raw[unit]! << TRAIT_SHIFT) | (fold.classes[unit]! << CLASS_SHIFT) | (starts << BEGINS_SHIFT);
  }
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
