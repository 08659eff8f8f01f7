import { alphabetOf, type Decoded, type Run, runsOf } from './find-runs.js';
import type { Visible } from './fold-visible.js';
import { textOfBytes } from './text-like.js';

const ALPHABET = alphabetOf(/[A-Za-z0-9+/_=-]/);
/** Less is a word as often. */
const LEAST = 8;
const LEAST_JOINED = 12;
/** What stands between the pieces of one run: line ends, blanks, quotation marks of a program. */
const BETWEEN = /^[\s"'`,.+\\&|>]{1,8}$/;
/** Runs that are no base64 are tried otherwise (turned round, shifted) as often as this. */
const OTHERWISE_MAX = 8;

export function decodeBase64({ text, units }: Visible): Decoded[] {
  const found: Decoded[] = [];
  const runs = runsOf(units, ALPHABET, 1);
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
      if (run.end - run.start < LEAST) continue;
      const raw = text.slice(run.start, run.end);
      if (!isMixed(raw)) continue;
      const pieces = decodeRun(raw, run.start);
      if (pieces.length === 0 && raw.length >= LEAST_JOINED && otherwise++ < OTHERWISE_MAX) {
        const read = decodeOtherwise(raw);
        if (read !== undefined) pieces.push({ ...run, text: read, kind: 'base64' });
      }
      found.push(...pieces);
    }
  }
  return found;
}

/** Runs that only what parts the pieces of one run stands between. */
function groupFrom(runs: readonly Run[], first: number, text: string): Run[] {
  const group: Run[] = [];
  for (let i = first; i < runs.length; i++) {
    const run = runs[i];
    const last = group.at(-1);
    if (!run || (last && (run.start - last.end > 8 || !BETWEEN.test(text.slice(last.end, run.start))))) break;
    group.push(run);
  }
  return group;
}

/** Pieces that are one text together: from the first that is no word to the last, or one before and after. */
function joinedRuns(group: readonly Run[], text: string): Decoded | undefined {
  if (group.length < 2) return undefined;
  const coded = group.map(({ start, end }) => isMixed(text.slice(start, end)));
  const first = coded.indexOf(true);
  const last = coded.lastIndexOf(true);
  if (first < 0 || last <= first) return undefined;
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
  for (const { index, 0: piece } of raw.matchAll(/[A-Za-z0-9]{12,}={0,2}/g)) {
    const read = piece.length < raw.length ? decode(piece) : undefined;
    const start = offset + index;
    if (read !== undefined) found.push({ start, end: start + piece.length, text: read, kind: 'base64' });
  }
  return found;
}

/** Two cases within a word, or digits among letters. */
function isMixed(raw: string): boolean {
  return /[a-z][A-Z]|[A-Z]{2}[a-z]|\d[A-Za-z]|[A-Za-z]\d|=/.test(raw);
}

function decode(raw: string): string | undefined {
  const digits = raw.replace(/=+$/, '');
  if (digits.length < LEAST || digits.includes('=') || !/[A-Z]/.test(digits) || !/[a-z0-9]/.test(digits))
    return undefined;
  if (digits.length % 4 === 1) return undefined;
  return textOfBytes(Buffer.from(digits, 'base64'));
}

/** Turned round, shifted by 13, or with its cases exchanged before. */
function decodeOtherwise(raw: string): string | undefined {
  const bare = raw.replace(/^=+|=+$/g, '');
  return (
    decode([...bare].reverse().join('')) ??
    decode(bare.replace(/[A-Za-z]/g, shifted)) ??
    decode(
      bare.replace(/[A-Za-z]/g, (letter) => (letter > 'Z' ? letter.toUpperCase() : letter.toLowerCase())),
    )
  );
}

function shifted(letter: string): string {
  const first = letter > 'Z' ? 97 : 65;
  return String.fromCharCode(((letter.charCodeAt(0) - first + 13) % 26) + first);
}
