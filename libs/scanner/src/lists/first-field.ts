/** Names of a column that is one of words: the row is a heading then. */
const HEADINGS = new Set([
  ...['word', 'words', 'text', 'keyword', 'keywords', 'term', 'terms', 'phrase', 'phrases'],
  ...[
    'sensitive word',
    'sensitive words',
    'forbidden word',
    'forbidden words',
    'banned word',
    'banned words',
  ],
  ...[
    'blocked word',
    'blocked words',
    'bad word',
    'bad words',
    'sensitive term',
    'sensitive terms',
    'pattern',
  ],
  ...[
    '词',
    '词语',
    '词汇',
    '词条',
    '单词',
    '文本',
    '短语',
    '敏感词',
    '关键词',
    '关键字',
    '敏感词汇',
    '违禁词',
    '禁用词',
    '禁词',
  ],
  ...['屏蔽词', '违规词', '过滤词', '敏感字'],
]);
const SEPARATORS = /[,;\t]/;

/** Where the words of a file stand. */
export interface WordColumn {
  /** From 0. */
  readonly index: number;
  /** What parts the fields; without a heading any of comma, semicolon and tab. */
  readonly separators: RegExp;
}
export const FIRST_COLUMN: WordColumn = { index: 0, separators: SEPARATORS };

/** A field of a row of CSV (quotes doubled inside quotes); null: quotes that never end; empty: there is no such field. */
export function fieldOf(row: string, { index, separators }: WordColumn): string | null {
  let [field, rest]: [string | null, string | null] = ['', row];
  for (let at = 0; at <= index; at++) {
    if (rest === null) return '';
    [field, rest] = nextField(rest, separators);
    if (field === null) return null;
  }
  return field;
}

export const firstField = (row: string): string | null => fieldOf(row, FIRST_COLUMN);

/**
 * The column that the first row names as that of the words, if it is a heading: a row that says the same as the one below
 * it names nothing.
 */
export function headedColumn(first: string, second: string): WordColumn | null {
  const separator = SEPARATORS.exec(first)?.[0];
  const separators = separator === undefined ? SEPARATORS : new RegExp(separator);
  for (let index = 0, rest: string | null = first; rest !== null; index++) {
    const [field, after]: [string | null, string | null] = nextField(rest, separators);
    if (field === null) return null;
    // In a first column any of them parts, as without a heading.
    const column = { index, separators: index === 0 ? SEPARATORS : separators };
    const below = index === 0 ? null : fieldOf(second, column);
    if (isHeading(field) && (below === null || !isHeading(below))) return column;
    rest = after;
  }
  return null;
}

/** The first field, and what stands behind its separator; null where nothing does. */
function nextField(row: string, separators: RegExp): [string | null, string | null] {
  const start = row.length - row.replace(/^ +/, '').length;
  if (row[start] !== '"') {
    const found = separators.exec(row);
    return found ? [row.slice(0, found.index), row.slice(found.index + 1)] : [row, null];
  }
  let field = '';
  for (let at = start + 1; at < row.length; at++) {
    const unit = row.charAt(at);
    if (unit !== '"') field += unit;
    else if (row[at + 1] === '"') field += row.charAt(at++);
    else {
      const rest = row.slice(at + 1);
      const found = separators.exec(rest);
      return [field, found ? rest.slice(found.index + 1) : null];
    }
  }
  return [null, null];
}

function isHeading(field: string): boolean {
  return HEADINGS.has(
    field
      .trim()
      .toLowerCase()
      .replace(/[\s_-]+/g, ' '),
  );
}
