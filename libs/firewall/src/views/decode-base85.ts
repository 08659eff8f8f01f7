/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import type { Decoded } from './find-runs.js';
import type { Visible } from './fold-visible.js';
import { textOfBytes } from './text-like.js';

const LEAST = 10;
/** Runs that are tried; text has few that are solid and full of signs. */
const RUNS_MAX = 64;
const table = (letters: string): Int8Array =>
  Int8Array.from({ length: 128 }, (_, unit) => letters.indexOf(String.fromCharCode(unit)));
const ASCII85 = table(String.fromCharCode(...Array.from({ length: 85 }, (_, i) => 33 + i)));
const RFC1924 = table(
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~',
);
const Z85 = table('0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#');

/** Five digits of 85 for four bytes, in the three alphabets that are in use. */
export function decodeBase85({ text }: Visible): Decoded[] {
  const found: Decoded[] = [];
  let tried = 0;
  for (const { index, 0: run } of text.matchAll(/\S{10,}/g)) {
    if (tried++ >= RUNS_MAX) break;
    const framed = /<~([^~]+)(?:~>|$)/.exec(run);
    const digits = framed?.[1] ?? run;
    if (digits.length < LEAST || (!framed && !isDense(digits))) continue;
    const read = decode(digits, ASCII85) ?? decode(digits, RFC1924) ?? decode(digits, Z85);
    if (read === undefined) continue;
    const start = index + (framed?.index ?? 0);
    found.push({ start, end: start + (framed?.[0].length ?? run.length), text: read, kind: 'base85' });
  }
  return found;
}

/** Signs, digits and letters of both cases, all of ASCII; text has less of one of them. */
function isDense(digits: string): boolean {
  let signs = 0;
  let capitals = 0;
  for (let i = 0; i < digits.length; i++) {
    const unit = digits.charCodeAt(i);
    if (unit >= 128) return false;
    if (unit >= 0x41 && unit <= 0x5a) capitals++;
    else if (unit < 0x61 || unit > 0x7a) signs++;
  }
  return signs * 10 >= digits.length && (signs + capitals) * 4 >= digits.length;
}

function decode(digits: string, alphabet: Int8Array): string | undefined {
  const bytes = new Uint8Array(Math.ceil(digits.length / 5) * 4 + 4);
  let [length, value, count] = [0, 0, 0];
  for (let i = 0; i < digits.length; i++) {
    const unit = digits.charCodeAt(i);
    if (alphabet === ASCII85 && unit === 0x7a && count === 0) return undefined;
    const digit = unit < 128 ? alphabet[unit]! : -1;
    if (digit < 0) return undefined;
    value = value * 85 + digit;
    if (++count < 5) continue;
    if (value > 0xffffffff || !isText(value)) return undefined;
    length = write(bytes, length, value, 4);
    [value, count] = [0, 0];
  }
  if (count === 1) return undefined;
  if (count > 1) {
    for (let i = count; i < 5; i++) value = value * 85 + 84;
    if (value > 0xffffffff) return undefined;
    length = write(bytes, length, value, count - 1);
  }
  return textOfBytes(bytes.subarray(0, length));
}

/** Four bytes of which none is a control sign; stops most of what is none at its first group. */
function isText(value: number): boolean {
  for (let shift = 0; shift < 32; shift += 8) {
    const byte = (value >>> shift) & 0xff;
    if (byte < 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return false;
  }
  return true;
}

function write(bytes: Uint8Array, at: number, value: number, count: number): number {
  for (let i = 0; i < count; i++) bytes[at + i] = (value >>> (24 - 8 * i)) & 0xff;
  return at + count;
}
