import type { Citation } from '@lorekeep/contracts';

/** Of the sources that were offered, those that the text names as `[n]`. */
export function citedIn(text: string, offered: readonly Citation[]): Citation[] {
  const numbers = new Set([...text.matchAll(/\[(\d{1,3})\]/g)].map((match) => Number(match[1])));
  return offered.filter(({ number }) => numbers.has(number));
}
