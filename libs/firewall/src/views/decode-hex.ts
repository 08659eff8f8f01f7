import { alphabetOf, type Decoded, runsOf } from './find-runs.js';
import type { Visible } from './fold-visible.js';
import { isLanguage, textOfBytes } from './text-like.js';

const ALPHABET = alphabetOf(/[0-9a-fA-Fx]/);
const BITS = alphabetOf(/[01]/);
const LEAST_DIGITS = 8;
const LEAST_BITS = 24;

/** Digits without a gap: hexadecimal, in either order of their pairs, and binary; `count` is how many 0 to 9 there are. */
export function decodeHex({ text, units }: Visible, count: number): Decoded[] {
  const found: Decoded[] = [];
  for (const { start, end } of runsOf(units, ALPHABET, LEAST_DIGITS)) {
    const digits = text.slice(start, end).replace(/^0?x/i, '');
    if (/^\d+$/.test(digits) && digits.length % 2 !== 0) {
      const read = textOfDecimals(digits);
      if (read !== undefined) found.push({ start, end, text: read, kind: 'numbers' });
    }
    if (digits.length % 2 !== 0 || digits.length < LEAST_DIGITS || !/^[0-9a-f]+$/i.test(digits)) continue;
    if (/^[01]+$/.test(digits)) continue;
    const bytes = Buffer.from(digits, 'hex');
    const read =
      (/^\d+$/.test(digits) ? textOfDecimals(digits) : undefined) ??
      textOfBytes(bytes) ??
      textOfBytes(Buffer.from([...digits].reverse().join(''), 'hex'));
    if (read !== undefined) found.push({ start, end, text: read, kind: 'hex' });
  }
  if (count < LEAST_BITS) return found;
  for (const { start, end } of runsOf(units, BITS, LEAST_BITS)) {
    const read = textOfBits(text.slice(start, end));
    if (read !== undefined) found.push({ start, end, text: read, kind: 'binary' });
  }
  return found;
}

/** Bits without a gap: bytes, or characters of seven bits. */
export function textOfBits(bits: string): string | undefined {
  for (const width of [8, 7]) {
    if (bits.length % width !== 0) continue;
    const bytes = new Uint8Array(bits.length / width);
    const text = fill(bytes, bits, width) ? textOfBytes(bytes) : undefined;
    if (text !== undefined) return text;
  }
  return undefined;
}

/** False as soon as a byte is none of a text. */
function fill(bytes: Uint8Array, bits: string, width: number): boolean {
  for (let i = 0, at = 0; i < bytes.length; i++) {
    let byte = 0;
    for (let k = 0; k < width; k++) byte = (byte << 1) | (bits.charCodeAt(at++) & 1);
    if (byte < 0x09) return false;
    bytes[i] = byte;
  }
  return true;
}

/** Codes of characters without a gap: three digits each, or as few as do. */
function textOfDecimals(digits: string): string | undefined {
  const values =
    digits.length % 3 === 0 && /^[01]/.test(digits) ? digits.match(/\d{3}/g) : digits.match(/1\d\d|[3-9]\d/g);
  if (!values || values.join('').length !== digits.length) return undefined;
  const codes = values.map(Number);
  if (codes.some((code) => code < 0x0a || code > 0x7e)) return undefined;
  const text = String.fromCharCode(...codes.slice(0, 8_192));
  return isLanguage(text) ? text : undefined;
}
