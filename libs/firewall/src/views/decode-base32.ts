import { alphabetOf, type Decoded, runsOf } from './find-runs.js';
import type { Visible } from './fold-visible.js';
import { textOfBytes } from './text-like.js';

const MEMBERS = alphabetOf(/[A-Za-z0-9=]/);
const LEAST = 14;
/** RFC 4648, its variant for sorting, Crockford's and the one of z-base-32. */
const ALPHABETS = [
  'abcdefghijklmnopqrstuvwxyz234567',
  '0123456789abcdefghijklmnopqrstuv',
  '0123456789abcdefghjkmnpqrstvwxyz',
  'ybndrfg8ejkmcpqxot1uwisza345h769',
].map((letters) => Int8Array.from({ length: 128 }, (_, unit) => letters.indexOf(String.fromCharCode(unit))));
/** What is printable begins with such bytes; more is not decoded for nothing. */
const PROBE = 16;

export function decodeBase32({ text, units }: Visible): Decoded[] {
  const found: Decoded[] = [];
  for (const { start, end } of runsOf(units, MEMBERS, LEAST)) {
    const digits = text.slice(start, end).replace(/=+$/, '').toLowerCase();
    if (digits.includes('=') || digits.length < LEAST) continue;
    for (const alphabet of ALPHABETS) {
      if (decode(digits.slice(0, PROBE), alphabet, true) === undefined) continue;
      const read = decode(digits, alphabet, false);
      if (read === undefined) continue;
      found.push({ start, end, text: read, kind: 'base32' });
      break;
    }
  }
  return found;
}

function decode(digits: string, alphabet: Int8Array, isProbe: boolean): string | undefined {
  const bytes = new Uint8Array((digits.length * 5) >> 3);
  let [held, bits, length] = [0, 0, 0];
  for (let i = 0; i < digits.length; i++) {
    const value = alphabet[digits.charCodeAt(i)] ?? -1;
    if (value < 0) return undefined;
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    const byte = (held >> bits) & 0xff;
    if (byte < 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return undefined;
    if (length < bytes.length) bytes[length++] = byte;
  }
  return isProbe ? '' : textOfBytes(bytes.subarray(0, length));
}
