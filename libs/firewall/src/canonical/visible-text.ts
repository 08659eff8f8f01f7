import { unitsOf } from '@lorekeep/kit/matching';
import type { CanonicalText } from './canonical-text.js';

/** Never seen by a reader, or set upon another character: zero-width characters, joiners, controls, accents. */
const UNSEEN =
  '(?:[\\p{Default_Ignorable_Code_Point}\\ufff9-\\ufffb\\u0000-\\u0008\\u000e-\\u001b\\u007f-\\u0084\\u0086-\\u009f]' +
  '|(?![\\u3099\\u309a])(?=\\p{Script=Inherited})\\p{M})+';
/** Blocks with other forms of ASCII characters: full width, circled, mathematical, raised; and two hyphens. */
const OTHER_FORMS =
  '[\\u2010\\u2011\\u2070-\\u209c\\u2100-\\u214f\\u24b6-\\u24ea\\uff01-\\uff5e\\u{1d400}-\\u{1d7ff}]';
const CHANGED = new RegExp(`(${UNSEEN})|${OTHER_FORMS}`, 'uy');
const HYPHENS = /[\u2010\u2011]/;
/** What secrets are made of, and what introduces them. */
const OF_SECRETS = /^[A-Za-z0-9_.:=/+@-]$/;

/**
 * A text as the detectors of secrets read it: unlike canonical text it keeps case, on which secrets depend. The map
 * back has an entry for each change of length alone, so that memory does not grow with ordinary text.
 */
export function visibleText(original: string): CanonicalText {
  let next = nextChange(original, 0);
  if (next < 0) return { text: original, span: (start, end) => ({ start, end }) };
  const pieces: string[] = [];
  // From `at[i]` units of the result on, unit `at[i] + n` came from `from[i] + n`.
  const at = [0];
  const from = [0];
  let length = 0;
  let copied = 0;
  for (; next >= 0; next = nextChange(original, copied)) {
    const known = otherForms.get(original.charCodeAt(next));
    const { seen, size } = known === undefined ? changeAt(original, next) : { seen: known, size: 1 };
    const kept = original.slice(copied, next);
    pieces.push(kept, seen);
    length += kept.length + seen.length;
    copied = next + size;
    if (seen.length === size) continue;
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

/** Units that are another form of one, once they were met: punctuation of Chinese texts, most of all. */
const otherForms = new Map<number, string>();

/** What is seen of what stands there, and how many units that is. */
function changeAt(text: string, at: number): { seen: string; size: number } {
  CHANGED.lastIndex = at;
  const match = CHANGED.exec(text);
  const form = match?.[0] ?? String.fromCodePoint(text.codePointAt(at) ?? 0);
  const seen = !match ? form : match[1] === undefined ? plain(form) : '';
  if (match?.[1] === undefined && form.length === 1 && seen.length === 1)
    otherForms.set(form.charCodeAt(0), seen);
  return { seen, size: form.length };
}

/** Of each unit, whether a text that holds it may be seen otherwise. */
const STAYS = 1;
const CHANGES = 2;
const UNKNOWN = 4;
const traits = new Uint8Array(0x10000).fill(UNKNOWN);
/** High halves of characters that stay: emoji, and ideographs. */
const STAYING = /[\ud83c-\ud83e\ud840-\ud888]/;

/** Whether all of a text is seen as it stands: most are, and hide nothing. One pass without a branch. */
export function isSeenAsItStands(text: string): boolean {
  const [units, table] = [unitsOf(text), traits];
  let all = 0;
  for (let i = 0; i < text.length; i++) all |= table[units[i] ?? 0] ?? 0;
  return all < CHANGES || ((all & CHANGES) === 0 && nextChange(text, 0) < 0);
}

/** The next place that may be seen otherwise, or -1. */
function nextChange(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    let trait = traits[unit];
    if (trait === UNKNOWN) trait = traits[unit] = traitOf(unit);
    if (trait === CHANGES) return i;
  }
  return -1;
}

function traitOf(unit: number): number {
  const sign = String.fromCharCode(unit);
  if (unit >= 0xd800 && unit < 0xdc00) return STAYING.test(sign) ? STAYS : CHANGES;
  CHANGED.lastIndex = 0;
  const match = CHANGED.exec(sign);
  return match && (match[1] !== undefined || plain(sign) !== sign) ? CHANGES : STAYS;
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
