/**
 * Marks at the edges of a string that a pattern holds: no letter from a to z stands before it, or after it. Both are
 * units that no text can hold.
 */
export const BEGINS = '\ufffe';
export const ENDS = '\uffff';
/** Where nothing but letters can stand on one of the sides: `\b`, and the ends of a text. */
export const EITHER = BEGINS + ENDS;

/** One string after another; marks that are within the result say nothing more. */
export function joined(head: string, tail: string): string {
  const both = head + tail;
  // Marks are at the ends of what is joined: most strings have none where they meet.
  if (head === '' || tail === '' || !(isMark(head.at(-1)) || isMark(tail[0]))) return both;
  let first = 0;
  let last = both.length;
  while (first < last && isMark(both[first])) first++;
  while (last > first && isMark(both[last - 1])) last--;
  const begins = both.slice(0, first).includes(BEGINS) ? BEGINS : '';
  const ends = both.slice(last).includes(ENDS) ? ENDS : '';
  if (first === last) return (both.includes(BEGINS) ? BEGINS : '') + (both.includes(ENDS) ? ENDS : '');
  return begins + both.slice(first, last).replace(/[\ufffe\uffff]/g, '') + ends;
}

export function hasMarks(marked: string): boolean {
  return isMark(marked[0]) || isMark(marked.at(-1));
}

function isMark(unit: string | undefined): boolean {
  return unit !== undefined && unit >= BEGINS;
}

export function withoutMarks(marked: string): string {
  return hasMarks(marked) ? marked.replace(/[\ufffe\uffff]/g, '') : marked;
}

/** Only with marks beside letters: beside anything else they say nothing. */
export function withoutIdleMarks(marked: string): string {
  if (!hasMarks(marked)) return marked;
  const text = withoutMarks(marked);
  const begins = marked.startsWith(BEGINS) && isLetter(text.charCodeAt(0));
  const ends = marked.endsWith(ENDS) && isLetter(text.charCodeAt(text.length - 1));
  return (begins ? BEGINS : '') + text + (ends ? ENDS : '');
}

export function isLetter(unit: number): boolean {
  return unit >= 0x61 && unit <= 0x7a;
}
