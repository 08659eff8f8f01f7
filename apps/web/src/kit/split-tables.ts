export type PassagePart = { kind: 'text'; text: string } | { kind: 'table'; rows: string[][] };

/** Passages hold tables as lines of Markdown: `| a | b |`, a bar inside a cell escaped. */
const ROW = /^\|(?: .* | )\|$/;
const RULE = /^\|(?:\s*:?-+:?\s*\|)+$/;

function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** Cuts the text of a passage into running text and tables; the first row of a table is its head. */
export function splitTables(content: string): PassagePart[] {
  const parts: PassagePart[] = [];
  for (const line of content.split('\n')) {
    const last = parts.at(-1);
    if (ROW.test(line)) {
      if (last?.kind === 'table') {
        if (!RULE.test(line)) last.rows.push(cellsOf(line));
      } else parts.push({ kind: 'table', rows: [cellsOf(line)] });
    } else if (last?.kind === 'text') last.text += `\n${line}`;
    else parts.push({ kind: 'text', text: line });
  }
  return parts
    .map((part) => (part.kind === 'text' ? { ...part, text: part.text.replace(/^\n+|\n+$/g, '') } : part))
    .filter((part) => part.kind === 'table' || part.text !== '');
}
