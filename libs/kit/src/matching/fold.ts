/* eslint-disable @typescript-eslint/no-non-null-assertion -- tables of all units */
import { FoldedTexts } from './folded-texts.js';
import { classOf } from './unit-class.js';

/** A code point to what stands for it when texts are compared; '' leaves it out. */
export type FoldRule = (codePoint: number) => string;

/** What a code point folds to when that is not exactly one unit. */
export interface Expansion {
  readonly units: Uint16Array;
  /** Class (see unit-class) of each of `units`. */
  readonly classes: Uint8Array;
}

/** `Fold.kinds`: how a raw UTF-16 unit is read. */
export const ONE = 0;
export const SKIP = 1;
/** Surrogates, and units that fold to several. */
export const MANY = 2;

/** What a lone surrogate becomes on every way out of the process, hence what a reader sees. */
const REPLACEMENT = 0xfffd;
const LINE_BREAK = 0x0a;
const BLANK = 0x20;

/**
 * A normalisation without context: every code point folds on its own, so that a text folds to the
 * same units however it is cut, and every folded unit has a place in the original.
 * Rules must be idempotent (folding what was folded changes nothing).
 */
export class Fold {
  /** ONE, SKIP or MANY for each raw unit. */
  readonly kinds = new Uint8Array(0x10000);
  /** Folded unit of each raw unit of kind ONE. */
  readonly singles = new Uint16Array(0x10000);
  /** Class of the folded unit, for each raw unit of kind ONE. */
  readonly classes = new Uint8Array(0x10000);
  /** True where all blanks are alike, line breaks too: a run of them then reads as one. */
  readonly joinsBlanks: boolean;
  /** What is not one unit. */
  private readonly texts: FoldedTexts;
  private sources: Sources | undefined;
  /** Of those, what was asked for: of some 19,000 a text has a few. */
  private readonly expansions = new Map<number, Expansion>();
  private readonly replacement = expansionOf(String.fromCharCode(REPLACEMENT));

  /**
   * @param rule idempotent
   * @param astral ranges (first, last) above U+FFFF, in their order, in which the rule may change something
   */
  constructor(rule: FoldRule, astral: readonly (readonly [number, number])[] = []) {
    const texts: [number, string][] = [];
    for (let unit = 0; unit < 0x10000; unit++) {
      const folded = this.tabulate(unit, rule);
      if (folded !== undefined) texts.push([unit, folded]);
    }
    this.joinsBlanks = this.singles[LINE_BREAK] === BLANK;
    for (const [first, last] of astral) {
      for (let codePoint = first; codePoint <= last; codePoint++) {
        const folded = rule(codePoint);
        if (folded !== String.fromCodePoint(codePoint)) texts.push([codePoint, folded]);
      }
    }
    this.texts = new FoldedTexts(texts);
  }

  /** Units of a code point of kind MANY; a lone surrogate reads as U+FFFD. */
  expand(codePoint: number): Expansion {
    if (codePoint >= 0xd800 && codePoint <= 0xdfff) return this.replacement;
    const known = this.expansions.get(codePoint);
    if (known) return known;
    const text = this.texts.get(codePoint);
    if (text === undefined) return expansionOf(String.fromCodePoint(codePoint));
    const expansion = expansionOf(text);
    this.expansions.set(codePoint, expansion);
    return expansion;
  }

  /** The same units as a text, of which nothing is kept: for those who ask about every character. */
  textOf(codePoint: number): string {
    const isLone = codePoint >= 0xd800 && codePoint <= 0xdfff;
    return this.texts.get(codePoint) ?? String.fromCodePoint(isLone ? REPLACEMENT : codePoint);
  }

  /** The raw units of kind ONE that fold to a unit. */
  sourcesOf(unit: number): Uint16Array {
    const { offsets, units } = (this.sources ??= sourcesIn(this));
    return units.subarray(offsets[unit], offsets[unit + 1]);
  }

  /** What is to be kept as text. */
  private tabulate(unit: number, rule: FoldRule): string | undefined {
    if (unit >= 0xd800 && unit <= 0xdfff) {
      this.kinds[unit] = MANY;
      return undefined;
    }
    const folded = rule(unit);
    if (folded.length === 1) {
      this.singles[unit] = folded.charCodeAt(0);
      this.classes[unit] = classOf(folded.charCodeAt(0));
      return undefined;
    }
    this.kinds[unit] = folded === '' ? SKIP : MANY;
    return folded === '' ? undefined : folded;
  }
}

/** Those of unit u are `units[offsets[u] .. offsets[u + 1])`. */
interface Sources {
  readonly offsets: Uint32Array;
  readonly units: Uint16Array;
}

function sourcesIn({ kinds, singles }: Fold): Sources {
  const offsets = new Uint32Array(0x10001);
  for (let raw = 0; raw < 0x10000; raw++) if (kinds[raw] === ONE) offsets[singles[raw]! + 1]!++;
  for (let unit = 0; unit < 0x10000; unit++) offsets[unit + 1]! += offsets[unit]!;
  const units = new Uint16Array(offsets[0x10000]!);
  const next = offsets.slice();
  for (let raw = 0; raw < 0x10000; raw++) if (kinds[raw] === ONE) units[next[singles[raw]!]!++] = raw;
  return { offsets, units };
}

function expansionOf(folded: string): Expansion {
  const units = new Uint16Array(folded.length);
  const classes = new Uint8Array(folded.length);
  for (let i = 0; i < folded.length;) {
    const codePoint = folded.codePointAt(i) ?? REPLACEMENT;
    const width = codePoint > 0xffff ? 2 : 1;
    for (let j = i; j < i + width; j++) {
      units[j] = folded.charCodeAt(j);
      classes[j] = classOf(codePoint);
    }
    i += width;
  }
  return { units, classes };
}

let exact: Fold | undefined;

/** No normalisation: every character stands for itself. */
export function exactFold(): Fold {
  return (exact ??= new Fold((codePoint) => String.fromCodePoint(codePoint)));
}
