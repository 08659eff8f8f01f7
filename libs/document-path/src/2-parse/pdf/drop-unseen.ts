import type { HiddenTexts } from '../hidden-text.js';
import type { Box } from './boxes.js';
import { followDrawing, type FollowedPage, type OperatorList, type ShownRun } from './follow-drawing.js';
import type { TextPiece } from './read-pdf-lines.js';

/** In points: nobody reads smaller letters. */
const TINY_BELOW = 2;
/** In points: how far the two readings of a place differ. */
const NEAR = 1;

/** Kinds of pixels of the library: those that have no transparency. */
const OPAQUE_KINDS = new Set([1, 2]);

interface DrawnPage {
  readonly view: number[];
  readonly objs: { has(name: string): boolean; get(name: string): unknown };
  readonly commonObjs: DrawnPage['objs'];
  getOperatorList(options: { annotationMode: number }): Promise<OperatorList>;
}

/** Which layers the file shows when it is opened. */
export interface Layers {
  isVisible(group: unknown): boolean;
}

/**
 * The pieces of text of a page without what is not seen: not drawn, covered, clipped, in the colour of what is behind it,
 * too small or narrow. They are noted in `hidden`, as is what stands beyond the edges. What was recognised in a scan and what
 * is there for selecting drawn letters is what readers see; other text that is not drawn on a picture stays, noted too.
 */
export async function dropUnseen(
  page: DrawnPage,
  pieces: readonly TextPiece[],
  place: { readonly number: number; readonly layers: Layers },
  hidden: HiddenTexts,
): Promise<TextPiece[]> {
  const { number } = place;
  const { unseen, recognised, pictured } = await drawingOf(page, place.layers);
  const rows = new Map<number, ShownRun[]>();
  const texts = new Map<string, string[]>();
  for (const run of unseen) {
    const undrawn = run.why === 'not-displayed';
    if (undrawn && recognised) continue;
    const of = texts.get(run.why) ?? [];
    of.push(run.text);
    texts.set(run.why, of);
    if (undrawn && pictured) continue;
    const row = rows.get(Math.round(run.y)) ?? [];
    row.push(run);
    rows.set(Math.round(run.y), row);
  }
  for (const [why, of] of texts) hidden.add(why as ShownRun['why'], joined(of), { page: number });
  const tiny: string[] = [];
  const kept = pieces.flatMap((piece) => {
    const str = without(piece, rows);
    if (str.trim() === '' && piece.str.trim() !== '') return [];
    const size = piece.height || Math.hypot(piece.transform[2] ?? 0, piece.transform[3] ?? 0);
    if (size > 0 && size < TINY_BELOW && str.trim() !== '') {
      tiny.push(str);
      return [];
    }
    return [str === piece.str ? piece : { ...piece, str }];
  });
  hidden.add('tiny', joined(tiny), { page: number });
  return kept;
}

async function drawingOf(page: DrawnPage, layers: Layers): Promise<FollowedPage> {
  try {
    return await followDrawing(
      await page.getOperatorList({ annotationMode: 0 }),
      page.view as unknown as Box,
      { isLayerShown: (group) => layers.isVisible(group), isOpaque: (name) => isOpaque(page, name) },
    );
  } catch {
    // What cannot be drawn is read all the same, as before: its text is screened as seen text.
    return { unseen: [], recognised: false, pictured: false };
  }
}

/** A picture that the library has read and that nothing is seen through. */
function isOpaque({ objs, commonObjs }: DrawnPage, name: string): boolean {
  const all = name.startsWith('g_') ? commonObjs : objs;
  const picture = all.has(name) ? (all.get(name) as { kind?: number } | null) : null;
  return OPAQUE_KINDS.has(picture?.kind ?? 0);
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
