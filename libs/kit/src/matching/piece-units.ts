/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds */

/** Arrays for longer texts are not kept. */
export const KEPT_UNITS = 2 ** 16;
/** From so many units on, a copy in native code is faster. */
const NATIVE_UNITS = 64;

let kept = new Uint16Array(256);
let last = '';

/**
 * The UTF-16 units of a piece of text, as an array with room for more. Several readers are fed the same piece one after
 * the other: it is copied once. Valid until it is asked for another text, so ask again after every call of foreign code.
 */
export function unitsOf(text: string): Uint16Array {
  if (text === last) return kept;
  const { length } = text;
  if (length > KEPT_UNITS) return copy(text, new Uint16Array(length));
  if (length > kept.length) kept = new Uint16Array(2 ** Math.ceil(Math.log2(length)));
  last = text;
  return copy(text, kept);
}

function copy(text: string, units: Uint16Array): Uint16Array {
  if (text.length >= NATIVE_UNITS) Buffer.from(units.buffer).write(text, 'utf16le');
  else for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
  return units;
}

export function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

export function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** The character at `i`; `end`: where the text ends. */
export function codePointAt(units: Uint16Array, i: number, end: number): number {
  const [high, low] = [units[i]!, i + 1 < end ? units[i + 1]! : 0];
  const isPair = isHigh(high) && isLow(low);
  return isPair ? 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00) : high;
}
