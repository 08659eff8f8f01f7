/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { baseFold, type Fold, unitsOf } from '@lorekeep/kit/matching';
import { type MappedText, textOfUnits } from './mapped-text.js';

const MANY = 2;
const SKIP = 1;
const NEWLINE = 0x0a;
/** 1 for each 256 units that hold letters which look like Latin ones. */
const MASKS = Uint8Array.from({ length: 256 }, (_, block) =>
  (block >= 0x01 && block < 0x20) || (block >= 0x2c && block < 0x2e) || (block >= 0xa4 && block < 0xac)
    ? 1
    : 0,
);
/** One character stands for eighteen; a text of it would be as many times as long. No word needs more than this. */
const EXPANSION_MAX = 4;
/** More than ordinary text grows by: from here on one unit stands for each that stands for many. */
const GROWTH_MAX = 1_024;

/**
 * What is seen of a text, case kept: compatibility forms, accents and traditional Chinese folded, nothing invisible;
 * a line break stays one, any other blank is a space. `units` are those of `mapped.text`.
 */
export interface Visible extends MappedText {
  readonly units: Uint16Array;
  readonly isAscii: boolean;
  /** Whether a letter may be there that looks like a Latin one. */
  readonly mayMask: boolean;
  /** Characters that are not seen and so left out. */
  readonly unseen: number;
}

let fold: Fold | undefined;
let lower: Uint16Array | undefined;
/** Of ASCII: 1 for units that are seen as they are. */
let plain: Uint8Array | undefined;
const ASCII = 128;

/** Tables of the fold, made once: how each unit is read, and its small letter where that is one unit. */
function tables(): { fold: Fold; lower: Uint16Array; plain: Uint8Array } {
  fold ??= baseFold(['width', 'compatibility', 'traditional']);
  const { kinds, singles } = fold;
  plain ??= Uint8Array.from({ length: ASCII }, (_, unit) =>
    unit === NEWLINE || (kinds[unit] === 0 && singles[unit] === unit) ? 1 : 0,
  );
  if (!lower) {
    lower = new Uint16Array(0x10000);
    for (let unit = 0; unit < 0x10000; unit++) {
      const small = String.fromCharCode(unit).toLowerCase();
      lower[unit] = small.length === 1 ? small.charCodeAt(0) : unit;
    }
    lower[0x3c2] = 0x3c3;
  }
  return { fold, lower, plain };
}

export function foldVisible(source: MappedText): Visible {
  const { text } = source;
  const raw = unitsOf(text).slice(0, text.length);
  const { fold, plain } = tables();
  const { kinds, singles } = fold;
  // In its place: what was folded stays as it is when it is folded again.
  const units = raw;
  const table = MASKS;
  let all = 0;
  let masks = 0;
  let changed = 0;
  let first = 0;
  for (; first < raw.length; first++) {
    const unit = raw[first]!;
    if (unit >= ASCII || plain[unit] === 0) break;
    all |= unit;
  }
  for (let i = first; i < raw.length; i++) {
    const unit = raw[i]!;
    if (kinds[unit] !== 0) return foldLong(source, raw);
    const seen = unit === NEWLINE ? unit : singles[unit]!;
    units[i] = seen;
    all |= seen;
    masks |= table[seen >> 8]!;
    changed |= seen ^ unit;
  }
  const seen = changed === 0 ? text : textOfUnits(units, all);
  return {
    text: seen,
    starts: source.starts,
    ends: source.ends,
    units,
    isAscii: all < 0x80,
    mayMask: masks !== 0,
    unseen: 0,
  } as Visible;
}

function foldLong(source: MappedText, raw: Uint16Array): Visible {
  const { fold } = tables();
  const { kinds, singles } = fold;
  let [units, starts, ends] = arrays(raw.length + 16);
  let length = 0;
  let all = 0;
  let masks = 0;
  let unseen = 0;
  for (let i = 0; i < raw.length; i++) {
    const unit = raw[i]!;
    const kind = kinds[unit]!;
    if (kind === SKIP && unit !== NEWLINE) {
      unseen++;
      continue;
    }
    if (length + EXPANSION_MAX > units.length) [units, starts, ends] = larger(units, starts, ends);
    const start = source.starts ? source.starts[i]! : i;
    if (kind !== MANY) {
      const seen = unit === NEWLINE ? unit : singles[unit]!;
      units[length] = seen;
      starts[length] = start;
      ends[length++] = source.ends ? source.ends[i]! : i + 1;
      all |= seen;
      masks |= MASKS[seen >> 8]!;
      continue;
    }
    const codePoint = codePointAt(raw, i);
    const last = codePoint > 0xffff ? i + 1 : i;
    const end = source.ends ? source.ends[last]! : last + 1;
    const expansion = expansionOf(fold, codePoint);
    if (expansion.length === 0) unseen++;
    const most = length - i > GROWTH_MAX ? 1 : EXPANSION_MAX;
    for (let k = 0; k < expansion.length && k < most; k++) {
      units[length] = expansion[k]!;
      starts[length] = start;
      ends[length++] = end;
      all |= expansion[k]!;
      masks |= MASKS[expansion[k]! >> 8]!;
    }
    i = last;
  }
  units = units.subarray(0, length);
  return {
    text: textOfUnits(units, all),
    starts: starts.subarray(0, length),
    ends: ends.subarray(0, length),
    units,
    isAscii: all < 0x80,
    mayMask: masks !== 0,
    unseen,
  };
}

/** Emoji come in numbers: what the fold makes of them is kept. */
const expansions = new Map<number, Uint16Array>();
const EXPANSIONS_MAX = 4_096;

function expansionOf(fold: Fold, codePoint: number): Uint16Array {
  let units = expansions.get(codePoint);
  if (!units) {
    ({ units } = fold.expand(codePoint));
    if (expansions.size >= EXPANSIONS_MAX) expansions.clear();
    expansions.set(codePoint, units);
  }
  return units;
}

type Arrays = [Uint16Array, Uint32Array, Uint32Array];
function arrays(room: number): Arrays {
  return [new Uint16Array(room), new Uint32Array(room), new Uint32Array(room)];
}

function larger(...old: Arrays): Arrays {
  const more = arrays(old[0].length * 2);
  more.forEach((array, i) => {
    array.set(old[i]!);
  });
  return more;
}

function codePointAt(raw: Uint16Array, at: number): number {
  const high = raw[at]!;
  const low = high >= 0xd800 && high <= 0xdbff && at + 1 < raw.length ? raw[at + 1]! : 0;
  return low >= 0xdc00 && low <= 0xdfff ? 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00) : high;
}

/** The same text in small letters; of the same length. */
export function lowerCase({ text, units, isAscii }: Visible): string {
  if (isAscii) return text.toLowerCase();
  const { lower } = tables();
  const small = new Uint16Array(units.length);
  let all = 0;
  for (let i = 0; i < units.length; i++) all |= small[i] = lower[units[i]!]!;
  return textOfUnits(small, all);
}
