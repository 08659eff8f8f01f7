import type { BenchReport } from '../bench-report.js';
import { selectionBasis, selectionHead, selectionRow } from '../selection-row.js';
import { escapeHtml } from './escape-html.js';
import { htmlTable } from './html-table.js';

/** The models side by side. */
export function selectionTable(report: BenchReport): string {
  if (report.models.length === 0) return '';
  return (
    htmlTable(
      'Models side by side',
      selectionHead(report.settings).map(onOneLine),
      report.models.map(selectionRow),
    ) + `<p class="quiet">${escapeHtml(selectionBasis(report))}</p>`
  );
}

const onOneLine = (cell: string): string => cell.replace('\n', ' ');
