const NOT_ASCII = /[^\x00-\x7f]/; // eslint-disable-line no-control-regex -- the range of ASCII begins there
/** Soft hyphens, joiners, marks of direction: inside words, never seen. */
const UNSEEN = /[\u00ad\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const THOUSANDS = /(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])/g;
/** One form of what looks alike. As long as its lower case, so that offsets are those of both. */
export function unify(text: string): string {
  let unified = text;
  // İ is the one letter whose lower case is longer.
  if (NOT_ASCII.test(text))
    unified = text.normalize('NFKC').replace(UNSEEN, '').replace(/[’‘ʼ]/g, "'").replaceAll('İ', 'I');
  return unified.includes(',') ? unified.replace(THOUSANDS, (number) => number.replaceAll(',', '')) : unified;
}
