/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { baseFold, type Fold } from '@lorekeep/kit/matching';
import { spanIn, type MappedText } from './mapped-text.js';

const MANY = 2;
const SKIP = 1;
const NEWLINE = 0x0a;

/**
 * What is seen of a text, case kept: compatibility forms, accents and traditional Chinese folded, nothing invisible;
 * a line break stays one, any other blank is a space. `units` are those of `mapped.text`.
 */
export interface Visible extends MappedText {
  readonly units: Uint16Array;
  readonly isAscii: boolean;
}

let fold: Fold | undefined;
let lower: Uint16Array | undefined;

/** Tables of the fold, made once: how each unit is read, and its small letter where that is one unit. */
function tables(): { fold: Fold; lower: Uint16Array } {
  fold ??= baseFold(['width', 'compatibility', 'traditional']);
  if (!lower) {
    lower = new Uint16Array(0x10000);
    for (let unit = 0; unit < 0x10000; unit++) {
      const small = String.fromCharCode(unit).toLowerCase();
      lower[unit] = small.length === 1 ? small.charCodeAt(0) : unit;
    }
    lower[0x3c2] = 0x3c3;
  }
  return { fold, lower };
}

export function foldVisible(source: MappedText): Visible {
  const { text } = source;
  const raw = new Uint16Array(text.length);
  Buffer.from(raw.buffer).write(text, 'utf16le');
  const { kinds, singles } = tables().fold;
  const units = new Uint16Array(text.length);
  let all = 0;
  let changed = 0;
  for (let i = 0; i < raw.length; i++) {
    const unit = raw[i]!;
    if (kinds[unit] !== 0) return foldLong(source, raw);
    const seen = unit === NEWLINE ? unit : singles[unit]!;
    units[i] = seen;
    all |= seen;
    changed |= seen ^ unit;
  }
  const seen = changed === 0 ? text : textOf(units, all);
  return { text: seen, starts: source.starts, ends: source.ends, units, isAscii: all < 0x80 } as Visible;
}

function foldLong(source: MappedText, raw: Uint16Array): Visible {
  const { fold } = tables();
  const { kinds, singles } = fold;
  let units: Uint16Array = new Uint16Array(raw.length + 16);
  let from: Uint32Array = new Uint32Array(raw.length + 16);
  const width = new Map<number, number>();
  let length = 0;
  let all = 0;
  for (let i = 0; i < raw.length; i++) {
    const unit = raw[i]!;
    const kind = kinds[unit]!;
    if (kind === SKIP && unit !== NEWLINE) continue;
    if (kind !== MANY) {
      if (length === units.length) ({ units, from } = larger(units, from));
      const seen = unit === NEWLINE ? unit : singles[unit]!;
      units[length] = seen;
      from[length++] = i;
      all |= seen;
      continue;
    }
    const codePoint = codePointAt(raw, i);
    for (const seen of fold.expand(codePoint).units) {
      if (length === units.length) ({ units, from } = larger(units, from));
      units[length] = seen;
      from[length] = i;
      if (codePoint > 0xffff) width.set(length, 2);
      length++;
      all |= seen;
    }
    if (codePoint > 0xffff) i++;
  }
  units = units.subarray(0, length);
  return {
    ...mapBack(source, from.subarray(0, length), width),
    text: textOf(units, all),
    units,
    isAscii: all < 0x80,
  };
}

/** Spans of the original of units that came from the units `from` of the source. */
function mapBack(
  source: MappedText,
  from: Uint32Array,
  width: ReadonlyMap<number, number>,
): { starts: Uint32Array; ends: Uint32Array } {
  const starts = new Uint32Array(from.length);
  const ends = new Uint32Array(from.length);
  for (let i = 0; i < from.length; i++) {
    starts[i] = source.starts ? source.starts[from[i]!]! : from[i]!;
    ends[i] = source.ends ? source.ends[from[i]!]! : from[i]! + 1;
  }
  for (const [i, units] of width) ends[i] = spanIn(source, from[i]!, from[i]! + units).end;
  return { starts, ends };
}

function larger(units: Uint16Array, from: Uint32Array): { units: Uint16Array; from: Uint32Array } {
  const more = { units: new Uint16Array(units.length * 2), from: new Uint32Array(from.length * 2) };
  more.units.set(units);
  more.from.set(from);
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
  return textOf(small, all);
}

/** Texts of Latin-1 are held in bytes: half the memory, and what reads them afterwards is faster. */
function textOf(units: Uint16Array, all: number): string {
  if (all >= 0x100) return Buffer.from(units.buffer, units.byteOffset, units.byteLength).toString('utf16le');
  return Buffer.from(Uint8Array.from(units).buffer).toString('latin1');
}
