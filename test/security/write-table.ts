/** A Markdown table with its columns aligned, so that a difference of the report is easy to read. */
export function writeTable(title: string, columns: string[], rows: (string | number)[][]): string {
  const cells = rows.map((row) => row.map(String));
  const widths = columns.map((column, index) =>
    Math.max(column.length, 3, ...cells.map((row) => row[index]?.length ?? 0)),
  );
  const line = (row: string[]) =>
    `| ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [`\n## ${title}\n`, line(columns), rule, ...cells.map(line)].join('\n');
}
