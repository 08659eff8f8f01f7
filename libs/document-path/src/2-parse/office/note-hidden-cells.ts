import type { CellObject, DenseWorkSheet } from '@e965/xlsx';
import { cleanLine } from '../formats/clean-text.js';
import type { HiddenTexts } from '../hidden-text.js';

/** Texts of a hidden sheet, of hidden rows and columns, and of cells whose format shows nothing. Numbers say nothing. */
export function noteSheet(sheet: DenseWorkSheet, name: string, hidden: HiddenTexts, all: boolean): void {
  const section = cleanLine(name);
  sheet['!data'].forEach((cells: (CellObject | undefined)[] | undefined, at: number) => {
    const wholeRow = all || sheet['!rows']?.[at]?.hidden === true;
    const row: string[] = [];
    cells?.forEach((cell, column) => {
      if (typeof cell?.v !== 'string') return;
      const unseen = wholeRow || sheet['!cols']?.[column]?.hidden === true || cell.w === '';
      if (unseen) row.push(cell.v);
    });
    hidden.add('sheet', row.join(' '), { section });
  });
}
