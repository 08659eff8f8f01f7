/** Names of a first column that is one of words: the row is a heading then. */
const HEADINGS = new Set([
  'word',
  'words',
  'text',
  'keyword',
  'keywords',
  'term',
  '词',
  '词语',
  '敏感词',
  '关键词',
]);

/** The first field of a row of CSV (comma, semicolon or tab; quotes doubled inside quotes); null: quotes that never end. */
export function firstField(row: string): string | null {
  if (!row.startsWith('"')) return row.split(/[,;\t]/, 1)[0] ?? '';
  let field = '';
  for (let at = 1; at < row.length; at++) {
    const unit = row.charAt(at);
    if (unit !== '"') field += unit;
    else if (row[at + 1] === '"') field += row.charAt(at++);
    else return field;
  }
  return null;
}

export function isHeading(field: string): boolean {
  return HEADINGS.has(field.trim().toLowerCase());
}
