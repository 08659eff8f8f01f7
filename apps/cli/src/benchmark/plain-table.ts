/** Columns aligned for a terminal: the first to the left, the others to the right. A head may have several lines. */
export function plainTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const heads = head.map((cell) => cell.split('\n'));
  const height = Math.max(1, ...heads.map(({ length }) => length));
  // The last line of each head stands on the rows.
  const top = Array.from({ length: height }, (_, line) =>
    heads.map((cell) => cell[line - height + cell.length] ?? ''),
  );
  const lines = [...top, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines.map((line) =>
    line
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
