import type { Colour } from '../colours.js';
import type { Box, Matrix } from './boxes.js';

/** What holds for the text and the shapes that are drawn next (ISO 32000, 8.4 and 9.3). */
export interface DrawingState {
  matrix: Matrix;
  clip: Box;
  /** Null: a pattern, or a colour that is not known. */
  fill: Colour | null;
  /** Filled with nothing. */
  clear: boolean;
  stroke: Colour | null;
  fillAlpha: number;
  strokeAlpha: number;
  /** What the groups around leave of it, of one. */
  groupAlpha: number;
  /** Blended with what is behind, or behind a mask: what is seen of it is not known. */
  mixed: boolean;
  mode: number;
  size: number;
  spacing: number;
  wordSpacing: number;
  scale: number;
  leading: number;
  rise: number;
}

export const initialState = (view: Box): DrawingState => ({
  matrix: [1, 0, 0, 1, 0, 0],
  clip: view,
  fill: [0, 0, 0],
  clear: false,
  stroke: [0, 0, 0],
  fillAlpha: 1,
  strokeAlpha: 1,
  groupAlpha: 1,
  mixed: false,
  mode: 0,
  size: 1,
  spacing: 0,
  wordSpacing: 0,
  scale: 1,
  leading: 0,
  rise: 0,
});

/** Entries of a graphics state dictionary, as the library gives them. */
export function withEntries(state: DrawingState, entries: unknown): void {
  for (const entry of Array.isArray(entries) ? (entries as unknown[]) : []) {
    const [name, value] = entry as [string, unknown];
    if (name === 'ca') state.fillAlpha = Number(value);
    else if (name === 'CA') state.strokeAlpha = Number(value);
    else if (name === 'BM') state.mixed = value !== 'source-over';
    else if (name === 'SMask') state.mixed = value !== false;
  }
}
