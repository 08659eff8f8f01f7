import { alphabetOf, type Decoded, runsOf } from './find-runs.js';
import type { Visible } from './fold-visible.js';
import { textOfBytes } from './text-like.js';

const MEMBERS = alphabetOf(/[0-9A-Za-z]/);
const LEAST = 10;
/** Reading one number of all digits is quadratic: longer runs, and more runs than these, are not read. */
const MOST = 256;
const RUNS_MAX = 16;
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ALPHABETS = [
  DIGITS.replace(/[0OIl]/g, ''),
  DIGITS,
  '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
];

/** All digits of a run as one number, whose bytes are the text: base 58 and base 62. */
export function decodeBase58({ text, units }: Visible): Decoded[] {
  const found: Decoded[] = [];
  let tried = 0;
  for (const { start, end } of runsOf(units, MEMBERS, LEAST)) {
    const digits = text.slice(start, end);
    if (digits.length > MOST || !/[a-z]/.test(digits) || !/[A-Z]/.test(digits) || !/\d/.test(digits))
      continue;
    if (tried++ >= RUNS_MAX) break;
    for (const alphabet of ALPHABETS) {
      const read = decode(digits, alphabet);
      if (read === undefined) continue;
      found.push({ start, end, text: read, kind: 'base58' });
      break;
    }
  }
  return found;
}

/** Base-256 digits, least first, carried along. */
function decode(digits: string, alphabet: string): string | undefined {
  const bytes: number[] = [];
  for (const digit of digits) {
    let carry = alphabet.indexOf(digit);
    if (carry < 0) return undefined;
    for (let i = 0; i < bytes.length; i++) {
      carry += (bytes[i] ?? 0) * alphabet.length;
      bytes[i] = carry & 255;
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 255);
  }
  return textOfBytes(Uint8Array.from(bytes.reverse()));
}
