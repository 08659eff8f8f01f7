/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { inflateSync, gunzipSync, constants } from 'node:zlib';
import { ByteCounts } from './byte-counts.js';
import type { Decoded, Run } from './find-runs.js';
import type { Visible } from './fold-visible.js';
import { textOfBytes } from './text-like.js';

/** Less is a word as often. */
const LEAST = 8;
const LEAST_JOINED = 12;
/** What stands between the pieces of one run: line ends, blanks, quotation marks of a program. */
const BETWEEN = /^[\s"'`,.+\\&|>]{1,8}$/;
/** Runs that are no base64 are tried otherwise (turned round, shifted) as often as this. */
const OTHERWISE_MAX = 8;
/** Longer runs are files. */
const OTHERWISE_LENGTH = 4_096;

export function decodeBase64({ text, units }: Visible): Decoded[] {
  const found: Decoded[] = [];
  const runs = codedRuns(units);
  let otherwise = 0;
  for (let i = 0; i < runs.length;) {
    const group = groupFrom(runs, i, text);
    i += group.length;
    const joined = joinedRuns(group, text);
    if (joined) {
      found.push(joined);
      continue;
    }
    for (const run of group) {
      if (!run.isMixed || run.end - run.start < LEAST) continue;
      const raw = text.slice(run.start, run.end);
      const pieces = decodeRun(raw, run.start);
      if (
        pieces.length === 0 &&
        raw.length >= LEAST_JOINED &&
        raw.length <= OTHERWISE_LENGTH &&
        otherwise++ < OTHERWISE_MAX
      ) {
        const read = decodeOtherwise(raw);
        if (read !== undefined) pieces.push({ start: run.start, end: run.end, text: read, kind: 'base64' });
      }
      found.push(...pieces);
    }
  }
  return found;
}

interface CodedRun extends Run {
  /** Two cases within a word, or digits among letters. */
  readonly isMixed: boolean;
}

const SMALL = 1;
const CAPITAL = 2;
const FIGURE = 3;
const OTHERS = 4;
const PAD = 5;
const CASE = Uint8Array.from({ length: 128 }, (_, unit) => {
  const sign = String.fromCharCode(unit);
  if (/[a-z]/.test(sign)) return SMALL;
  if (/[A-Z]/.test(sign)) return CAPITAL;
  if (/\d/.test(sign)) return FIGURE;
  return sign === '=' ? PAD : /[+/_-]/.test(sign) ? OTHERS : 0;
});

/** All runs of the alphabet near one that is mixed; what stands alone among words is not looked at. */
function codedRuns(units: Uint16Array): CodedRun[] {
  const runs: CodedRun[] = [];
  const table = CASE;
  const { length } = units;
  // The run before: of most texts no run is kept.
  const last = { start: -1, end: -1, isMixed: false, isKept: true };
  for (let at = 0; at < length; at++) {
    const first = units[at]!;
    if (first >= 128 || table[first] === 0) continue;
    const start = at;
    let [before, beforeThat, isMixed] = [0, 0, false];
    for (; at < length; at++) {
      const unit = units[at]!;
      const kind = unit < 128 ? table[unit]! : 0;
      if (kind === 0) break;
      // Most of a text are small letters behind small letters.
      if (kind !== before) {
        if (kind === PAD) isMixed = true;
        else if (kind === CAPITAL) isMixed ||= before === SMALL || before === FIGURE;
        else if (kind === SMALL)
          isMixed ||= before === FIGURE || (before === CAPITAL && beforeThat === CAPITAL);
        else if (kind === FIGURE) isMixed ||= before === SMALL || before === CAPITAL;
      }
      beforeThat = before;
      before = kind;
    }
    if (isMixed && !last.isKept) runs.push({ start: last.start, end: last.end, isMixed: false });
    const isKept = isMixed || last.isMixed;
    if (isKept) runs.push({ start, end: at, isMixed });
    last.start = start;
    last.end = at;
    last.isMixed = isMixed;
    last.isKept = isKept;
  }
  return runs;
}

/** Runs that only what parts the pieces of one run stands between. */
function groupFrom(runs: readonly CodedRun[], first: number, text: string): CodedRun[] {
  const group: CodedRun[] = [];
  for (let i = first; i < runs.length; i++) {
    const run = runs[i];
    const last = group.at(-1);
    if (!run || (last && (run.start - last.end > 8 || !BETWEEN.test(text.slice(last.end, run.start))))) break;
    group.push(run);
  }
  return group;
}

/** Pieces that are one text together: from the first that is no word to the last, or one before and after. */
function joinedRuns(group: readonly CodedRun[], text: string): Decoded | undefined {
  const coded = group.filter(({ isMixed }) => isMixed);
  const [head, tail] = [coded[0], coded.at(-1)];
  if (!head || !tail || head === tail) return undefined;
  const [first, last] = [group.indexOf(head), group.lastIndexOf(tail)];
  for (const from of [first, first - 1])
    for (const to of [last, last + 1]) {
      const part = group.slice(Math.max(0, from), to + 1);
      if (from < 0 || to >= group.length || part.length < 2) continue;
      const read = decode(part.map(({ start, end }) => text.slice(start, end)).join(''));
      if (read !== undefined)
        return { start: part[0]?.start ?? 0, end: part.at(-1)?.end ?? 0, text: read, kind: 'base64' };
    }
  return undefined;
}

/** A run, or where it is none, what stands between its slashes and hyphens. */
function decodeRun(raw: string, offset: number): Decoded[] {
  const whole = decode(raw);
  if (whole !== undefined) return [{ start: offset, end: offset + raw.length, text: whole, kind: 'base64' }];
  const found: Decoded[] = [];
  if (raw.length <= LEAST_JOINED) return found;
  for (const { index, 0: piece } of raw.matchAll(/[A-Za-z0-9]{12,}={0,2}/g)) {
    const read = piece.length < raw.length ? decode(piece) : undefined;
    const start = offset + index;
    if (read !== undefined) found.push({ start, end: start + piece.length, text: read, kind: 'base64' });
  }
  return found;
}

function decode(raw: string): string | undefined {
  const digits = raw.endsWith('=') ? raw.replace(/=+$/, '') : raw;
  if (digits.length < LEAST || !mayBeText(digits, VALUES)) return undefined;
  if (digits.includes('=') || !/[A-Z]/.test(digits) || !/[a-z0-9]/.test(digits)) return undefined;
  if (digits.length % 4 === 1) return undefined;
  return textOfBytes(Buffer.from(digits, 'base64'));
}

/** As zlib and gzip begin. */
const PRESSED = /^(?:e[AFJN]|H4sI)/;
const INFLATED_MAX = 16_384;

function inflated(raw: string): string | undefined {
  if (!PRESSED.test(raw)) return undefined;
  const bytes = Buffer.from(raw, 'base64');
  const options = { maxOutputLength: INFLATED_MAX, finishFlush: constants.Z_SYNC_FLUSH };
  try {
    return textOfBytes(bytes[0] === 0x1f ? gunzipSync(bytes, options) : inflateSync(bytes, options));
  } catch {
    return undefined;
  }
}

/** Compressed, turned round, shifted by 13, or with its cases exchanged before. */
function decodeOtherwise(raw: string): string | undefined {
  const bare = raw.replace(/^=+|=+$/g, '');
  return (
    inflated(raw) ??
    (mayBeText(bare, VALUES, true) ? decode([...bare].reverse().join('')) : undefined) ??
    (mayBeText(bare, SHIFTED_VALUES) ? decode(through(bare, SHIFTED)) : undefined) ??
    (mayBeText(bare, EXCHANGED_VALUES) ? decode(through(bare, EXCHANGED)) : undefined)
  );
}

function through(raw: string, table: Uint8Array): string {
  const other = Buffer.from(raw, 'latin1');
  for (let i = 0; i < other.length; i++) other[i] = table[other[i]!]!;
  return other.toString('latin1');
}

/** What becomes of each unit of ASCII. */
function tableOf(of: (letter: string) => string): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, unit) => {
    const sign = String.fromCharCode(unit);
    return /[A-Za-z]/.test(sign) ? of(sign).charCodeAt(0) : unit;
  });
}
const SHIFTED = tableOf((letter) => {
  const first = letter > 'Z' ? 97 : 65;
  return String.fromCharCode(((letter.charCodeAt(0) - first + 13) % 26) + first);
});
const EXCHANGED = tableOf((letter) => (letter > 'Z' ? letter.toUpperCase() : letter.toLowerCase()));

/** Six bits for each digit of base64; -1 for what is none. */
const VALUES = Int8Array.from({ length: 256 }, (_, unit) =>
  /[A-Za-z0-9+/_-]/.test(String.fromCharCode(unit))
    ? (Buffer.from(`${String.fromCharCode(unit)}A`, 'base64')[0] ?? 0) >> 2
    : -1,
);
const SHIFTED_VALUES = Int8Array.from(SHIFTED, (unit) => VALUES[unit]!);
const EXCHANGED_VALUES = Int8Array.from(EXCHANGED, (unit) => VALUES[unit]!);
/** Longer ones are decoded at once. */
const PROBED_MAX = 256;

/**
 * Whether digits may stand for a text by the bytes that they are, as `textOfBytes` reads them: without a control sign
 * and in UTF-8 or in pairs of high bytes, or in UTF-16. Names of programs end here.
 */
function mayBeText(digits: string, values: Int8Array, isTurned = false): boolean {
  const { length } = digits;
  if (length > PROBED_MAX) return true;
  const bytes = new ByteCounts();
  let [held, bits] = [0, 0];
  for (let i = 0; i < length; i++) {
    const unit = digits.charCodeAt(isTurned ? length - 1 - i : i);
    const value = unit < 256 ? values[unit]! : -1;
    if (value < 0) return false;
    held = ((held << 6) | value) & 0x3fff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.add((held >> bits) & 0xff);
  }
  return bytes.mayBeText();
}
