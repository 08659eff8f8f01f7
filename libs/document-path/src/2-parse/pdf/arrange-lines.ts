import { joinLines, type Line } from './read-pdf-lines.js';

/** What stands on a page in reading order. */
export type Arranged =
  | { readonly kind: 'line'; readonly line: Line }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[]; readonly y: number };

/** Lines below one another in one column of a row; `top` and `bottom` are their baselines. */
interface Cell {
  readonly lines: Line[];
  readonly x: number;
  end: number;
}
type Row = Cell[];

/** How many lines the first cell of a row may have before its second begins. */
const CELL_LINES_MAX = 6;
/** Distance from one row to the next, in sizes of the letters; further apart is another table, or a form. */
const ROW_STEP_MAX = 3;
const LINE_STEP_MAX = 1.7;
/** Columns of text, not of a table: their lines have at least this many Latin letters on average. */
const PROSE_CHARACTERS = 28;
const PROSE_ROWS_MIN = 4;

/** Finds tables, and columns of text that a program wrote line by line across the page, in lines in the file's order. */
export function arrangeLines(lines: readonly Line[]): Arranged[] {
  const rows = rowsOf(lines);
  const arranged: Arranged[] = [];
  for (let at = 0; at < rows.length;) {
    const end = runFrom(rows, at);
    const run = rows.slice(at, end);
    const table = run.length > 1 ? tableOf(run) : null;
    if (table) arranged.push(table);
    else
      for (const line of isProse(run) ? byColumn(run) : run.flatMap(linesOfRow))
        arranged.push({ kind: 'line', line });
    at = end;
  }
  return isOneColumn(lines) ? fromTheTop(arranged) : arranged;
}

/** With this share of its lines on the right half alone, a page has columns, and the file's order is trusted. */
const RIGHT_SHARE_MAX = 0.1;

function isOneColumn(lines: readonly Line[]): boolean {
  const upright = lines.filter(({ size }) => size > 0);
  const left = upright.reduce((least, { x }) => Math.min(least, x), Infinity);
  const middle = (left + upright.reduce((most, { end }) => Math.max(most, end), -Infinity)) / 2;
  const starts = new Map<number, Line>();
  // A line that has another to its left is the cell of a table, not the line of a column.
  for (const line of upright) {
    const at = Math.round(line.y);
    const first = starts.get(at);
    if (!first || line.x < first.x) starts.set(at, line);
  }
  const right = [...starts.values()].filter(({ x }) => x > middle).length;
  return right <= starts.size * RIGHT_SHARE_MAX && sideBySide(upright) <= starts.size * RIGHT_SHARE_MAX * 5;
}

/** Lines that run beside another one, both of them longer than cells are. */
function sideBySide(lines: readonly Line[]): number {
  const longest = new Map<number, number>();
  let count = 0;
  for (const { y, text } of lines) {
    const at = Math.round(y);
    const other = longest.get(at);
    if (other !== undefined && Math.min(other, weight(text)) >= PROSE_CHARACTERS) count++;
    longest.set(at, Math.max(other ?? 0, weight(text)));
  }
  return count;
}

/** Some programs write the tables of a page after its text. */
function fromTheTop(arranged: readonly Arranged[]): Arranged[] {
  const heightOf = (one: Arranged): number => (one.kind === 'table' ? one.y : one.line.y);
  const upright = arranged.filter((one) => one.kind === 'table' || one.line.size > 0);
  const turned = arranged.filter((one) => one.kind === 'line' && one.line.size === 0);
  return [...upright.sort((a, b) => heightOf(b) - heightOf(a)), ...turned];
}

function rowsOf(lines: readonly Line[]): Row[] {
  const rows: Row[] = [];
  for (const line of lines) {
    const beside = line.size > 0 ? rowBeside(rows, line) : -1;
    if (beside >= 0) {
      const first = rows.splice(beside).flat();
      rows.push([...stacked(first), cellOf(line)]);
      continue;
    }
    const row = rows.at(-1);
    const cell = row?.at(-1);
    if (row && row.length > 1 && cell && isBelow(cell, line)) {
      cell.lines.push(line);
      cell.end = Math.max(cell.end, line.end);
    } else rows.push([cellOf(line)]);
  }
  return rows;
}

const cellOf = (line: Line): Cell => ({ lines: [line], x: line.x, end: line.end });

/** The last row, or the first of the last few single cells below one another, whose top the line is to the right of. */
function rowBeside(rows: readonly Row[], line: Line): number {
  for (let at = rows.length - 1; at >= Math.max(0, rows.length - CELL_LINES_MAX); at--) {
    const row = rows[at] ?? [];
    const cell = row.at(-1);
    const top = cell?.lines[0];
    if (!cell || !top || top.size === 0) return -1;
    if (line.x < cell.end + line.size * 0.5) return -1;
    if (Math.abs(top.y - line.y) < line.size * 0.6) return at;
    if (row.length > 1) return -1;
    const above = rows[at - 1];
    if (!above || above.length > 1 || !above[0] || !isBelow(above[0], top)) return -1;
  }
  return -1;
}

/** Single cells below one another are one; a row stays as it is. */
function stacked(cells: readonly Cell[]): Cell[] {
  const [first] = cells;
  if (!first || cells.length === 1) return [...cells];
  const inRow = cells.every((cell) => cell.x === first.x || Math.abs(cell.x - first.x) < 2);
  if (!inRow) return [...cells];
  return [
    { lines: cells.flatMap(({ lines }) => lines), x: first.x, end: Math.max(...cells.map(({ end }) => end)) },
  ];
}

function isBelow(cell: Cell, line: Line): boolean {
  const last = cell.lines.at(-1);
  if (!last || last.size === 0) return false;
  const step = last.y - line.y;
  const size = Math.max(last.size, line.size);
  if (step <= 0 || step > size * LINE_STEP_MAX) return false;
  const centred = Math.abs((cell.x + cell.end) / 2 - (line.x + line.end) / 2) < size;
  return Math.abs(line.x - cell.x) < size || centred;
}

const topOf = (row: Row): number => row[0]?.lines[0]?.y ?? 0;
const bottomOf = (row: Row): number => Math.min(...row.map(({ lines }) => lines.at(-1)?.y ?? 0));
const sizeOfRow = (row: Row): number => Math.max(...row.map(({ lines }) => lines[0]?.size ?? 0));

/** End of the rows from here on that may belong together: of several cells, at close distance. */
function runFrom(rows: readonly Row[], from: number): number {
  const first = rows[from] ?? [];
  if (first.length < 2) return from + 1;
  let end = from + 1;
  let second = first[1]?.x ?? 0;
  for (; end < rows.length; end++) {
    const row = rows[end] ?? [];
    const above = rows[end - 1] ?? [];
    const step = bottomOf(above) - topOf(row);
    const size = Math.max(sizeOfRow(row), 1);
    if (step <= 0 || step > size * ROW_STEP_MAX || Math.abs(sizeOfRow(above) - size) > size * 0.4) break;
    if (row.length > 1) {
      second = Math.min(second, row[1]?.x ?? second);
      continue;
    }
    // Alone in its row: the rest of a cell above, or the name of a group of rows.
    const [cell] = row;
    const rest = cell && cell.x >= second - size && step < size * LINE_STEP_MAX;
    const group = cell && cell.end < second && (rows[end + 1]?.length ?? 0) > 1;
    if (!rest && !group) break;
  }
  return end;
}

function isProse(run: readonly Row[]): boolean {
  const several = run.filter((row) => row.length > 1);
  if (several.length < PROSE_ROWS_MIN || several.some((row) => row.length > 3)) return false;
  const width = (column: number): number =>
    several.reduce((sum, row) => sum + (row[column] ? weight(textOf(row[column])) : 0), 0) / several.length;
  const uniform = several.every((row) => row.every(({ lines }) => lines.length === 1));
  return uniform && width(0) >= PROSE_CHARACTERS && width(1) >= PROSE_CHARACTERS;
}

/** In Latin letters: an East Asian one says as much as two and a half. */
const weight = (text: string): number =>
  text.length + 1.5 * (text.match(/[\u2e80-\u9fff\uac00-\ud7af]/g)?.length ?? 0);

function byColumn(run: readonly Row[]): Line[] {
  const columns = columnsOf(run);
  const found: Line[][] = columns.map(() => []);
  for (const cell of run.flat()) found[columnAt(columns, cell)]?.push(...cell.lines);
  return found.flat();
}

/** A row that belongs to no table: one line where all its cells are, else cell by cell. */
function linesOfRow(row: Row): Line[] {
  const [first] = row;
  if (!first || row.length === 1 || row.some(({ lines }) => lines.length > 1))
    return row.flatMap(({ lines }) => lines);
  const lines = row.flatMap((cell) => cell.lines);
  const [line] = lines;
  if (!line) return [];
  const fonts = new Set(lines.map(({ font }) => font));
  return [
    {
      ...line,
      text: lines.map(({ text }) => text).join(' '),
      end: Math.max(...lines.map(({ end }) => end)),
      size: Math.max(...lines.map(({ size }) => size)),
      font: fonts.size === 1 ? line.font : '',
    },
  ];
}

const textOf = (cell: Cell): string =>
  cell.lines.map(({ text }) => text).reduce((before, after) => joinLines(before, after));

/** Where columns lie, by the rows that have the most cells: [from, to] in points. */
function columnsOf(run: readonly Row[]): [number, number][] {
  const most = Math.max(...run.map((row) => row.length));
  const spans = run
    .filter((row) => row.length === most)
    .flat()
    .map(({ x, end }): [number, number] => [x, end])
    .sort((a, b) => a[0] - b[0]);
  const columns: [number, number][] = [];
  for (const [from, to] of spans) {
    const last = columns.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else columns.push([from, to]);
  }
  return columns;
}

/** The column that a cell shares most with, or is nearest to. */
function columnAt(columns: readonly [number, number][], { x, end }: Cell): number {
  let best = 0;
  let least = Infinity;
  columns.forEach(([from, to], at) => {
    const shared = Math.min(to, end) - Math.max(from, x);
    const distance = shared > 0 ? -shared / Math.max(1, Math.min(to - from, end - x)) : -shared;
    if (distance < least) [best, least] = [at, distance];
  });
  return best;
}

function tableOf(run: readonly Row[]): Arranged | null {
  const several = run.filter((row) => row.length > 1);
  const most = Math.max(...run.map((row) => row.length));
  if (several.length < 2 || (several.length < 3 && most < 3) || isProse(run)) return null;
  const columns = columnsOf(run);
  if (columns.length < 2 || columns.length < most) return null;
  const rows: string[][] = [];
  for (const row of run) {
    const texts = columns.map(() => '');
    for (const cell of row) {
      const at = columnAt(columns, cell);
      texts[at] = texts[at] ? joinLines(texts[at], textOf(cell)) : textOf(cell);
    }
    const above = rows.at(-1);
    const [only] = row;
    // The rest of a cell above, and not the name of a group of rows.
    if (above && row.length === 1 && only && columnAt(columns, only) > 0)
      texts.forEach((text, at) => text && (above[at] = above[at] ? joinLines(above[at], text) : text));
    else rows.push(texts);
  }
  return isContents(rows) ? null : { kind: 'table', rows, y: topOf(run[0] ?? []) };
}

/** Lines of a table of contents: a name and a page, pages in order. */
function isContents(rows: readonly (readonly string[])[]): boolean {
  let last = -1;
  for (const row of rows) {
    const page = Number(row.at(-1));
    if (!Number.isInteger(page) || page < last || row.at(-1) === '') return false;
    last = page;
  }
  return true;
}
