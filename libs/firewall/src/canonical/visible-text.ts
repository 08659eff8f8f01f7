import type { CanonicalText } from './canonical-text.js';

/** Never seen by a reader, or set upon another character: zero-width characters, joiners, controls, accents. */
const UNSEEN =
  '(?:[\\p{Default_Ignorable_Code_Point}\\ufff9-\\ufffb\\u0000-\\u0008\\u000e-\\u001b\\u007f-\\u0084\\u0086-\\u009f]' +
  '|(?![\\u3099\\u309a])(?=\\p{Script=Inherited})\\p{M})+';
/** Blocks with other forms of ASCII characters: full width, circled, mathematical, raised; and two hyphens. */
const OTHER_FORMS =
  '[\\u2010\\u2011\\u2070-\\u209c\\u2100-\\u214f\\u24b6-\\u24ea\\uff01-\\uff5e\\u{1d400}-\\u{1d7ff}]';
const CHANGED = new RegExp(`(${UNSEEN})|${OTHER_FORMS}`, 'gu');
/** Anything but what every keyboard of Latin letters writes. */
const SPECIAL = /[^\t\n\r\x20-\x7e]/;
const HYPHENS = /[\u2010\u2011]/;
/** What secrets are made of, and what introduces them. */
const OF_SECRETS = /^[A-Za-z0-9_.:=/+@-]$/;

/**
 * A text as the detectors of secrets read it: unlike canonical text it keeps case, on which secrets depend. The map
 * back has an entry for each change of length alone, so that memory does not grow with ordinary text.
 */
export function visibleText(original: string): CanonicalText {
  if (!SPECIAL.test(original)) return { text: original, span: (start, end) => ({ start, end }) };
  const pieces: string[] = [];
  // From `at[i]` units of the result on, unit `at[i] + n` came from `from[i] + n`.
  const at = [0];
  const from = [0];
  let length = 0;
  let copied = 0;
  for (const match of original.matchAll(CHANGED)) {
    const seen = match[1] === undefined ? plain(match[0]) : '';
    if (seen === match[0]) continue;
    const kept = original.slice(copied, match.index);
    pieces.push(kept, seen);
    length += kept.length + seen.length;
    copied = match.index + match[0].length;
    if (seen.length === match[0].length) continue;
    at.push(length);
    from.push(copied);
  }
  pieces.push(original.slice(copied));
  const placeOf = (unit: number): number => {
    const entry = lastAtMost(at, unit);
    return (from[entry] ?? 0) + unit - (at[entry] ?? 0);
  };
  const span = (start: number, end: number): { start: number; end: number } => {
    const last = placeOf(end - 1);
    return { start: placeOf(start), end: last + ((original.codePointAt(last) ?? 0) > 0xffff ? 2 : 1) };
  };
  return { text: pieces.join(''), span };
}

function plain(form: string): string {
  const seen = HYPHENS.test(form) ? '-' : form.normalize('NFKC');
  return OF_SECRETS.test(seen) ? seen : form;
}

/** Index of the last entry that is not above `value`; entries do not fall, and the first is 0. */
function lastAtMost(entries: readonly number[], value: number): number {
  let low = 0;
  let high = entries.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((entries[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
