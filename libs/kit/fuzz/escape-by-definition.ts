import { FOLDED, isClauseEnd } from './small-world.js';

/** Units of the longest escape in this world. */
export const ESCAPE_MOST = 8;
const ESCAPE = /^(?:\\u([0-9a-f]{4})|&#(\d+)(?:;|(?![\d;]))|&(shy);?|\\([!-%'-/:-@[\]-`{-~])|\\[nrt\n])/i;

export interface Escape {
  readonly end: number;
  /** What it stands for, folded; '' for what is not seen. */
  readonly unit: string;
  readonly isClause: boolean;
  /** Lines that end in it. */
  readonly lines: number;
  /** It ends with a letter or digit, which itself would be part of a word. */
  readonly endsInLetter: boolean;
  /** A reference without its semicolon at the end of the text: it may go on. */
  readonly isOpen: boolean;
}

/** The escape that begins here. */
export function escapeAt(text: string, at: number): Escape | undefined {
  const escape = ESCAPE.exec(text.slice(at));
  if (!escape) return undefined;
  const [whole, hex, decimal, shy, sign] = escape;
  const end = at + whole.length;
  const code = hex ? Number.parseInt(hex, 16) : Number.parseInt(decimal ?? '0', 10);
  const isUnseen = shy !== undefined || (sign === undefined && code === 0);
  const isBlank = /^\\[nrt\n]$/.test(whole);
  const shown = FOLDED[sign ?? String.fromCodePoint(code)] ?? sign ?? 'x';
  const unit = isBlank ? ' ' : isUnseen ? '' : shown;
  const isLine = isBlank ? whole !== '\\t' : whole.startsWith('&') && (code === 10 || code === 13);
  return {
    ...{ end, unit },
    isClause: isLine || isClauseEnd(unit || 'x'),
    lines: isLine ? 1 : 0,
    endsInLetter: /[a-z0-9]$/i.test(whole),
    isOpen: whole.startsWith('&') && !whole.endsWith(';') && end === text.length,
  };
}
