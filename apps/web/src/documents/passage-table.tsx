import { useMemo } from 'react';
import { classNames } from '../kit/class-names.js';
import type { Span, TableRow } from '../kit/split-tables.js';

interface Props {
  head: TableRow | null;
  rows: readonly TableRow[];
  quotes: readonly Span[];
}

/** More columns than this do not stand beside each other in a narrow panel: there each row becomes a list of its cells. */
const COLUMNS_BESIDE = 3;
/** A column of short cells is not broken, at a hyphen of a number or a date say. */
const SHORT = 14;
const NUMBER = /^[-+−(]?\s?[\p{Sc}]?\s?\d[\d.,'\s]*\s?[%\p{Sc}]?\)?$/u;

/** A table of a document. Roles are said, as a row that is laid out as a list would lose them. */
export function PassageTable({ head, rows, quotes }: Props) {
  const columns = Math.max(head?.cells.length ?? 0, ...rows.map(({ cells }) => cells.length));
  const numeric = useMemo(
    () => Array.from({ length: columns }, (_, column) => isNumeric(rows, column)),
    [columns, rows],
  );
  const short = useMemo(
    () =>
      Array.from({ length: columns }, (_, column) =>
        rows.every(({ cells }) => (cells[column] ?? '').length <= SHORT),
      ),
    [columns, rows],
  );
  const stacked = head !== null && columns > COLUMNS_BESIDE;
  return (
    <div className="max-w-full overflow-x-auto" tabIndex={0} role="group">
      <table
        role="table"
        dir="auto"
        className={classNames('passage-table', stacked && 'passage-table-stacked')}
      >
        {head && (
          <thead role="rowgroup">
            <tr role="row">
              {head.cells.map((cell, column) => (
                <th key={column} role="columnheader" scope="col" data-numeric={numeric[column] || undefined}>
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={row.start} role="row" data-quoted={isQuoted(row, quotes) || undefined}>
              {row.cells.map((cell, column) => (
                <td
                  key={column}
                  role="cell"
                  data-label={head?.cells[column]}
                  data-numeric={numeric[column] || undefined}
                  data-short={short[column] || undefined}
                  data-empty={cell === '' || undefined}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const isQuoted = (row: Span, quotes: readonly Span[]) =>
  quotes.some(({ start, end }) => start < row.end && end > row.start);

function isNumeric(rows: readonly TableRow[], column: number): boolean {
  const cells = rows.map(({ cells }) => cells[column] ?? '').filter((cell) => cell !== '');
  return cells.length > 0 && cells.every((cell) => NUMBER.test(cell));
}
