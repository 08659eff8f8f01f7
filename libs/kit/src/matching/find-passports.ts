import type { Finding } from './finding.js';

/** No check digit can be relied on: only what a word for passport stands close before. */
const NAMED =
  /(?:passport|护照)[^0-9A-Za-z]{0,3}(?:(?:no|number|nr|id|is)\b|号码?|编号)?[^0-9A-Za-z]{0,6}(?:is\b[ :]{0,3})?/giu;
/** China: E, G, D, S, P, H, K with 7 to 9 places; others: up to two letters and 6 to 9 digits. */
const NUMBER =
  /(?:[A-Za-z]{1,2}[0-9]{6,9}|[EeGgDdSsPpHhKk][A-Za-z][0-9]{7}|[0-9]{9})(?![A-Za-z0-9]|[.-][0-9])/y;

/** Numbers of passports that are called so; the finding is the number alone. */
export function findPassports(text: string): Finding<'passport'>[] {
  const found: Finding<'passport'>[] = [];
  for (const match of text.matchAll(NAMED)) {
    NUMBER.lastIndex = match.index + match[0].length;
    if (!NUMBER.test(text)) continue;
    found.push({ start: match.index + match[0].length, end: NUMBER.lastIndex, kind: 'passport' });
  }
  return found;
}
