// Marks that a reader may leave out: accents of Latin, Greek and Cyrillic, vowel signs of Arabic and Hebrew. Marks of
// the scripts of India and South-East Asia are letters to their readers and stay.
const DISPENSABLE =
  /(?=\p{M})[\p{Script=Inherited}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}]|\u0640/gu;
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
