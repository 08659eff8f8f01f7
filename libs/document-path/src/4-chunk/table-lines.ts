/** Rows are filled up to the widest one, for the eye; not in tables made so wide that filling would be most of them. */
const FILLED_WIDTH_MAX = 200;

/** A table as lines of Markdown, which people and models read alike: `| a | b |` under a head and its rule. */
export function tableLines(
  rows: readonly (readonly string[])[],
  head: boolean,
): { header: string[]; body: string[] } {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const line = (cells: readonly string[]): string => {
    const length = width <= FILLED_WIDTH_MAX ? width : cells.length;
    return `| ${Array.from({ length }, (_, at) => (cells[at] ?? '').replaceAll('|', '\\|')).join(' | ')} |`;
  };
  const [first, ...rest] = rows;
  if (!head || !first) return { header: [], body: rows.map(line) };
  const rule = `|${' --- |'.repeat(width <= FILLED_WIDTH_MAX ? width : first.length)}`;
  return { header: [line(first), rule], body: rest.map(line) };
}
