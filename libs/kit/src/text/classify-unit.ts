/** What a character is to the analyzer. */
export const OTHER = 1;
/** Letter, number or mark of a script that is written with blanks. */
export const WORD = 2;
/** Han, kana, hangul. */
export const EAST_ASIAN = 3;
/** Letter or mark of a South-East Asian script without blanks: Thai, Lao, Khmer, Myanmar. */
export const UNSPACED = 4;

const LETTER = /^[\p{L}\p{N}\p{M}]$/u;
const EAST_ASIAN_LETTER = /^(?=[\p{L}\u3007])[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}]$/u;
const UNSPACED_LETTER = /^(?=[\p{L}\p{M}])[\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]$/u;
/** First unit beyond Latin, Greek, Cyrillic: their marks are shared with Thai only in theory. */
const COMMON_MARKS_END = 0x370;

const known = new Uint8Array(0x10000);

/** The class of the character at `at`, which may be the first half of a surrogate pair. */
export function classOf(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  const found = known[unit];
  if (found) return found;
  if (unit >= 0xd800 && unit <= 0xdfff) return classify(text.codePointAt(at) ?? unit);
  return (known[unit] = classify(unit));
}

function classify(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  if (codePoint > COMMON_MARKS_END) {
    if (EAST_ASIAN_LETTER.test(character)) return EAST_ASIAN;
    if (UNSPACED_LETTER.test(character)) return UNSPACED;
  }
  return LETTER.test(character) ? WORD : OTHER;
}
