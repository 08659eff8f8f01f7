export type TextPart =
  { kind: 'text'; text: string } | { kind: 'chips'; numbers: number[] } | { kind: 'withheld' };

/** `[1]`, `[1, 2]`, `[1][2]` with space before them, full-width brackets too; or the scanner's mark for redacted text. */
const PATTERN = /\s?(?:[[【]\d{1,3}(?:\s?[,，、]\s?\d{1,3})*[\]】])+|[▇█]{3,}/gu;

/** Cuts the text of an answer at its citations and at what was withheld. Numbers without a source stay text. */
export function splitChips(text: string, known: ReadonlySet<number>): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const match of text.matchAll(PATTERN)) {
    const part = partOf(match[0], known);
    if (part === null) continue;
    if (match.index > at) parts.push({ kind: 'text', text: text.slice(at, match.index) });
    parts.push(part);
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
  return parts;
}

function partOf(found: string, known: ReadonlySet<number>): TextPart | null {
  if (/^[▇█]/u.test(found)) return { kind: 'withheld' };
  const numbers = [...new Set(found.match(/\d+/g)?.map(Number))].filter((number) => known.has(number));
  return numbers.length > 0 ? { kind: 'chips', numbers } : null;
}

/** The numbers that an answer cites, in the order of their first appearance. */
export function citedNumbers(text: string, known: ReadonlySet<number>): number[] {
  const cited = new Set<number>();
  for (const part of splitChips(text, known)) {
    if (part.kind === 'chips') for (const number of part.numbers) cited.add(number);
  }
  return [...cited];
}
