/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds */

/** Arrays for longer texts are not kept. */
export const KEPT_UNITS = 2 ** 16;
/** From so many units on, a copy in native code is faster. */
const NATIVE_UNITS = 64;

let kept = new Uint16Array(256);
let keptBytes = Buffer.from(kept.buffer);
let last = '';

/**
 * The UTF-16 units of a piece of text, as an array with room for more. Several readers are fed the same piece one after
 * the other: it is copied once. Valid until it is asked for another text, so ask again after every call of foreign code.
 */
export function unitsOf(text: string): Uint16Array {
  return text === last ? kept : takeUnits(text);
}

/**
 * The same of a text that has just arrived, so that it is not compared with the one before. Whoever knows its length says so:
 * the engine keeps texts in more shapes than it can ask fast.
 */
export function takeUnits(text: string, length = text.length): Uint16Array {
  if (length > KEPT_UNITS) {
    const units = new Uint16Array(length);
    Buffer.from(units.buffer).write(text, 'utf16le');
    return units;
  }
  if (length > kept.length) {
    kept = new Uint16Array(2 ** Math.ceil(Math.log2(length)));
    keptBytes = Buffer.from(kept.buffer);
  }
  last = text;
  if (length >= NATIVE_UNITS) keptBytes.write(text, 'utf16le');
  else for (let i = 0; i < length; i++) kept[i] = text.charCodeAt(i);
  return kept;
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
