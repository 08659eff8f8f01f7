import { isUnseenColumn, isUnseenRow } from './note-hidden-cells.js';
import { SSF, type CellObject, type DenseWorkSheet } from '@e965/xlsx';
import { cleanLine } from '../formats/clean-text.js';
import type { Block } from '../parsed-document.js';
import type { UnseenCells } from './unseen-cells.js';

type Row = string[];

/**
 * The tables of a sheet, told apart by empty rows; lines with a single cell before a table are paragraphs. Hidden rows
 * and columns and cells that are not seen are left out; a merged cell counts for all the rows that it spans.
 */
export function readSheet(sheet: DenseWorkSheet, date1904: boolean, unseen?: UnseenCells): Block[] {
  const rows = rowsOf(sheet, date1904, unseen?.unsure ? undefined : unseen);
  const blocks: Block[] = [];
  let part: Row[] = [];
  for (const row of [...rows, []]) {
    if (row.some((cell) => cell !== '')) part.push(row);
    else {
      // One by one: as arguments, a column of very many lines would overrun the stack.
      for (const block of blocksOf(part)) blocks.push(block);
      part = [];
    }
  }
  return blocks;
}

function rowsOf(sheet: DenseWorkSheet, date1904: boolean, unseen: UnseenCells | undefined): Row[] {
  const hiddenRow = (at: number): boolean => isUnseenRow(sheet, at);
  const hiddenColumn = (at: number): boolean => isUnseenColumn(sheet, at);
  const spanned = spannedCells(sheet);
  const rows: Row[] = [];
  let last = -1;
  // Both dimensions are sparse: only cells that are there are visited.
  sheet['!data'].forEach((cells: (CellObject | undefined)[] | undefined, at: number) => {
    if (!cells || hiddenRow(at)) return;
    const row: Row = [];
    const set = (column: number, text: string): void => {
      if (text === '' || hiddenColumn(column)) return;
      while (row.length < column) row.push('');
      row[column] = text;
    };
    cells.forEach((cell, column) => {
      if (cell && !unseen?.why(at, column)) set(column, valueOf(cell, date1904));
    });
    for (const [column, from] of spanned.get(at) ?? []) {
      const source = sheet['!data'][from]?.[column] as CellObject | undefined;
      if (source && !row[column] && row.length > 0 && !unseen?.why(from, column))
        set(column, valueOf(source, date1904));
    }
    if (row.length === 0) return;
    // A gap of empty rows, however wide, is one.
    if (last >= 0 && at > last + 1 && gapIsVisible(last, at, hiddenRow)) rows.push([]);
    rows.push(row);
    last = at;
  });
  return rows;
}

/** Rows left out because they are hidden do not part a table. */
function gapIsVisible(last: number, at: number, hidden: (row: number) => boolean): boolean {
  if (at - last > 1_000) return true;
  for (let row = last + 1; row < at; row++) if (!hidden(row)) return true;
  return false;
}

const SPANNED_MAX = 100_000;

/** For a row, the columns whose cell belongs to one further up, with the row of that one. */
function spannedCells(sheet: DenseWorkSheet): Map<number, [number, number][]> {
  const found = new Map<number, [number, number][]>();
  let count = 0;
  for (const { s, e } of sheet['!merges'] ?? []) {
    for (let row = s.r + 1; row <= e.r && ++count < SPANNED_MAX; row++) {
      const list = found.get(row) ?? [];
      list.push([s.c, s.r]);
      found.set(row, list);
    }
  }
  return found;
}

function blocksOf(part: readonly Row[]): Block[] {
  const filled = (row: Row): number => row.reduce((sum, cell) => sum + (cell === '' ? 0 : 1), 0);
  const first = part.findIndex((row) => filled(row) > 1);
  const text = first < 0 ? part : part.slice(0, first);
  const table = first < 0 ? [] : part.slice(first);
  const blocks: Block[] = text.map((row) => ({
    kind: 'paragraph',
    text: row.find((cell) => cell !== '') ?? '',
    page: null,
  }));
  const used: number[] = [];
  table.forEach((row) => row.forEach((cell, column) => cell && (used[column] = 1)));
  const columns = Object.keys(used).map(Number);
  const rows = table.map((row) => columns.map((column) => row[column] ?? ''));
  if (rows.length > 0) blocks.push({ kind: 'table', rows, head: rows.length > 1, page: null });
  return blocks;
}

/** What the cell displays; a date as ISO 8601, a formula without a stored value as itself. */
function valueOf(cell: CellObject, date1904: boolean): string {
  if (cell.v === undefined || cell.v === null) return cell.f ? cleanLine(`=${cell.f}`) : '';
  if (cell.t === 'n' && typeof cell.v === 'number' && typeof cell.z === 'string' && SSF.is_date(cell.z))
    return isoDate(cell.v, cell.z, date1904) ?? cleanLine(cell.w ?? String(cell.v));
  return cleanLine(cell.w ?? String(cell.v));
}

function isoDate(value: number, format: string, date1904: boolean): string | null {
  const date = SSF.parse_date_code(value, { date1904 }) as {
    y: number;
    m: number;
    d: number;
    H: number;
    M: number;
    S: number;
  } | null;
  if (!date) return null;
  const two = (part: number): string => String(Math.floor(part)).padStart(2, '0');
  const withTime = /[hs]/i.test(format.replace(/"[^"]*"|\[[^\]]*\]/g, ''));
  const time = `${two(date.H)}:${two(date.M)}${date.S >= 1 ? `:${two(date.S)}` : ''}`;
  if (value < 1) return time;
  const day = `${String(date.y).padStart(4, '0')}-${two(date.m)}-${two(date.d)}`;
  return withTime && value % 1 !== 0 ? `${day} ${time}` : day;
}
