import { ESCAPED_EDGE, type Finding } from './finding.js';

/** E.164 with its plus: 8 to 15 digits in groups; a bracketed `(0)` or area code may be among them. */
const PHONE = new RegExp(
  String.raw`(?:(?<![A-Za-z0-9+])|(?<=${ESCAPED_EDGE}))\+(?!86[ -]?1[3-9])[1-9][0-9]{0,14}(?:[ .-]?\([0-9]{1,5}\))?(?:[ .-]?[0-9]{1,14}){0,7}(?![A-Za-z0-9])`,
  'g',
);

/** Digits of a number of +1 and +7. */
const LONG_ONE = 11;
/** Groups of so many digits together. */
const FIRST_GROUPS = new RegExp(String.raw`^\+(?:[^0-9]{0,2}[0-9]){${LONG_ONE}}(?![0-9])`);

/** International phone numbers, written with `+`; Chinese mobile numbers are `findNumbers`'. */
export function findPhones(text: string): Finding<'phone'>[] {
  const found: Finding<'phone'>[] = [];
  for (const { 0: all, index } of text.matchAll(PHONE)) {
    // Those of North America and of Russia are all as long: `+1 202 555 0123 24/7`.
    const value = /^\+[17]/.test(all) ? FIRST_GROUPS.exec(all)?.[0] : all;
    if (value === undefined) continue;
    const digits = value.replace(/[^0-9]/g, '').length;
    if (digits < 8 || digits > 16 || /^\+([0-9])\1*$|^\+[0-9]{5,}\.[0-9]+$/.test(value)) continue;
    found.push({ start: index, end: index + value.length, kind: 'phone' });
  }
  return found;
}
