import type { CellObject, DenseWorkSheet } from '@e965/xlsx';
import { cleanLine } from '../formats/clean-text.js';
import type { HiddenTexts } from '../hidden-text.js';

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

/** Texts of a hidden sheet, of hidden rows and columns, and of cells whose format shows nothing. Numbers say nothing. */
export function noteSheet(sheet: DenseWorkSheet, name: string, hidden: HiddenTexts, all: boolean): void {
  const section = cleanLine(name);
  sheet['!data'].forEach((cells: (CellObject | undefined)[] | undefined, at: number) => {
    const wholeRow = all || isUnseenRow(sheet, at);
    const row: string[] = [];
    cells?.forEach((cell, column) => {
      if (typeof cell?.v !== 'string') return;
      const unseen = wholeRow || isUnseenColumn(sheet, column) || cell.w === '';
      if (unseen) row.push(cell.v);
    });
    hidden.add('sheet', row.join(' '), { section });
  });
}
