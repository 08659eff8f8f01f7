/** Offsets in UTF-16 code units: `text.slice(start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const ABBREVIATIONS = new Set(
  'mr mrs ms dr prof sr jr st vs etc eg ie cf no nos fig figs vol inc ltd co corp dept est approx ext ref sec art para u.s u.k e.g i.e a.m p.m'.split(
    ' ',
  ),
);
const CLOSERS = /["'”’»)\]）】」』》〉]/;
const CJK_END = /[。！？｡]/;
const LATIN_END = /[.!?…]/;
// A line that begins like this is a paragraph of its own: list item, table row, heading, quotation.
const STRUCTURE =
  /^\s*(?:$|[-*+•·–]\s|#{1,6}\s|\||>|\(?\d{1,3}[.)、]\s*|[a-z][.)]\s|[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+、)/i;
/** Shorter lines are not wrapped prose but items of their own. */
const WRAPPED_LINE_MIN = 40;

/**
 * Sentences of English and Chinese text, in order, without surrounding blanks; together they hold every character
 * that is not a blank. Breaks at sentence ends and between paragraphs, list items and table rows, not in numbers,
 * abbreviations, file names or wrapped lines.
 */
export function sentences(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const end = sentenceEnd(text, at, start);
    if (end === undefined) continue;
    push(text, start, end, spans);
    start = end;
    at = end - 1;
  }
  push(text, start, text.length, spans);
  return spans;
}

/** The offset behind a sentence that ends with the character at `at`, or nothing. */
function sentenceEnd(text: string, at: number, start: number): number | undefined {
  const character = text.charAt(at);
  if (character === '\n') return isBreak(text, at, start) ? at + 1 : undefined;
  const cjk = CJK_END.test(character);
  if (!cjk && !LATIN_END.test(character)) return undefined;
  let end = at + 1;
  while (end < text.length && (CJK_END.test(text.charAt(end)) || LATIN_END.test(text.charAt(end)))) end++;
  while (end < text.length && CLOSERS.test(text.charAt(end))) end++;
  if (cjk) return end;
  if (end < text.length && !/\s/.test(text.charAt(end)) && !isEastAsian(text.charAt(end))) return undefined;
  return character === '.' && isAbbreviation(text, at, end) ? undefined : end;
}

function isEastAsian(character: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(character);
}

function isAbbreviation(text: string, at: number, end: number): boolean {
  const word = /[\p{L}\p{N}.]*$/u.exec(text.slice(Math.max(0, at - 20), at))?.[0] ?? '';
  const next = text.slice(end, end + 3).trimStart();
  if (ABBREVIATIONS.has(word.toLowerCase())) return word.toLowerCase() !== 'etc' || !/^\p{Lu}/u.test(next);
  // `J. Smith`; and `1.` at the beginning of an item.
  if (/^\p{Lu}$/u.test(word) && word !== 'I') return /^\p{Lu}/u.test(next);
  return /^\d{1,3}$/.test(word) && /(?:^|\n)\s*$/.test(text.slice(Math.max(0, at - 40), at - word.length));
}

function isBreak(text: string, at: number, start: number): boolean {
  const nextEnd = text.indexOf('\n', at + 1);
  const next = text.slice(at + 1, nextEnd < 0 ? Math.min(text.length, at + 200) : nextEnd);
  if (STRUCTURE.test(next)) return true;
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const line = text.slice(Math.max(lineStart, start), at);
  return at - lineStart < WRAPPED_LINE_MIN || /^\s*(?:#{1,6}\s|\|)/.test(line);
}

function push(text: string, start: number, end: number, spans: Span[]): void {
  while (start < end && /\s/.test(text.charAt(start))) start++;
  while (end > start && /\s/.test(text.charAt(end - 1))) end--;
  if (end > start) spans.push({ start, end });
}
