import { cleanText } from '../formats/clean-text.js';

/** A run of text as pdf.js gives it; `transform` is [a, b, c, d, x, y] in points, y upwards. */
export interface TextPiece {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly hasEOL: boolean;
  readonly dir?: string;
  readonly fontName?: string;
}

/** Text on one baseline without a wide gap: a line, or the line of a table's cell. */
export interface Line {
  readonly text: string;
  /** Size of its largest letters, in points; 0 for text that runs up or down the margin. */
  readonly size: number;
  /** From x to end, at height y; vertical writing is turned to run like this. */
  readonly x: number;
  readonly end: number;
  readonly y: number;
  /** The only font in it; empty where there are several. */
  readonly font: string;
}

/** Chinese punctuation of full width is how Chinese is written, though NFKC would make it ASCII. */
const NOT_PUNCTUATION = /[^\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]+/g;
const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;
/** A gap this wide, in sizes of its letters, may part columns; whether it does is seen by the lines above and below. */
const COLUMN_GAP = 1;
/** What marks an item may be followed by a gap that parts nothing. */
const BULLET = /^[•●▪■◦○‣]$/;
/** The same for numbers and signs that may be a cell of their own, at the beginning of a line. */
const NUMBER =
  /^(?:[·–—*-]|[\uf000-\uf0ff]|[(（]?(?:\d{1,3}|[a-z]|[ivx]{1,4}|[一二三四五六七八九十]{1,3})[.)、）]|\d{1,2}(?:\.\d{1,2}){0,3}\.?)$/i;

/** Lines in the order of the file, which is the reading order of nearly all programs, columns included. */
export function readLines(pieces: readonly TextPiece[], vertical: ReadonlySet<string> = new Set()): Line[] {
  const lines: Line[] = [];
  let open: TextPiece[] = [];
  const close = (): void => {
    for (const part of partsOf(open)) {
      const line = lineOf(part);
      if (line) lines.push(line);
    }
    open = [];
  };
  for (const given of pieces) {
    const piece = vertical.has(given.fontName ?? '') ? turned(given) : given;
    const last = open.findLast(({ str }) => str.trim() !== '') ?? open.at(-1);
    if (last && !onSameLine(last, piece)) close();
    open.push(piece);
  }
  close();
  return lines;
}

/** Vertical writing as if it were written in lines from left to right: down becomes right, left becomes down. */
function turned(piece: TextPiece): TextPiece {
  const size = Math.hypot(piece.transform[2] ?? 0, piece.transform[3] ?? 0);
  const transform = [size, 0, 0, size, -yOf(piece), xOf(piece)];
  return { ...piece, transform, width: piece.height, height: size };
}

const sizeOf = (piece: TextPiece): number =>
  piece.height || Math.hypot(piece.transform[2] ?? 0, piece.transform[3] ?? 0);
const xOf = (piece: TextPiece): number => piece.transform[4] ?? 0;
const yOf = (piece: TextPiece): number => piece.transform[5] ?? 0;
const isRightToLeft = (piece: TextPiece): boolean => piece.dir === 'rtl';
const isTurned = ({ transform }: TextPiece): boolean =>
  Math.abs(transform[1] ?? 0) > Math.abs(transform[0] ?? 0);

function onSameLine(last: TextPiece, next: TextPiece): boolean {
  if (isTurned(last) || isTurned(next)) return isTurned(last) && isTurned(next) && xOf(last) === xOf(next);
  const size = Math.max(sizeOf(last), sizeOf(next), 1);
  if (next.str.trim() === '' || last.str.trim() === '') return Math.abs(yOf(last) - yOf(next)) < size * 0.6;
  if (Math.abs(yOf(last) - yOf(next)) >= size * 0.6) return false;
  if (isRightToLeft(last) || isRightToLeft(next)) return true;
  return xOf(next) > xOf(last) - size;
}

/** Parted at wide gaps; a mark at the beginning stays with what it marks. */
function partsOf(pieces: readonly TextPiece[]): TextPiece[][] {
  if (pieces.some(isRightToLeft)) return [rightToLeft(pieces)];
  const parts: TextPiece[][] = [];
  let open: TextPiece[] = [];
  let end = 0;
  for (const piece of pieces) {
    const blank = piece.str.trim() === '';
    if (!blank && open.length > 0 && xOf(piece) - end > sizeOf(piece) * COLUMN_GAP) {
      const before = open
        .map(({ str }) => str)
        .join('')
        .trim();
      if (before !== '' && !BULLET.test(before) && (parts.length > 0 || !NUMBER.test(before))) {
        parts.push(open);
        open = [];
      }
    }
    open.push(piece);
    if (!blank) end = xOf(piece) + piece.width;
  }
  if (open.length > 0) parts.push(open);
  return parts;
}

/** From right to left, but for runs of the other direction within, which keep theirs. Each piece is in logical order. */
function rightToLeft(pieces: readonly TextPiece[]): TextPiece[] {
  const ordered: TextPiece[] = [];
  let run: TextPiece[] = [];
  const visual = pieces.filter(({ str }) => str.trim() !== '').sort((a, b) => xOf(b) - xOf(a));
  for (const piece of visual) {
    if (!isRightToLeft(piece)) run.unshift(piece);
    else {
      ordered.push(...run, piece);
      run = [];
    }
  }
  return [...ordered, ...run];
}

function lineOf(pieces: readonly TextPiece[]): Line | null {
  const seen = pieces.filter((piece) => piece.str.trim() !== '');
  const [first] = seen;
  if (!first) return null;
  let text = '';
  let last: TextPiece | null = null;
  for (const piece of pieces) {
    if (piece.str === '') continue;
    if (last && needsBlank(text, last, piece)) text += ' ';
    text += piece.str;
    last = piece;
  }
  const folded = foldText(text);
  if (folded === '') return null;
  // Text that runs up the margin is no heading, however large.
  const size = isTurned(first) ? 0 : Math.max(...seen.map(sizeOf));
  const fonts = new Set(seen.map(({ fontName }) => fontName ?? ''));
  return {
    text: folded,
    size,
    x: Math.min(...seen.map(xOf)),
    end: Math.max(...seen.map((piece) => xOf(piece) + piece.width)),
    y: yOf(first),
    font: fonts.size === 1 ? (first.fontName ?? '') : '',
  };
}

/** Letters that TeX's old fonts keep where others have control characters. */
const TEX_LIGATURES: Readonly<Record<string, string>> = {
  '\u000b': 'ff',
  '\u000c': 'fi',
  '\u000d': 'fl',
  '\u000e': 'ffi',
  '\u000f': 'ffl',
  '↵': 'ff',
};

/** After a letter, or at the beginning of a word. */
// eslint-disable-next-line no-control-regex -- these control characters are the ligatures that are looked for
const TEX_MARKS = /(?<=\p{L})[\u000b-\u000f↵](?=\p{L}|$)|(?<=^|\s)[\u000b-\u000f](?=\p{Ll})/gu;

/** NFKC, with what fonts break mended: ligatures in places of their own, accents before their letter. */
function foldText(text: string): string {
  const mended = text.replace(TEX_MARKS, (mark) => TEX_LIGATURES[mark] ?? mark);
  const composed = mended
    .replace(NOT_PUNCTUATION, (run) => run.normalize('NFKC'))
    .replace(
      / ?([\u0300-\u0308\u030a-\u030c\u0327\u0328]) ?(\p{L})/gu,
      (whole, accent: string, letter: string) => {
        const one = (letter + accent).normalize('NFC');
        return [...one].length === 1 ? one : whole;
      },
    );
  return cleanText(composed).replace(/\s+/g, ' ').trim();
}

function needsBlank(before: string, last: TextPiece, piece: TextPiece): boolean {
  if (/\s$/.test(before) || /^\s/.test(piece.str)) return false;
  const right = xOf(piece) - (xOf(last) + last.width);
  const left = xOf(last) - (xOf(piece) + piece.width);
  const gap = isRightToLeft(piece) || isRightToLeft(last) ? Math.max(left, right) : right;
  return gap > sizeOf(piece) * (touching(before, piece.str) ? 1 : 0.25);
}

/** Chinese is set without blanks; a small gap between two of its characters is only spacing. */
const touching = (before: string, after: string): boolean =>
  EAST_ASIAN.test(before.slice(-1)) && EAST_ASIAN.test(after.charAt(0));

/** Words that the document writes with a hyphen in the middle of a line, in lower case. */
export function hyphenatedWords(lines: readonly Line[]): Set<string> {
  const words = new Set<string>();
  for (const { text } of lines)
    if (text.includes('-'))
      for (const [word] of text.matchAll(/\p{L}+(?:-\p{L}+)+/gu)) words.add(word.toLowerCase());
  return words;
}

/**
 * Joins wrapped lines: a hyphen at the end of a line goes where a word goes on, unless the document writes that word with
 * one; Chinese needs no blank.
 */
export function joinLines(
  before: string,
  after: string,
  hyphenated: ReadonlySet<string> = new Set(),
): string {
  const cut = /(\p{L}+)-$/u.exec(before)?.[1];
  const rest = /^\p{Ll}\p{L}*/u.exec(after)?.[0];
  if (cut && rest) {
    const kept = cut.length === 1 || hyphenated.has(`${cut}-${rest}`.toLowerCase());
    return (kept ? before : before.slice(0, -1)) + after;
  }
  return touching(before, after) ? before + after : `${before} ${after}`;
}
