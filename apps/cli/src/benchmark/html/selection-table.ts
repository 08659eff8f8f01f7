import type { ModelReport } from '../bench-report.js';
import { selectionHead, selectionRow } from '../selection-row.js';
import { htmlTable } from './html-table.js';

/** The models side by side. */
export function selectionTable(models: readonly ModelReport[]): string {
  return models.length === 0 ? '' : htmlTable('Models side by side', selectionHead, models.map(selectionRow));
}
