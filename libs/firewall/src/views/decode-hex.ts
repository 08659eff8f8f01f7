import { alphabetOf, type Decoded, runsOf } from './find-runs.js';
import type { Visible } from './fold-visible.js';
import { textOfBytes } from './text-like.js';

const ALPHABET = alphabetOf(/[0-9a-fA-Fx]/);
const BITS = alphabetOf(/[01]/);
const LEAST_DIGITS = 8;
const LEAST_BITS = 24;

/** Digits without a gap: hexadecimal, in either order of their pairs, and binary. */
export function decodeHex({ text, units }: Visible): Decoded[] {
  const found: Decoded[] = [];
  for (const { start, end } of runsOf(units, ALPHABET, LEAST_DIGITS)) {
    const digits = text.slice(start, end).replace(/^0?x/i, '');
    if (digits.length % 2 !== 0 || digits.length < LEAST_DIGITS || !/^[0-9a-f]+$/i.test(digits)) continue;
    if (/^[01]+$/.test(digits)) continue;
    const bytes = Buffer.from(digits, 'hex');
    const read = textOfBytes(bytes) ?? textOfBytes(Buffer.from([...digits].reverse().join(''), 'hex'));
    if (read !== undefined) found.push({ start, end, text: read, kind: 'hex' });
  }
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
    for (let i = 0; i < bytes.length; i++)
      bytes[i] = Number.parseInt(bits.slice(i * width, (i + 1) * width), 2);
    const text = textOfBytes(bytes);
    if (text !== undefined) return text;
  }
  return undefined;
}
