/**
 * Cuts Markdown at blank lines where a block certainly ends, so that blocks which are complete need not be rendered
 * again while the last one grows. Fences stay whole, and so do lists, quotes' lazy lines and indented continuations.
 */
export function splitBlocks(text: string): string[] {
  const blocks: string[] = [];
  let current: string[] = [];
  let fence: string | null = null;
  let blankBefore = false;
  for (const line of text.split('\n')) {
    if (fence === null && blankBefore && startsBlock(line, current)) {
      blocks.push(current.join('\n').trimEnd());
      current = [];
    }
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === null) fence = mark ?? null;
    else if (mark?.startsWith(fence) && line.trim() === mark) fence = null;
    blankBefore = line.trim() === '';
    if (!blankBefore || current.length > 0) current.push(line);
  }
  const last = current.join('\n').trimEnd();
  if (last !== '') blocks.push(last);
  return blocks;
}

const LIST_ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)/;
/** Also the beginning of a number whose dot has not arrived. */
const MAYBE_ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)]?)(?:\s|$)/;

function startsBlock(line: string, current: readonly string[]): boolean {
  if (line.trim() === '' || current.length === 0) return false;
  // Indented text after a blank line may still belong to the list item above.
  if (/^(?: {2,}|\t)/.test(line)) return false;
  return !(MAYBE_ITEM.test(line) && LIST_ITEM.test(current[0] ?? ''));
}
