import { cleanText } from './clean-text.js';

/** A run of text as pdf.js gives it; `transform` is [a, b, c, d, x, y] in points, y upwards. */
export interface TextPiece {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly hasEOL: boolean;
}

export interface Line {
  readonly text: string;
  /** Size of its largest letters, in points. */
  readonly size: number;
  readonly x: number;
  readonly y: number;
}

/** Chinese punctuation of full width is how Chinese is written, though NFKC would make it ASCII. */
const NOT_PUNCTUATION = /[^\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]+/g;
const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;

/** Lines in the order of the file, which is the reading order of nearly all programs, columns included. */
export function readLines(pieces: readonly TextPiece[]): Line[] {
  const lines: Line[] = [];
  let open: TextPiece[] = [];
  const close = (): void => {
    const line = lineOf(open);
    if (line) lines.push(line);
    open = [];
  };
  for (const piece of pieces) {
    const last = open.at(-1);
    if (last && !onSameLine(last, piece)) close();
    open.push(piece);
    if (piece.hasEOL) close();
  }
  close();
  return lines;
}

const sizeOf = (piece: TextPiece): number =>
  piece.height || Math.hypot(piece.transform[2] ?? 0, piece.transform[3] ?? 0);
const xOf = (piece: TextPiece): number => piece.transform[4] ?? 0;
const yOf = (piece: TextPiece): number => piece.transform[5] ?? 0;

function onSameLine(last: TextPiece, next: TextPiece): boolean {
  const size = Math.max(sizeOf(last), sizeOf(next), 1);
  if (next.str.trim() === '' || last.str.trim() === '') return Math.abs(yOf(last) - yOf(next)) < size * 2;
  return Math.abs(yOf(last) - yOf(next)) < size * 0.6 && xOf(next) > xOf(last) - size;
}

function lineOf(pieces: readonly TextPiece[]): Line | null {
  const seen = pieces.filter((piece) => piece.str.trim() !== '');
  const [first] = seen;
  if (!first) return null;
  let text = '';
  let end = 0;
  for (const piece of pieces) {
    if (piece.str === '') continue;
    if (text !== '' && needsBlank(text, piece, xOf(piece) - end)) text += ' ';
    text += piece.str;
    end = xOf(piece) + piece.width;
  }
  const composed = text.replace(NOT_PUNCTUATION, (run) => run.normalize('NFKC'));
  const folded = cleanText(composed).replace(/\s+/g, ' ').trim();
  if (folded === '') return null;
  // Text that runs up the margin is no heading, however large.
  const size = isTurned(first) ? 0 : Math.max(...seen.map(sizeOf));
  return { text: folded, size, x: xOf(first), y: yOf(first) };
}

function needsBlank(before: string, piece: TextPiece, gap: number): boolean {
  if (/\s$/.test(before) || /^\s/.test(piece.str)) return false;
  return gap > sizeOf(piece) * (touching(before, piece.str) ? 1 : 0.25);
}

const isTurned = ({ transform }: TextPiece): boolean =>
  Math.abs(transform[1] ?? 0) > Math.abs(transform[0] ?? 0);

/** Chinese is set without blanks; a small gap between two of its characters is only spacing. */
const touching = (before: string, after: string): boolean =>
  EAST_ASIAN.test(before.slice(-1)) && EAST_ASIAN.test(after.charAt(0));

/** Joins wrapped lines: a hyphen at the end of a line goes where a word goes on, Chinese needs no blank. */
export function joinLines(before: string, after: string): string {
  if (/\p{Ll}-$/u.test(before) && /^\p{Ll}/u.test(after)) return before.slice(0, -1) + after;
  return touching(before, after) ? before + after : `${before} ${after}`;
}
