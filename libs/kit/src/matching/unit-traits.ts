/* eslint-disable @typescript-eslint/no-non-null-assertion -- tables of all units */
import { HOMOGLYPH, INTERLEAVE, LEET, MARKUP } from './fold-names.js';
import { ONE, type Fold } from './fold.js';
import { lookAlikes } from './look-alikes.js';
import { isJoint, MARKUP_SIGNS } from './markup-signs.js';
import { classOf, FOREIGN, OTHER } from './unit-class.js';

/** Traits of a unit that contextual folds ask for. Bits; those above QUIET always leave the fast loop. */
export const BLANK = 1;
export const NOISE = 2;
/** Ends a clause: words of different clauses stand on its two sides. */
export const CLAUSE = 4;
/** Second half of a surrogate pair. */
export const LOW = 8;
/** Markup that is not seen may begin with it, see markup-skip. */
export const OPENS = 16;
export const QUIET = 31;
/** Mark of emphasis in Markdown. */
export const MARK = 32;
/** Passes for other units, see `alternatives`. */
export const ALTERNATIVE = 64;
/** May begin an escape or a character reference. */
export const ESCAPE = 128;

/** Brackets and quotation marks too: what they hold apart is seldom one word. */
const CLAUSE_ENDS = ',，。!！?？;；:：、()[]{}<>《》〈〉「」『』【】〔〕〖〗“”‘’«»‹›"';
const LINE_ENDS = '\n\r\u0085\u2028\u2029';
/** They fold to an apostrophe, which ends none. */
const QUOTES = '‘’';
const MARKS = '*~`';
const ESCAPES = '\\&';

/** What a unit passes for. */
export interface Alternative {
  readonly code: number;
  /** The folded unit passed for. */
  readonly unit: number;
  readonly fold: number;
  /** The two are of different scripts. */
  readonly mixed: boolean;
}

/** What no entry decides about. */
export interface PlainTraits {
  readonly raw: Uint8Array;
  readonly folded: Uint8Array;
}

export interface UnitTraits {
  /** Of each raw unit that folds to one unit. */
  readonly raw: Uint8Array;
  /** Of each folded unit. */
  readonly folded: Uint8Array;
  readonly alternatives: ReadonlyMap<number, readonly Alternative[]>;
  /** Those of all automata with the same folds, without ALTERNATIVE. */
  readonly plain: PlainTraits;
}

interface SharedTraits extends PlainTraits {
  readonly pairs: readonly Pair[];
}

/** What passes for what by a fold, whether or not an automaton knows it. */
type Pair = Omit<Alternative, 'code'> & { readonly sign: number };

const shared = new WeakMap<Fold, Map<number, SharedTraits>>();

/** The traits that matter when the contextual folds in `mask` are on, for an automaton with these codes. */
export function traitsOf(fold: Fold, codes: Uint16Array, mask: number): UnitTraits {
  const masks = shared.get(fold) ?? new Map<number, SharedTraits>();
  shared.set(fold, masks);
  const plain = masks.get(mask) ?? sharedTraits(fold, mask);
  masks.set(mask, plain);
  const alternatives = alternativesOf(plain.pairs, codes);
  if (alternatives.size === 0) return { raw: plain.raw, folded: plain.folded, alternatives, plain };
  const [raw, folded] = [plain.raw.slice(), plain.folded.slice()];
  for (const sign of alternatives.keys()) {
    folded[sign]! |= ALTERNATIVE;
    for (const unit of fold.sourcesOf(sign)) raw[unit]! |= ALTERNATIVE;
  }
  return { raw, folded, alternatives, plain };
}

function sharedTraits(fold: Fold, mask: number): SharedTraits {
  const folded = new Uint8Array(0x10000);
  const raw = new Uint8Array(0x10000);
  const mark = (signs: string, trait: number) => {
    for (let i = 0; i < signs.length; i++) folded[signs.charCodeAt(i)]! |= trait;
  };
  if ((mask & INTERLEAVE) !== 0) {
    // Of a pair, the class is that of the character: the cursor adds its trait.
    for (let unit = 0; unit < 0x10000; unit++) {
      if (fold.kinds[unit] === ONE && fold.classes[unit] === OTHER) folded[fold.singles[unit]!]! |= NOISE;
    }
    folded.fill(0, 0xd800, 0xe000);
    mark(CLAUSE_ENDS, CLAUSE);
  }
  folded.fill(LOW, 0xdc00, 0xe000);
  if ((mask & MARKUP) !== 0) {
    mark(MARKS, MARK);
    mark(ESCAPES, ESCAPE);
  }
  if (fold.joinsBlanks) mark(' ', BLANK);
  for (let unit = 0; unit < 0x10000; unit++) {
    if (fold.kinds[unit] !== ONE) continue;
    raw[unit] = folded[fold.singles[unit]!]!;
    // An escape is written in ASCII; a full-width backslash begins none.
    if (fold.singles[unit] !== unit) raw[unit]! &= ~ESCAPE;
    // One may stand for the blank between two words.
    if ((mask & INTERLEAVE) !== 0 && isJoint(fold.singles[unit]!)) raw[unit]! |= OPENS;
  }
  if ((mask & MARKUP) !== 0) {
    // Markup is written in ASCII too.
    for (let i = 0; i < MARKUP_SIGNS.length; i++) raw[MARKUP_SIGNS.charCodeAt(i)]! |= OPENS;
  }
  if ((mask & INTERLEAVE) !== 0) {
    for (const sign of LINE_ENDS + QUOTES) raw[sign.charCodeAt(0)]! |= CLAUSE;
  }
  return { raw, folded, pairs: pairsOf(fold, mask) };
}

function pairsOf(fold: Fold, mask: number): Pair[] {
  const pairs: Pair[] = [];
  if ((mask & (HOMOGLYPH | LEET)) === 0) return pairs;
  const seen = new Set<string>();
  for (const pair of lookAlikes(mask)) {
    const [from, to] = [pair.sign.charCodeAt(0), pair.letter.charCodeAt(0)];
    if (fold.kinds[from] !== ONE || fold.kinds[to] !== ONE) continue;
    const [sign, unit] = [fold.singles[from]!, fold.singles[to]!];
    const name = `${sign} ${unit} ${pair.fold}`;
    if (sign === unit || seen.has(name)) continue;
    seen.add(name);
    const mixed = ((classOf(sign) ^ classOf(unit)) & FOREIGN) !== 0;
    pairs.push({ sign, unit, fold: pair.fold, mixed });
  }
  return pairs;
}

function alternativesOf(pairs: readonly Pair[], codes: Uint16Array): Map<number, Alternative[]> {
  const alternatives = new Map<number, Alternative[]>();
  for (const { sign, unit, fold, mixed } of pairs) {
    const code = codes[unit]!;
    if (code === 0) continue;
    const known = alternatives.get(sign);
    if (known) known.push({ code, unit, fold, mixed });
    else alternatives.set(sign, [{ code, unit, fold, mixed }]);
  }
  return alternatives;
}
