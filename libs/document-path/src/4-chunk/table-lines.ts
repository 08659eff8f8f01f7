/** A table as lines of Markdown, which people and models read alike: `| a | b |` under a head and its rule. */
export function tableLines(
  rows: readonly (readonly string[])[],
  head: boolean,
): { header: string[]; body: string[] } {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const line = (cells: readonly string[]): string =>
    `| ${Array.from({ length: width }, (_, at) => (cells[at] ?? '').replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = `|${' --- |'.repeat(width)}`;
  const [first, ...rest] = rows;
  if (!head || !first) return { header: [], body: rows.map(line) };
  return { header: [line(first), rule], body: rest.map(line) };
}
