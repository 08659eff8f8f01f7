import type { HiddenTexts } from '../hidden-text.js';
import type { Box } from './boxes.js';
import { followDrawing, type OperatorList, type ShownRun } from './follow-drawing.js';
import type { TextPiece } from './read-pdf-lines.js';

/** In points: nobody reads smaller letters. */
const TINY_BELOW = 2;
/** In points: how far the two readings of a place differ. */
const NEAR = 1;

interface DrawnPage {
  readonly view: number[];
  getOperatorList(options: { annotationMode: number }): Promise<OperatorList>;
}

/**
 * The pieces of text of a page without what is not seen: not drawn, in the colour of what is behind it, too small. They
 * are noted in `hidden`, as is what stands beyond the edges. The text over a scan or over drawn letters stays, noted too.
 */
export async function dropUnseen(
  page: DrawnPage,
  pieces: readonly TextPiece[],
  number: number,
  hidden: HiddenTexts,
): Promise<TextPiece[]> {
  const { unseen, scan } = await drawingOf(page);
  const rows = new Map<number, ShownRun[]>();
  const texts = new Map<string, string[]>();
  for (const run of unseen) {
    const of = texts.get(run.why) ?? [];
    of.push(run.text);
    texts.set(run.why, of);
    if (run.why === 'outside' || (run.why === 'not-displayed' && (scan || run.drawn))) continue;
    const row = rows.get(Math.round(run.y)) ?? [];
    row.push(run);
    rows.set(Math.round(run.y), row);
  }
  for (const [why, of] of texts) hidden.add(why as ShownRun['why'], joined(of), { page: number });
  const tiny: string[] = [];
  const kept = pieces.flatMap((piece) => {
    const size = piece.height || Math.hypot(piece.transform[2] ?? 0, piece.transform[3] ?? 0);
    if (size > 0 && size < TINY_BELOW && piece.str.trim() !== '') {
      tiny.push(piece.str);
      return [];
    }
    const str = without(piece, rows);
    return str === piece.str ? [piece] : str.trim() === '' ? [] : [{ ...piece, str }];
  });
  hidden.add('tiny', joined(tiny), { page: number });
  return kept;
}

async function drawingOf(page: DrawnPage): ReturnType<typeof followDrawing> {
  try {
    return await followDrawing(
      await page.getOperatorList({ annotationMode: 0 }),
      page.view as unknown as Box,
    );
  } catch {
    // What cannot be drawn is read all the same, as before: its text is screened as seen text.
    return { unseen: [], scan: false };
  }
}

/** A piece without the runs that are not seen: it may hold several, or be a part of one. */
function without(piece: TextPiece, rows: ReadonlyMap<number, readonly ShownRun[]>): string {
  if (rows.size === 0) return piece.str;
  const [x, y] = [piece.transform[4] ?? 0, piece.transform[5] ?? 0];
  const row = Math.round(y);
  let { str } = piece;
  for (const run of [row - 1, row, row + 1].flatMap((at) => rows.get(at) ?? [])) {
    if (Math.abs(run.y - y) > NEAR || run.x > x + piece.width + NEAR || run.end < x - NEAR) continue;
    str = cutOut(str, run.text);
  }
  return str;
}

/** Blanks do not count: the library puts them where gaps are. */
function cutOut(text: string, run: string): string {
  const needle = squashed(run);
  const letters = [...text];
  const units = letters.flatMap((letter, at) => [...squashed(letter)].map((unit) => ({ unit, at })));
  const squash = units.map(({ unit }) => unit).join('');
  if (squash === '' || needle === '') return text;
  if (needle.includes(squash)) return '';
  const at = squash.indexOf(needle);
  if (at < 0) return text;
  const first = [...squash.slice(0, at)].length;
  const last = first + [...needle].length - 1;
  return [
    ...letters.slice(0, units[first]?.at),
    ...letters.slice((units[last]?.at ?? letters.length) + 1),
  ].join('');
}

const squashed = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');

/** Letters that are shown one by one are words; words that are shown one by one have blanks between them. */
function joined(texts: readonly string[]): string {
  const single = texts.filter((text) => [...text.trim()].length <= 1).length > texts.length / 2;
  return texts.join(single ? '' : ' ');
}
