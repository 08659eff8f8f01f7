// Marks that a reader may leave out: accents of Latin, Greek and Cyrillic, vowel signs of Arabic and Hebrew. Marks of
// the scripts of India and South-East Asia are letters to their readers and stay.
const DISPENSABLE = /[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/g;
/** Letters that Unicode does not decompose, as they are typed without their stroke or ligature. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ς: 'σ',
  ى: 'ي',
  ة: 'ه',
  ک: 'ك',
  ی: 'ي',
};
const UNDECOMPOSED = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g');
const ASCII = /^[\x00-\x7f]*$/; // eslint-disable-line no-control-regex -- the range of ASCII begins there

/** A lower-case word without accents (`müller` → `muller`), so that it is found however it was typed. */
export function foldWord(word: string): string {
  if (ASCII.test(word)) return word;
  return word
    .normalize('NFD')
    .replace(DISPENSABLE, '')
    .replace(UNDECOMPOSED, (letter) => PLAIN[letter] ?? letter)
    .normalize('NFC');
}
