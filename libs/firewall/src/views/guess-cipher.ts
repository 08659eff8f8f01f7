/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { isKnown, LETTER } from './lexicon.js';
import { type MappedText, textOfUnits } from './mapped-text.js';
import { isDense, type Traits } from './traits.js';
import { readLanguage } from './text-like.js';
import type { ViewKind } from './view-kinds.js';

/** Per cent of each letter in English. */
const SHARES = [
  8.2, 1.5, 2.8, 4.3, 12.7, 2.2, 2, 6.1, 7, 0.2, 0.8, 4, 2.4, 6.7, 7.5, 1.9, 0.1, 6, 6.3, 9.1, 2.8, 1, 2.4,
  0.2, 2, 0.1,
];
/** Words that must become known, and letters of words that are none before a shift is looked for. */
const WORDS_MIN = 2;
const STRANGE_MIN = 16;
/** What is tried first, where the words are strangest. */
const SAMPLE = 512;
const SHORT = 40;
/** Words near each other that may be little in their text. */
const NEAR = 2.4;

interface Cipher {
  /** What becomes of each ASCII unit. */
  readonly table: Uint16Array;
  /** Of each letter the share of what it becomes. */
  readonly shares: Float64Array;
  readonly kind: ViewKind;
}

/** @param to letter `0..25` of each letter */
function cipherOf(to: (letter: number) => number, kind: ViewKind): Cipher {
  const table = Uint16Array.from({ length: 128 }, (_, unit) => unit);
  for (let letter = 0; letter < 26; letter++) {
    table[97 + letter] = 97 + to(letter);
    table[65 + letter] = 65 + to(letter);
  }
  return { table, shares: Float64Array.from({ length: 26 }, (_, letter) => SHARES[to(letter)]!), kind };
}
const SHIFTED = Array.from({ length: 26 }, (_, by) =>
  cipherOf((letter) => (letter + by) % 26, by === 13 ? 'rot13' : 'cipher'),
);
const MIRRORED = Array.from({ length: 26 }, (_, by) =>
  cipherOf((letter) => (by - letter + 26) % 26, 'cipher'),
);
const ROT13 = SHIFTED[13]!;
const ATBASH = MIRRORED[25]!;
/** All shifts but none, and all mirrors. */
const CIPHERS = SHIFTED.flatMap((cipher, by) => [cipher, MIRRORED[by]!]).slice(1);

/** Another letter for each: shifted, or mirrored and shifted. Same length. */
export function guessCipher(
  source: MappedText,
  traits: Traits,
): { text: MappedText; kind: ViewKind } | undefined {
  const candidates: Cipher[] = [];
  const from = Math.max(0, Math.min(traits.strangeEnd, source.text.length) - SAMPLE / 2);
  const sample = source.text.slice(from, from + SAMPLE);
  if (isDense(traits.rot13, traits)) candidates.push(ROT13);
  if (isDense(traits.atbash, traits)) candidates.push(ATBASH);
  const isShort =
    traits.words <= SHORT && traits.known * 3 <= traits.words && traits.strangeRun * 2 >= STRANGE_MIN;
  if (traits.strangeRun >= STRANGE_MIN || isShort) candidates.push(...likely(sample));
  if (candidates.length === 0) return undefined;
  const before = readLanguage(sample);
  let best: { gain: number; cipher: Cipher } | undefined;
  for (const cipher of candidates) {
    const after = readLanguage(apply(sample, cipher));
    const gain = after.known - before.known - (after.odd - before.odd);
    if (after.known >= 5 && after.knownWords >= WORDS_MIN && gain > 0 && gain > (best?.gain ?? 0))
      best = { gain, cipher };
  }
  // What is little in a long text may still be all that is meant.
  const chosen = best?.cipher ?? (traits.rot13.peak >= NEAR ? ROT13 : undefined);
  if (!chosen) return undefined;
  return { text: { ...source, text: apply(source.text, chosen) }, kind: chosen.kind };
}

/** The two shifts, and the two mirrored, under which letters are about as frequent as in English. */
function likely(text: string): Cipher[] {
  const counts = new Uint32Array(26);
  for (const [word] of text.matchAll(/[a-z]+/gi)) {
    if (isKnown(word.toLowerCase())) continue;
    for (let i = 0; i < word.length; i++) counts[LETTER[word.charCodeAt(i)]! - 1]!++;
  }
  const scored = CIPHERS.map((cipher) => {
    let score = 0;
    for (let letter = 0; letter < 26; letter++) score += counts[letter]! * cipher.shares[letter]!;
    return { score, cipher };
  });
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, 4)
    .map(({ cipher }) => cipher);
}

function apply(text: string, { table }: Cipher): string {
  const units = new Uint16Array(text.length);
  let all = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    all |= units[i] = unit < 128 ? table[unit]! : unit;
  }
  return textOfUnits(units, all);
}
