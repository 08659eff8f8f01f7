import type { CellObject, DenseWorkSheet } from '@e965/xlsx';
import { cleanLine } from '../formats/clean-text.js';
import type { HiddenTexts, HiddenWhy } from '../hidden-text.js';
import type { UnseenCells } from './unseen-cells.js';

/** Hidden, or of no height. */
export function isUnseenRow(sheet: DenseWorkSheet, at: number): boolean {
  const row = sheet['!rows']?.[at];
  return row?.hidden === true || row?.hpx === 0 || row?.hpt === 0;
}

/** Hidden, or of no width. */
export function isUnseenColumn(sheet: DenseWorkSheet, at: number): boolean {
  const column = sheet['!cols']?.[at];
  return column?.hidden === true || column?.wpx === 0 || column?.width === 0;
}

/** Every text of a hidden sheet. */
export function noteHiddenSheet(sheet: DenseWorkSheet, name: string, hidden: HiddenTexts): void {
  noteCells(sheet, name, hidden, () => 'sheet');
}

/** Texts of hidden rows and columns, of cells whose format shows nothing, and of those that have the colour of their ground. */
export function noteSheet(
  sheet: DenseWorkSheet,
  name: string,
  hidden: HiddenTexts,
  unseen: UnseenCells,
): void {
  noteCells(sheet, name, hidden, (row, column, shown) =>
    isUnseenRow(sheet, row) || isUnseenColumn(sheet, column) || shown === ''
      ? 'sheet'
      : unseen.why(row, column),
  );
}

/** Of one kind in a row together. Numbers say nothing. */
function noteCells(
  sheet: DenseWorkSheet,
  name: string,
  hidden: HiddenTexts,
  whyOf: (row: number, column: number, shown?: string) => HiddenWhy | undefined,
): void {
  const section = cleanLine(name);
  sheet['!data'].forEach((cells: (CellObject | undefined)[] | undefined, at: number) => {
    const texts = new Map<HiddenWhy, string[]>();
    cells?.forEach((cell, column) => {
      const why = typeof cell?.v === 'string' ? whyOf(at, column, cell.w) : undefined;
      if (!why) return;
      const of = texts.get(why) ?? [];
      of.push(String(cell?.v));
      texts.set(why, of);
    });
    for (const [why, of] of texts) hidden.add(why, of.join(' '), { section });
  });
}
