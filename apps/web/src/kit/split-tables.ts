/** Where something stands in the text of the passage, in UTF-16 units. */
export interface Span {
  start: number;
  end: number;
}
export interface TableRow extends Span {
  cells: string[];
}
export type PassagePart =
  { kind: 'text'; text: string; start: number } | { kind: 'table'; head: TableRow | null; rows: TableRow[] };

/** Passages hold tables as lines of Markdown: `| a | b |`, a bar inside a cell escaped. */
const ROW = /^\|(?: .* | )\|$/;
const RULE = /^\|(?:\s*:?-+:?\s*\|)+$/;

function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** Cuts the text of a passage into running text and tables; what stands above a rule is a table's head. */
export function splitTables(content: string): PassagePart[] {
  const parts: PassagePart[] = [];
  let start = 0;
  for (const line of content.split('\n')) {
    const last = parts.at(-1);
    const end = start + line.length;
    if (ROW.test(line) || RULE.test(line)) {
      const table = last?.kind === 'table' ? last : { kind: 'table' as const, head: null, rows: [] };
      if (table !== last) parts.push(table);
      if (!RULE.test(line)) table.rows.push({ cells: cellsOf(line), start, end });
      else if (table.head === null && table.rows.length === 1) table.head = table.rows.pop() ?? null;
    } else if (last?.kind === 'text') last.text += `\n${line}`;
    else parts.push({ kind: 'text', text: line, start });
    start = end + 1;
  }
  return parts
    .map((part) => (part.kind === 'text' ? withoutEmptyLines(part) : part))
    .filter((part) => (part.kind === 'text' ? part.text !== '' : part.head !== null || part.rows.length > 0));
}

function withoutEmptyLines(part: PassagePart & { kind: 'text' }): PassagePart {
  const text = part.text.replace(/^\n+/, '');
  return { ...part, text: text.replace(/\n+$/, ''), start: part.start + part.text.length - text.length };
}
