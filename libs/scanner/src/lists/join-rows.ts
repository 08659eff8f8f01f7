import type { FileLine } from './decode-lines.js';
import { firstField } from './first-field.js';

/** Lines of one row at the most: a quotation mark that is never closed must not take the rest of the file with it. */
export const ROW_LINES = 8;

/** Rows of a CSV: a quoted first field may go on in the next lines, which are joined with `\n`. */
export function* joinRows(lines: Iterable<FileLine>): Generator<FileLine> {
  const waiting: FileLine[] = [];
  for (const line of lines) {
    waiting.push(line);
    yield* rowsIn(waiting, false);
  }
  yield* rowsIn(waiting, true);
}

/** Takes from the lines what is whole, or never will be. */
function* rowsIn(waiting: FileLine[], isOver: boolean): Generator<FileLine> {
  for (let first = waiting[0]; first; first = waiting[0]) {
    const count = linesOfRow(waiting);
    if (count === 0 && !isOver && waiting.length < ROW_LINES) return;
    const row = waiting.splice(0, Math.max(count, 1));
    yield count < 2 ? first : { ...first, text: textOf(row), end: row.at(-1)?.end ?? first.end };
  }
}

/** How many lines end the first row; 0: its quotes do not end in them. */
function linesOfRow(lines: readonly FileLine[]): number {
  for (let count = 1; count <= lines.length; count++) {
    const text = textOf(lines.slice(0, count));
    if (text === null) return count === 1 ? 1 : 0;
    if (firstField(text.trim()) !== null) return count;
  }
  return 0;
}

function textOf(lines: readonly FileLine[]): string | null {
  return lines.some(({ text }) => text === null) ? null : lines.map(({ text }) => text).join('\n');
}
