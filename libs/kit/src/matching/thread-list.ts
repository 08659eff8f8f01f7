import { REPEAT } from './fold-names.js';
import { isAlike } from './markup-skip.js';

/**
 * Threads of one stream that live at once; further ones are not begun, so that a text made for it costs no more
 * than this many steps a character. Ordinary text has none to three.
 */
export const THREAD_LIMIT = 64;

/** Characters of noise between two units of an entry. */
export const NOISE_LIMIT = 4;

/** What a thread remembers beside its start and its node: one number. */
/** Contextual folds used so far. */
export const FOLDS = 0x1f;
/** Class before the start (its boundary bits). */
export const BEFORE_SHIFT = 5;
/** Its first letter stands alone on the left, and so far something stood between any two letters. */
export const SPREAD = 0x80;
/** It counts only if that stays so to the end. */
export const MUST_SPREAD = 0x100;
/** A unit that stands for itself was read. */
export const GENUINE = 0x200;
export const MUST_GENUINE = 0x400;
/** Something that is no letter came last. */
export const GAP = 0x800;
/** Characters of noise in the gap. */
export const NOISE_SHIFT = 12;
export const NOISE_BITS = 0x7000;
/** Its repeats are no spelling of another word. */
export const REPEATS = 0x8000;
/** One ordinary letter was doubled. */
export const DOUBLED = 0x10000;
/** Equal letters up to here. */
export const RUN_SHIFT = 17;
export const RUN_BITS = 0x7e0000;
export const RUN_LIMIT = 63;
/** Class of the last unit of the entry (its boundary bits). */
export const LAST_SHIFT = 23;
export const LAST_BITS = 0x1800000;
/** In a gap behind a letter of a spaced script, which an unspaced one must follow. */
export const TO_UNSPACED = 0x2000000;
/** In the gap a line has ended. */
export const LINE = 0x4000000;
/** In the gap is noise that is no blank. */
export const SIGNED = 0x8000000;

export function lastClass(facts: number): number {
  return (facts & LAST_BITS) >> LAST_SHIFT;
}

/** Repeats so far may be those of another word. */
export function isDoubtful(facts: number): boolean {
  return (facts & REPEAT) !== 0 && (facts & REPEATS) === 0;
}

/** A match of a thread; the cursor decides its right edge. */
export interface ThreadMatch {
  readonly entry: number;
  readonly start: number;
  readonly folds: number;
  /** The entry, spelled out, ends with a letter that must stand alone. */
  readonly alone: boolean;
}

/**
 * Readings of the text that are not what stands there, side by side: start, node of the trie, facts of each, and the
 * markup that was left out since its last letter, see markup-skip.
 */
export class ThreadList {
  count = 0;
  /** Plain arrays that grow: most texts have few threads or none, and typed ones cost more to make than to use. */
  readonly starts: number[] = [];
  readonly nodes: number[] = [];
  readonly facts: number[] = [];
  readonly skips: number[] = [];

  /** Adds a thread unless it is there, or one that left out more; false when there is no room. */
  push(start: number, node: number, facts: number, skip: number): boolean {
    const { count, nodes, skips } = this;
    for (let i = 0; i < count; i++) {
      if (nodes[i] !== node || this.facts[i] !== facts || this.starts[i] !== start) continue;
      if (!isAlike(skips[i] ?? 0, skip)) continue;
      skips[i] = Math.min(skips[i] ?? 0, skip);
      return true;
    }
    if (count === THREAD_LIMIT) return false;
    this.starts[count] = start;
    nodes[count] = node;
    this.facts[count] = facts;
    skips[count] = skip;
    this.count++;
    return true;
  }
}
